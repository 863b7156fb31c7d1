import { join } from 'node:path';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { nodeFileSource, nodeFileStore } from './nodeFileSource';
import { runCheckJob, runScanJob } from './scanJob';
import { isScanJob } from './scanProtocol';

/** Entry of the scan thread: one job in `workerData`, one outcome posted. A defect ends the thread. */
const job: unknown = workerData;
if (isScanJob(job)) {
  const tools = {
    source: nodeFileSource,
    store: nodeFileStore,
    now: Date.now,
    tag: `${String(process.pid)}-${String(threadId)}`,
    secondPath: join(__dirname, 'crewWorker.js'),
  };
  parentPort?.postMessage(
    job.checkOnly === true ? runCheckJob(job, tools) : runScanJob(job, tools),
  );
} else throw new Error('the scan thread was started without a job');
