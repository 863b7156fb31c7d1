import { LongtailError } from '../../common/errors';
import type { FileSource, SampleReader } from '../types';
import { openFiles } from './openFiles';

export interface PixelShape {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** Planes one after the other (all red, all green …) as pixel after pixel. */
export const interleaved = (planes: Uint8Array, channels: number): Uint8Array => {
  const size = planes.length / channels;
  const pixels = new Uint8Array(planes.length);
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < size; i++) pixels[i * channels + c] = planes[c * size + i] ?? 0;
  return pixels;
};

/** Hands out pictures of one shape that lie in files as planes; files stay open until `close`. */
export const openPlanar = (source: FileSource, folder: string, shape: PixelShape): SampleReader => {
  const { open, close } = openFiles(source, folder, {
    read: (disk, path) => disk.open(path),
  });
  const size = shape.width * shape.height * shape.channels;
  return {
    readSample: ({ path, offset, length }) => {
      const file = open(path);
      const bytes = length === size ? file.read(offset, length) : new Uint8Array(0);
      if (bytes.length !== size)
        throw new LongtailError('dataset/sample-unreadable', {
          path,
          reason: `${bytes.length} / ${size} bytes`,
        });
      return { kind: 'pixels', ...shape, data: interleaved(bytes, shape.channels) };
    },
    close,
  };
};
