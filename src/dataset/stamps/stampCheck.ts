import { inOrder } from '../crew/crew';
import type { FileSource, FileTask } from '../types';
import { numbersEach } from './stampGroup';
import type { StampGroup } from './stampGroup';

/** Coarse file systems keep whole seconds (FAT: two); others are as fine as the kernel's clock tick. */
const racyWindowMs = (mtimeMs: number): number => (Number.isInteger(mtimeMs / 1000) ? 2000 : 20);

interface Check {
  readonly group: StampGroup;
  readonly startedMs: number;
}

const holds = (
  source: FileSource,
  path: string,
  numbers: Float64Array,
  at: number,
  startedMs: number,
): boolean => {
  const size = numbers[at] ?? NaN;
  const mtimeMs = numbers[at + 1] ?? NaN;
  const ctimeMs = numbers[at + 2] ?? NaN;
  if (Math.max(mtimeMs, ctimeMs) > startedMs - racyWindowMs(mtimeMs)) return false;
  try {
    const now = source.stat(path);
    return (
      now.mtimeMs === mtimeMs &&
      now.ctimeMs === ctimeMs &&
      (now.kind === 'folder' || now.size === size)
    );
  } catch {
    return false;
  }
};

/** Whether the files of a group are still as they were. */
export const stampCheck: FileTask<Check, boolean> = {
  id: 'stamps',
  run: (source, { group, startedMs }) => {
    const { folder, names, numbers } = group;
    return names
      .split('/')
      .every((name, file) =>
        holds(source, `${folder}/${name}`, numbers, numbersEach * file, startedMs),
      );
  },
  isOutput: (value) => typeof value === 'boolean',
};

/**
 * Whether everything the stamps name is still as it was. A stamp as young as the scan itself
 * (`startedMs`, ms since the epoch) proves nothing: a later change may carry the same time.
 */
export const stampsHold = (
  groups: readonly StampGroup[],
  source: FileSource,
  startedMs: number,
): boolean => {
  if (groups.length === 0) return false;
  const checks = groups.map((group) => ({ group, startedMs }));
  for (const isSame of inOrder(source, stampCheck, checks)) if (!isSame) return false;
  return true;
};
