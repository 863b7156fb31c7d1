import { LongtailError } from '../../common/errors';
import { reasonOf } from '../issues';
import type { FileSource, Sample } from '../types';

/** Largest picture file that is read: more is no picture but a mistake. */
const maxBytes = 256 * 1024 * 1024;

/** A whole file as an encoded image. LongtailError `dataset/sample-unreadable` naming the file. */
export const readImageFile = (source: FileSource, path: string): Sample => {
  try {
    const file = source.open(path);
    try {
      if (file.size > maxBytes) throw new Error(`${String(file.size)} bytes`);
      return { kind: 'encoded-image', bytes: file.read(0, file.size) };
    } finally {
      file.close();
    }
  } catch (error) {
    throw new LongtailError(
      'dataset/sample-unreadable',
      { path, reason: reasonOf(error) },
      { cause: error },
    );
  }
};
