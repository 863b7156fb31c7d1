import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { writing } from '../common/writing';

/** Characters that are gathered before they are written. */
const buffered = 1 << 16;

const fill = (path: string, parts: Iterable<string>): void => {
  const file = openSync(path, 'w');
  try {
    let text = '';
    for (const part of parts) {
      text += part;
      if (text.length < buffered) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/**
 * Writes a whole file or nothing, piece by piece: a temporary name beside it, flushed, then
 * renamed. Folders on the way are made. Throws `run/disk-full` and `run/unwritable`.
 */
export const writeAtomicParts = (path: string, parts: Iterable<string>): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      fill(temporary, parts);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
};

/** Writes a whole file or nothing. */
export const writeAtomic = (path: string, text: string): void => writeAtomicParts(path, [text]);
