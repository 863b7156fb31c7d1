import type { FileSource } from '../../types';

/** Whether a file is what Git LFS leaves in place of one that was not fetched. */
export const isLfsPointer = (source: FileSource, path: string): boolean => {
  const file = source.open(path);
  try {
    if (file.size > 1024) return false;
    return Buffer.from(file.read(0, 40)).toString('latin1').startsWith('version https://git-lfs');
  } finally {
    file.close();
  }
};
