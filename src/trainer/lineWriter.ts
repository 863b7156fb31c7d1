import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs';
import { writing } from '../common/writing';

/** Appends lines to a file, those that come in quick succession in one go. */
export interface LineWriter {
  /** Throws what an append has failed with, now or on its own since the last call. */
  write(line: string): void;
  /** Appends what still waits. Throws as `write` does. */
  flush(): void;
}

export interface LineWriterOptions {
  /** Least time between two appends; 0 appends every line at once. */
  readonly everyMs: number;
  /** Told after each append. */
  readonly onAppend: () => void;
}

const endsInsideLine = (path: string): boolean => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return false;
  const file = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(file, last, 0, 1, size - 1);
    return last.toString() !== '\n';
  } finally {
    closeSync(file);
  }
};

/**
 * A line after a pause is appended at once, and no line waits longer than `everyMs` while the thread
 * has a moment. A line that a crash or a full disk cut short is closed by the next append; lines of an
 * append that failed are not tried again.
 */
export const openLineWriter = (
  path: string,
  { everyMs, onAppend }: LineWriterOptions,
): LineWriter => {
  let waiting = '';
  let appendedAt = -Infinity;
  let open = endsInsideLine(path);
  let timer: NodeJS.Timeout | null = null;
  let failed: { readonly error: unknown } | null = null;

  const append = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting === '') return;
    const text = open ? `\n${waiting}` : waiting;
    waiting = '';
    appendedAt = performance.now();
    open = true;
    writing(path, () => appendFileSync(path, text));
    open = false;
    onAppend();
  };
  /** Nobody hears what a timer throws: the next call does. */
  const appendAlone = (): void => {
    try {
      append();
    } catch (error) {
      failed = { error };
    }
  };
  const throwFailed = (): void => {
    if (failed === null) return;
    const { error } = failed;
    failed = null;
    throw error;
  };

  return {
    write: (line) => {
      throwFailed();
      waiting += `${line}\n`;
      const wait = appendedAt + everyMs - performance.now();
      if (wait <= 0) append();
      // It holds no process: whoever ends a run flushes.
      else timer ??= setTimeout(appendAlone, wait).unref();
    },
    flush: () => {
      throwFailed();
      append();
    },
  };
};
