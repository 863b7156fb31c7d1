import { openBytes } from '../bytes/openBytes';
import type { FileSource, OpenFile } from '../types';
import { join } from './folders';

/** As many as a dataset of few files has; a table in hundreds of pieces would run out of handles. */
const usualMost = 64;

/** The files of a dataset that its samples are read from, by their path below its folder. */
export interface OpenFiles {
  /** Opens a file, or gives the open one; beyond `most` the one opened longest ago is closed. */
  readonly open: (path: string) => OpenFile;
  readonly close: () => void;
}

/** Files of a folder, opened when they are first asked for. Throws what the source throws. */
export const openFiles = (
  source: FileSource,
  folder: string,
  {
    most = usualMost,
    read = openBytes,
  }: {
    readonly most?: number;
    readonly read?: (source: FileSource, path: string) => OpenFile;
  } = {},
): OpenFiles => {
  const opened = new Map<string, OpenFile>();
  return {
    open: (path) => {
      const known = opened.get(path);
      if (known !== undefined) return known;
      const [oldest] = opened;
      if (opened.size >= most && oldest !== undefined) {
        opened.delete(oldest[0]);
        oldest[1].close();
      }
      const file = read(source, join(folder, path));
      opened.set(path, file);
      return file;
    },
    close: () => {
      for (const file of opened.values()) file.close();
      opened.clear();
    },
  };
};
