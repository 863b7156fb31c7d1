import { createHash } from 'node:crypto';
import { LongtailError } from '../../common/errors';
import { isAudioName, isImageName, join, rootFolder } from '../formats/folders';
import { readImageFile } from '../formats/openFileSample';
import { isSystemError, reasonOf } from '../issues';
import { openSamples } from '../samples';
import type { DatasetIndex, FileSource, OpenFile, Sample } from '../types';

/** Bytes of a file hashed at once: memory stays small however large it is. */
const chunkBytes = 1 << 20;

/** The contents of a dataset's samples, whatever file or archive they are in. */
export interface Contents {
  /** Size of the file that a sample is; null where it is a part of a file. Throws as `digest`. */
  fileSize(sample: number): number | null;
  /** Whether a sample is a whole file. */
  isFile(sample: number): boolean;
  /** 16 bytes of the sha256 of a sample's content. LongtailError `dataset/sample-unreadable`. */
  digest(sample: number): Uint8Array;
  /** A picture, as its format hands it out. LongtailError `dataset/sample-unreadable`. */
  read(sample: number): Sample;
  /** A whole picture, encoded or as pixels, a file or a part of one. Throws as `digest`. */
  picture(sample: number): Sample;
  /** Bytes of a sample that is a file, fewer at its end. LongtailError `dataset/sample-unreadable`. */
  part(sample: number, offset: number, length: number): Uint8Array;
  close(): void;
}

const isInside = (path: string): boolean =>
  !/^(\/|[a-z][a-z\d+.-]*:)/i.test(path) && !path.split('/').includes('..');

const digestOfFile = (file: OpenFile): Uint8Array => {
  const hash = createHash('sha256');
  for (let at = 0; at < file.size; at += chunkBytes) hash.update(file.read(at, chunkBytes));
  return hash.digest().subarray(0, 16);
};

const digestOfSample = (sample: Sample): Uint8Array => {
  const hash = createHash('sha256');
  if (sample.kind === 'row') hash.update(JSON.stringify(sample.values));
  else if (sample.kind === 'encoded-image') hash.update(sample.bytes);
  else hash.update(`${sample.width} ${sample.height} ${sample.channels}\n`).update(sample.data);
  return hash.digest().subarray(0, 16);
};

/**
 * Opens the contents of an index's dataset. LongtailError `inspect/no-files` where samples are
 * neither pictures nor sounds: rows and texts are no files that could be repeated or damaged.
 */
export const openContents = (source: FileSource, index: DatasetIndex): Contents => {
  if (index.modality !== 'image' && index.modality !== 'audio')
    throw new LongtailError('inspect/no-files', { root: index.root, format: index.format });
  const reader = openSamples(source, index);
  const { folder } = rootFolder(source, index.root);
  const wholeFile = (sample: number): string | null => {
    const { path, offset, length } = index.locator(sample);
    const isWhole = offset === 0 && length === 0 && (isImageName(path) || isAudioName(path));
    return isWhole ? path : null;
  };
  const inFile = <T>(path: string, use: (absolute: string) => T): T => {
    try {
      if (!isInside(path))
        throw new LongtailError('dataset/sample-unreadable', { path, reason: '..' });
      return use(join(folder, path));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const params = { path, reason: reasonOf(error) };
      throw new LongtailError('dataset/sample-unreadable', params, { cause: error });
    }
  };
  const opened = <T>(path: string, use: (file: OpenFile) => T): T =>
    inFile(path, (absolute) => {
      const file = source.open(absolute);
      try {
        return use(file);
      } finally {
        file.close();
      }
    });
  return {
    fileSize: (sample) => {
      const path = wholeFile(sample);
      return path === null ? null : inFile(path, (absolute) => source.stat(absolute).size);
    },
    isFile: (sample) => wholeFile(sample) !== null,
    digest: (sample) => {
      const path = wholeFile(sample);
      return path === null
        ? digestOfSample(reader.readSample(index.locator(sample)))
        : opened(path, digestOfFile);
    },
    read: (sample) => reader.readSample(index.locator(sample)),
    picture: (sample) => {
      const path = wholeFile(sample);
      return path === null
        ? reader.readSample(index.locator(sample))
        : inFile(path, (absolute) => readImageFile(source, absolute));
    },
    part: (sample, offset, length) => {
      const path = wholeFile(sample) ?? '';
      return opened(path, (file) => file.read(offset, length));
    },
    close: () => reader.close(),
  };
};
