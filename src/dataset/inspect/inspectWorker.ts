import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSource } from '../nodeFileSource';
import { isInspectJob, runInspectJob } from './inspectJob';
import { runPrintJob } from './near/printJob';

/** Entry of the thread that looks into samples: one job, one outcome. A defect ends the thread. */
const job: unknown = workerData;
if (!isInspectJob(job)) throw new Error('the inspection thread was started without a job');
if (job.kind === 'inspect') parentPort?.postMessage(runInspectJob(job, nodeFileSource));
else void runPrintJob(job, nodeFileSource).then((outcome) => parentPort?.postMessage(outcome));
