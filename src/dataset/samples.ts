import { LongtailError } from '../common/errors';
import { formatOf } from './detect';
import { isSystemError, reasonOf } from './issues';
import type { DatasetIndex, FileSource, SampleReader } from './types';

/** Runs `read`; the disk's errors become `dataset/sample-unreadable` for the path. */
const guarded = <T>(path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const params = { path, reason: reasonOf(error) };
    throw new LongtailError('dataset/sample-unreadable', params, { cause: error });
  }
};

/**
 * Opens an index' dataset to hand out its samples. Whatever the disk does while it is read, the
 * error is a LongtailError: `dataset/sample-unreadable`, or one of the format's own.
 */
export const openSamples = (source: FileSource, index: DatasetIndex): SampleReader => {
  const { root, options } = index;
  const reader = guarded(root, () => formatOf(index.format).openSamples(source, root, options));
  const { rows } = reader;
  return {
    readSample: (locator) => guarded(locator.path, () => reader.readSample(locator)),
    ...(rows === undefined
      ? {}
      : { rows: { ...rows, read: (each) => guarded(root, () => rows.read(each)) } }),
    close: () => reader.close(),
  };
};
