import { parentPort, threadId, workerData } from 'node:worker_threads';
import { nodeFileSource, nodeFileStore } from './nodeFileSource';
import { runScanJob } from './scanJob';
import { isScanJob } from './scanProtocol';

/** Entry of the scan thread: one job in `workerData`, one outcome posted. A defect ends the thread. */
const job: unknown = workerData;
if (!isScanJob(job)) throw new Error('the scan thread was started without a job');
parentPort?.postMessage(
  runScanJob(job, {
    source: nodeFileSource,
    store: nodeFileStore,
    now: Date.now,
    tag: `${String(process.pid)}-${String(threadId)}`,
  }),
);
