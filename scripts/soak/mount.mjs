// A small disk of its own for a run: one that is really full, or really read-only, and later is not.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const page = 4096;
const pages = (bytes) => Math.max(1, Math.ceil(bytes / page)) * page;

const mount = (...args) => {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status === 0) return null;
  return (error?.message ?? stderr).trim().split('\n')[0] || `mount ended with ${status}`;
};

/**
 * Mounts a tmpfs of so many bytes (whole pages, at least one) on a folder; gives the disk, or why this
 * machine does not let us.
 */
export const mountDisk = (folder, bytes) => {
  mkdirSync(folder, { recursive: true });
  if (process.platform !== 'linux') return { disk: null, why: 'tmpfs is for Linux' };
  const why = mount('-t', 'tmpfs', '-o', `size=${pages(bytes)}`, 'longtail-soak', folder);
  if (why !== null) return { disk: null, why };
  const remount = (options) => mount('-o', `remount,${options}`, folder);
  const must = (options) => {
    const problem = remount(options);
    if (problem !== null) throw new Error(`soak: ${problem}`);
  };
  const disk = {
    grow: (size) => must(`size=${pages(size)}`),
    /** False where a file is open for writing just now. */
    lock: () => remount('ro') === null,
    unlock: () => must('rw'),
    unmount: () => spawnSync('umount', ['-l', folder]),
  };
  return { disk, why: null };
};
