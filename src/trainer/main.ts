import { LongtailError, type Message } from '../common/errors';
import { heartbeatMs } from '../protocol/runFiles';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { recordFailure, touchLock } from './runFolder';
import { runSession } from './session';

/** The trainer: a child process that says hello, is given one job, and ends. */
const send = (message: FromTrainer): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const asMessage = (error: unknown): Message => {
  if (error instanceof LongtailError) return { code: error.code, params: error.params };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'common/unexpected', params: { detail } };
};

const state = { stop: false, folder: null as string | null };

const start = async (message: Extract<ToTrainer, { kind: 'start' }>): Promise<void> => {
  const { job, version } = message;
  if (version !== trainerProtocolVersion)
    throw new LongtailError('run/version', { ours: version, theirs: trainerProtocolVersion });
  state.folder = job.runFolder;
  await runSession(job, {
    shouldStop: () => state.stop,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onAppend: () => send({ kind: 'appended' }),
    bundleFolder: __dirname,
  });
};

const fail = (error: unknown): void => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  const message = asMessage(error);
  if (state.folder !== null) recordFailure(state.folder, message);
  send({ kind: 'failed', error: message });
  process.exitCode = 1;
};

process.on('message', (message: ToTrainer) => {
  if (message.kind === 'stop') state.stop = true;
  else
    void start(message)
      .catch(fail)
      .finally(() => process.connected && process.disconnect());
});
// The parent is gone: the next checkpoint is the last, and a later window can go on from it.
process.on('disconnect', () => {
  state.stop = true;
});
const heartbeat = setInterval(() => {
  if (state.folder !== null) touchLock(state.folder);
  send({ kind: 'heartbeat' });
}, heartbeatMs);
heartbeat.unref();
send({ kind: 'hello', version: trainerProtocolVersion, pid: process.pid });
