import { openBytes } from '../bytes/openBytes';
import type { FileSource, OpenFile } from '../types';
import { join } from './folders';

/** Archives and packed files hold memory of their own while they are open. */
const mostOpen = 4;

/** The files of a dataset that its samples are read from, by their path below its folder. */
export interface OpenFiles {
  /** Opens a file, or gives the open one; the file opened longest ago is closed beyond a few. */
  readonly open: (path: string) => OpenFile;
  readonly close: () => void;
}

/** Files of a folder, opened when they are first asked for. Throws what the source throws. */
export const openFiles = (
  source: FileSource,
  folder: string,
  read: (source: FileSource, path: string) => OpenFile = openBytes,
): OpenFiles => {
  const opened = new Map<string, OpenFile>();
  return {
    open: (path) => {
      const known = opened.get(path);
      if (known !== undefined) return known;
      const [oldest] = opened;
      if (opened.size >= mostOpen && oldest !== undefined) {
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
