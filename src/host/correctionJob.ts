import { Worker } from 'node:worker_threads';
import { LongtailError, type Message } from '../common/errors';
import type { NamedParts } from '../predictions/types';

/** Where the training counts are. */
export type CountsFrom =
  | { readonly kind: 'file' }
  | { readonly kind: 'list'; readonly path: string }
  | {
      readonly kind: 'named';
      readonly counts: readonly (readonly [name: string, count: number])[];
    };

/** What the thread is asked: whether a file brings its own counts, or to correct it. */
export type CorrectionJob =
  | { readonly kind: 'peek'; readonly path: string }
  | {
      readonly kind: 'correct';
      readonly path: string;
      readonly parts: NamedParts;
      readonly trained: string;
      readonly counts: CountsFrom;
      /** Folder to write config, code and corrected predictions into; null for none. */
      readonly out: string | null;
    };

export type CorrectionOutcome =
  | { readonly kind: 'peeked'; readonly bringsCounts: boolean }
  | { readonly kind: 'corrected'; readonly markdown: string; readonly reasons: readonly Message[] }
  | { readonly kind: 'failed'; readonly code: string; readonly params: Message['params'] };

/**
 * Runs a job in a thread of its own: large files neither block the editor nor fill its memory.
 * `workerPath` is the bundled `correctWorker`. Throws the LongtailError the job ended with.
 */
export const runCorrection = async (
  workerPath: string,
  job: CorrectionJob,
): Promise<Exclude<CorrectionOutcome, { readonly kind: 'failed' }>> => {
  const worker = new Worker(workerPath, { workerData: job });
  const outcome = await new Promise<CorrectionOutcome>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    // After a message this changes nothing: a promise settles once.
    worker.once('exit', (code) => reject(new Error(`the thread ended with code ${String(code)}`)));
  });
  if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
  return outcome;
};
