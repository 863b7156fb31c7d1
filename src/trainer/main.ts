import type { FromModelJob } from '../protocol/modelJob';
import { heartbeatMs } from '../protocol/runFiles';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { createJobs } from './jobs';
import { watchParent } from './parentWatch';

/** The trainer: a child process that says hello, is given one job, and ends. */
const send = (message: FromTrainer | FromModelJob): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
const leave = (): void => {
  if (process.connected) process.disconnect();
};
const jobs = createJobs({ send, leave, bundleFolder: __dirname });

process.on('message', (message: ToTrainer) => jobs.obey(message));
// Ctrl-C in a terminal reaches the whole process group; the parent then asks us to stop in order.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => jobs.orphan());
// Its pipes are closed as well; what is printed then goes nowhere, and that is no failure.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
watchParent();
setInterval(() => {
  jobs.touch();
  send({ kind: 'heartbeat' });
}, heartbeatMs).unref();
send({ kind: 'hello', version: trainerProtocolVersion, pid: process.pid });
