import { LongtailError } from '../../common/errors';
import type { DatasetIndex, FileSource, Sample } from '../types';
import { openContents, type Contents } from './contents';
import type { SamplePicture } from './types';

/** Pictures of samples, in their order; null where there is none to show. */
export type ReadPictures = (
  source: FileSource,
  index: DatasetIndex,
  samples: readonly number[],
) => readonly (SamplePicture | null)[];

/** Larger files are not for a page of small pictures. */
const mostBytes = 512 * 1024;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Type of an encoded picture by how it begins; null for those a browser may not show. */
export const pictureType = (bytes: Uint8Array): string | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && ascii(bytes, 1, 4) === 'PNG') return 'image/png';
  if (ascii(bytes, 0, 3) === 'GIF') return 'image/gif';
  if (ascii(bytes, 0, 2) === 'BM') return 'image/bmp';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  return ascii(bytes, 4, 12) === 'ftypavif' ? 'image/avif' : null;
};

/** The picture alone, copied: a view would take the archive around it along. */
const pictureOf = (sample: Sample): SamplePicture | null => {
  if (sample.kind === 'row') return null;
  if (sample.kind === 'pixels')
    return sample.data.byteLength > mostBytes
      ? null
      : { ...sample, data: new Uint8Array(sample.data) };
  const { bytes } = sample;
  const type = bytes.byteLength > mostBytes ? null : pictureType(bytes);
  return type === null ? null : { kind: 'file', type, bytes: new Uint8Array(bytes) };
};

const read = (contents: Contents, sample: number): SamplePicture | null => {
  const size = contents.fileSize(sample);
  return size !== null && size > mostBytes ? null : pictureOf(contents.picture(sample));
};

/** Pictures of samples; null for one that is none, is too large, or cannot be read. */
export const picturesOf: ReadPictures = (source, index, samples) => {
  if (index.modality !== 'image') return samples.map(() => null);
  const contents = openContents(source, index);
  try {
    return samples.map((sample) => {
      try {
        return read(contents, sample);
      } catch (error) {
        if (!(error instanceof LongtailError)) throw error;
        return null;
      }
    });
  } finally {
    contents.close();
  }
};
