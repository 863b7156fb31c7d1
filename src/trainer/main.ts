import { CancelledError, LongtailError } from '../common/errors';
import { heartbeatMs } from '../protocol/runFiles';
import type { FromModelJob } from '../protocol/modelJob';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { atMostEvery } from './atMostEvery';
import { dropCheckpoints } from './checkpoint';
import { messageOf } from './failure';
import { runModelJob, type RunningJob } from './finished/runModelJob';
import { watchParent } from './parentWatch';
import { readRecord, recordEnd, recordOrphan, recordStart } from './runFolder';
import { releaseLock, takeLockAwake, touchLock } from './runLock';
import { runSession } from './session';
import { runSweep } from './sweep';

/** The trainer: a child process that says hello, is given one job, and ends. */
const send = (message: FromTrainer | FromModelJob): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const state = {
  stop: false,
  orphan: false,
  folder: null as string | null,
  model: null as RunningJob | null,
};

const checkVersion = (version: number): void => {
  if (version !== trainerProtocolVersion)
    throw new LongtailError('run/version', { ours: version, theirs: trainerProtocolVersion });
};

const start = async (message: Extract<ToTrainer, { kind: 'start' }>): Promise<void> => {
  const { job, version } = message;
  checkVersion(version);
  await takeLockAwake(job.runFolder);
  state.folder = job.runFolder;
  if (job.resume && readRecord(job.runFolder)?.state === 'completed') {
    // Killed after its last word: what only a resume needs may still be there.
    dropCheckpoints(job.runFolder);
    return;
  }
  recordStart(job.runFolder);
  await (job.sweep === undefined ? runSession : runSweep)(job, {
    shouldStop: () => state.stop,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    // A message costs ten times the line it is about, and the parent looks four times a second.
    onAppend: atMostEvery(heartbeatMs / 4, () => send({ kind: 'appended' })),
    bundleFolder: __dirname,
  });
};

const useModel = async (message: Extract<ToTrainer, { kind: 'model' }>): Promise<void> => {
  checkVersion(message.version);
  const control = { shouldStop: () => state.stop, bundleFolder: __dirname, send };
  state.model = runModelJob(message.job, control);
  await state.model.finished;
};

/** Writes how the run ended, where that can be written. */
const record = (write: (folder: string) => void): void => {
  try {
    if (state.folder !== null) write(state.folder);
  } catch {
    // The disk is full, or the folder is gone: the run is seen to be interrupted.
  }
};

const fail = (error: unknown): void => {
  if (error instanceof CancelledError) {
    record((folder) => recordEnd(folder, 'stopped', null));
    return;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  const message = messageOf(error);
  record((folder) => recordEnd(folder, 'failed', message));
  send({ kind: 'failed', error: message });
  process.exitCode = 1;
};

const leave = (): void => {
  record((folder) => {
    if (state.orphan) recordOrphan(folder);
    releaseLock(folder);
  });
  if (process.connected) process.disconnect();
};

const stop = (): void => {
  state.stop = true;
  state.model?.more();
  if (state.folder === null && state.model === null) leave();
};

process.on('message', (message: ToTrainer) => {
  switch (message.kind) {
    case 'start':
      void start(message).catch(fail).finally(leave);
      return;
    case 'model':
      void useModel(message).catch(fail).finally(leave);
      return;
    case 'model/more':
      state.model?.more();
      return;
    case 'stop':
      stop();
  }
});
// Ctrl-C in a terminal reaches the whole process group; the parent then asks us to stop in order.
process.on('SIGINT', () => undefined);
// The parent is gone: the next checkpoint is the last, and a later window can go on from it.
process.on('disconnect', () => {
  state.stop = true;
  state.orphan = true;
  state.model?.more();
});
// Its pipes are closed as well; what is printed then goes nowhere, and that is no failure.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
watchParent();
setInterval(() => {
  if (state.folder !== null) touchLock(state.folder);
  send({ kind: 'heartbeat' });
}, heartbeatMs).unref();
send({ kind: 'hello', version: trainerProtocolVersion, pid: process.pid });
