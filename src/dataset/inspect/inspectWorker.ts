import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSource, nodeFileStore } from '../nodeFileSource';
import { runSplitJob } from '../split/splitJob';
import { isInspectJob, runInspectJob, type WorkerJob } from './inspectJob';
import { runPrintJob } from './near/printJob';
import { runRowsJob, runSamplesJob } from './samplesJob';

/** Entry of the thread that looks into samples or parts them: one job, one outcome. A defect ends the thread. */
const job: unknown = workerData;
if (!isInspectJob(job)) throw new Error('the inspection thread was started without a job');
const outcomeOf = (job: WorkerJob): unknown => {
  switch (job.kind) {
    case 'inspect':
      return runInspectJob(job, nodeFileSource);
    case 'print':
      return runPrintJob(job, nodeFileSource);
    case 'samples':
      return runSamplesJob(job, nodeFileSource);
    case 'rows':
      return runRowsJob(job, nodeFileSource);
    case 'split':
      return runSplitJob(job, nodeFileSource, nodeFileStore);
  }
};
void Promise.resolve(outcomeOf(job)).then((outcome) => parentPort?.postMessage(outcome));
