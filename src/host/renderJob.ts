import { Worker } from 'node:worker_threads';
import type { Inspection } from '../dataset/inspect/types';
import type { SplitSummary } from '../dataset/split/types';
import type { Host } from './host';

/** What is shown as Markdown; links lead to `base`, the address of the dataset's folder. */
export type RenderJob =
  | { readonly kind: 'inspection'; readonly inspection: Inspection; readonly base: string }
  | { readonly kind: 'split'; readonly summary: SplitSummary };

/** The Markdown of a report, made in a thread of its own: its sentences are not in our bundle. */
export const render = ({ paths }: Pick<Host, 'paths'>, job: RenderJob): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(paths.renderWorker, { workerData: job });
    worker.once('message', (markdown: string) => resolve(markdown));
    worker.once('error', reject);
    // After a message this changes nothing: a promise settles once.
    worker.once('exit', (code) => reject(new Error(`the thread ended with code ${String(code)}`)));
  });
