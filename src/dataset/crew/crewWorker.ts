import { workerData } from 'node:worker_threads';
import { nodeFileSource } from '../nodeFileSource';
import { isSecondJob, serveTasks } from './secondThread';

/** Entry of the thread that helps a scan: small, since a scan waits for it to start. */
const job: unknown = workerData;
if (!isSecondJob(job)) throw new Error('the second thread was started without a job');
serveTasks(job, nodeFileSource);
