import { CancelledError, LongtailError } from '../common/errors';
import { heartbeatMs } from '../protocol/runFiles';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { messageOf } from './failure';
import { recordEnd, touchLock } from './runFolder';
import { runSession } from './session';
import { runSweep } from './sweep';

/** The trainer: a child process that says hello, is given one job, and ends. */
const send = (message: FromTrainer): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const state = { stop: false, folder: null as string | null };

const start = async (message: Extract<ToTrainer, { kind: 'start' }>): Promise<void> => {
  const { job, version } = message;
  if (version !== trainerProtocolVersion)
    throw new LongtailError('run/version', { ours: version, theirs: trainerProtocolVersion });
  state.folder = job.runFolder;
  await (job.sweep === undefined ? runSession : runSweep)(job, {
    shouldStop: () => state.stop,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onAppend: () => send({ kind: 'appended' }),
    bundleFolder: __dirname,
  });
};

const fail = (error: unknown): void => {
  if (error instanceof CancelledError) {
    if (state.folder !== null) recordEnd(state.folder, 'stopped', null);
    return;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  const message = messageOf(error);
  if (state.folder !== null) recordEnd(state.folder, 'failed', message);
  send({ kind: 'failed', error: message });
  process.exitCode = 1;
};

const leave = (): void => {
  if (process.connected) process.disconnect();
};

process.on('message', (message: ToTrainer) => {
  if (message.kind === 'start') void start(message).catch(fail).finally(leave);
  else if (state.folder === null) leave();
  else state.stop = true;
});
// Ctrl-C in a terminal reaches the whole process group; the parent then asks us to stop in order.
process.on('SIGINT', () => undefined);
// The parent is gone: the next checkpoint is the last, and a later window can go on from it.
process.on('disconnect', () => {
  state.stop = true;
});
setInterval(() => {
  if (state.folder !== null) touchLock(state.folder);
  send({ kind: 'heartbeat' });
}, heartbeatMs).unref();
send({ kind: 'hello', version: trainerProtocolVersion, pid: process.pid });
