import { Worker } from 'node:worker_threads';
import { isAlive } from './isAlive';

/** Time a child has for its last checkpoint once its parent is gone; it is over before ten seconds. */
export const orphanGraceMs = 8000;
const lookEveryMs = 500;

/**
 * The watch itself, as the text of a thread: the thread of the training may be deep in one step, a
 * scan or a decoder, and hear nothing meanwhile. On Windows a process keeps the id of a parent that
 * is gone, so that is asked for as well.
 */
const watch = `const { workerData } = require('node:worker_threads');
const { parent, graceMs, lookEveryMs } = workerData;
const alive = () => { try { process.kill(parent, 0); return true; } catch (error) { return error.code === 'EPERM'; } };
let gone = 0;
setInterval(() => {
  if (process.ppid === parent && alive()) return;
  gone += lookEveryMs;
  if (gone > graceMs) process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);`;

/** Ends this process for good when its parent has been gone for a while, whatever it is doing. */
export const watchParent = (parent = process.ppid): void => {
  if (!isAlive(parent)) return;
  const workerData = { parent, graceMs: orphanGraceMs, lookEveryMs };
  const worker = new Worker(watch, { eval: true, workerData, execArgv: [] });
  // Without it the process still ends at its next step: the channel to the parent is closed.
  worker.on('error', () => undefined);
  worker.unref();
};
