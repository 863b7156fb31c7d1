import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writing } from '../common/writing';

const fill = (path: string, parts: readonly (string | Uint8Array)[]): void => {
  const file = openSync(path, 'w');
  try {
    for (const part of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/**
 * Writes a whole file or nothing: a temporary name beside it, flushed, then renamed. Throws
 * `run/disk-full` and `run/unwritable`.
 */
export const writeAtomic = (path: string, ...parts: readonly (string | Uint8Array)[]): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      fill(temporary, parts);
      renameSync(temporary, path);
    } catch (error) {
      // On a full disk the half that was written is room for the sentence about it.
      rmSync(temporary, { force: true });
      throw error;
    }
  });
};

/**
 * Removes what processes that were killed left half written in a folder and in those inside. Where
 * several write, `isOver` says of a process whether its files are half written for good.
 */
export const dropHalfFiles = (
  folder: string,
  isOver: (pid: number) => boolean = () => true,
): void => {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && isOver(Number(pid))) rmSync(join(folder, name), { force: true });
  }
};
