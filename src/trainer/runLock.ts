import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LongtailError } from '../common/errors';
import { writing } from '../common/writing';
import { heartbeatMs, runFiles, staleLockMs } from '../protocol/runFiles';
import { isAlive } from './isAlive';

const pathOf = (folder: string): string => join(folder, runFiles.lock);

interface Holder {
  /** null where the file was cut short: its writer was killed at once. */
  readonly pid: number | null;
  readonly touched: number;
}

const holderOf = (folder: string): Holder | null => {
  try {
    const whole = /^(\d+)\n$/.exec(readFileSync(pathOf(folder), 'utf8'));
    const touched = statSync(pathOf(folder)).mtimeMs;
    return { pid: whole === null ? null : Number(whole[1]), touched };
  } catch {
    return null;
  }
};

/** The process that trains in a folder, other than this one; null where there is none. */
export const otherTrainer = (folder: string): number | null => {
  const holder = holderOf(folder);
  if (holder === null || holder.pid === null || holder.pid === process.pid) return null;
  return isAlive(holder.pid) && Date.now() - holder.touched < staleLockMs ? holder.pid : null;
};

const busy = (pid: number): LongtailError => new LongtailError('run/still-running', { pid });

/** Makes the lock if there is none; says whether it did. */
const create = (folder: string): boolean => {
  try {
    writeFileSync(pathOf(folder), `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Makes a run's folder this process's own: nobody else trains in it until `releaseLock`, or until
 * this process is gone. Throws `run/still-running` while another process does.
 */
export const takeLock = (folder: string): void => {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
  const holder = holderOf(folder);
  if (holder?.pid === process.pid) return;
  const other = otherTrainer(folder);
  if (other !== null) throw busy(other);
  if (holder !== null) {
    // Of two that find a dead one's lock only one moves it away.
    const aside = `${pathOf(folder)}.${process.pid}.tmp`;
    try {
      renameSync(pathOf(folder), aside);
    } catch {
      throw busy(holderOf(folder)?.pid ?? 0);
    }
    rmSync(aside, { force: true });
  }
  if (!writing(folder, () => create(folder))) throw busy(holderOf(folder)?.pid ?? 0);
};

/** Shows that the owner of a run is alive. */
export const touchLock = (folder: string): void => {
  const now = new Date();
  try {
    utimesSync(pathOf(folder), now, now);
  } catch {
    // The folder went away under the run; the next write says so.
  }
};

/**
 * As `takeLock`, where the machine may just have woken up: a living holder whose lock is old gets
 * the time to touch it.
 */
export const takeLockAwake = async (folder: string): Promise<void> => {
  const holder = holderOf(folder);
  const slept =
    holder !== null &&
    holder.pid !== null &&
    holder.pid !== process.pid &&
    isAlive(holder.pid) &&
    otherTrainer(folder) === null;
  if (slept) await new Promise((resolve) => setTimeout(resolve, 3 * heartbeatMs));
  takeLock(folder);
};

/** Gives the run up, if it is this process's. */
export const releaseLock = (folder: string): void => {
  if (holderOf(folder)?.pid === process.pid) rmSync(pathOf(folder), { force: true });
};
