import { inOrder } from '../crew/crew';
import type { FileSource, FileStat, FileTask } from '../types';
import { numbersEach } from './stampGroup';
import type { StampGroup } from './stampGroup';

/** Coarse file systems keep whole seconds (FAT: two); others are as fine as the kernel's clock tick. */
const racyWindowMs = (mtimeMs: number): number => (Number.isInteger(mtimeMs / 1000) ? 2000 : 20);

interface Check {
  readonly group: StampGroup;
  readonly startedMs: number;
}

/** A file of a group and the state it was in. */
interface Stamp {
  readonly path: string;
  readonly was: Omit<FileStat, 'kind'>;
}

const stampsOf = function* ({ folder, names, numbers }: StampGroup): Iterable<Stamp> {
  let at = 0;
  for (const name of names.split('/')) {
    const [size = NaN, mtimeMs = NaN, ctimeMs = NaN] = numbers.subarray(at, at + numbersEach);
    yield { path: `${folder}/${name}`, was: { size, mtimeMs, ctimeMs } };
    at += numbersEach;
  }
};

/** A stamp as young as the scan itself proves nothing: a later change may carry the same time. */
const isProof = ({ was: { mtimeMs, ctimeMs } }: Stamp, startedMs: number): boolean =>
  Math.max(mtimeMs, ctimeMs) <= startedMs - racyWindowMs(mtimeMs);

const isSame = ({ was }: Stamp, now: FileStat): boolean =>
  now.mtimeMs === was.mtimeMs &&
  now.ctimeMs === was.ctimeMs &&
  (now.kind === 'folder' || now.size === was.size);

/** Whether the files of a group are still as they were. */
export const stampCheck: FileTask<Check, boolean> = {
  id: 'stamps',
  run: (source, { group, startedMs }) => {
    try {
      for (const stamp of stampsOf(group))
        if (!isProof(stamp, startedMs) || !isSame(stamp, source.stat(stamp.path))) return false;
      return true;
    } catch {
      return false;
    }
  },
  isOutput: (value) => typeof value === 'boolean',
};

/** Whether everything the stamps name is still as it was when the scan began (ms since the epoch). */
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

/** As `stampsHold`, for who cannot wait for a disk: asks without holding up its thread. */
export const stampsHoldLater = async (
  groups: readonly StampGroup[],
  stat: (path: string) => Promise<FileStat>,
  startedMs: number,
): Promise<boolean> => {
  const stamps = groups.flatMap((group) => [...stampsOf(group)]);
  if (stamps.length === 0 || !stamps.every((stamp) => isProof(stamp, startedMs))) return false;
  const same = stamps.map(async (stamp) => isSame(stamp, await stat(stamp.path)));
  try {
    return (await Promise.all(same)).every(Boolean);
  } catch {
    return false;
  }
};
