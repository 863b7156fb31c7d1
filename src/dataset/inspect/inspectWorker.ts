import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSource, nodeFileStore } from '../nodeFileSource';
import { runSplitJob } from '../split/splitJob';
import { isInspectJob, runInspectJob } from './inspectJob';
import { runPrintJob } from './near/printJob';

/** Entry of the thread that looks into samples or parts them: one job, one outcome. A defect ends the thread. */
const job: unknown = workerData;
if (!isInspectJob(job)) throw new Error('the inspection thread was started without a job');
if (job.kind === 'split') parentPort?.postMessage(runSplitJob(job, nodeFileSource, nodeFileStore));
else if (job.kind === 'inspect') parentPort?.postMessage(runInspectJob(job, nodeFileSource));
else void runPrintJob(job, nodeFileSource).then((outcome) => parentPort?.postMessage(outcome));
