import { dirname, join } from 'node:path';
import { availableParallelism } from 'node:os';
import { runJob, type FailedOutcome } from '../../runThread';
import { slots } from '../../scanProtocol';
import { thumbnailSize } from './picturePrint';
import type { PrintJob, PrintOutcome } from './printJob';
import type { Prints } from './printSamples';

/** Prints take 265 bytes each: a million of them a quarter of a gigabyte. Further samples are left. */
export const mostPrints = 1_000_000;
const mostThreads = 4;
const progressMs = 100;

const joined = (parts: readonly Prints[]): Prints => {
  const count = parts.reduce((sum, { states }) => sum + states.length, 0);
  const all: Prints = {
    states: new Uint8Array(count),
    low: new Uint32Array(count),
    high: new Uint32Array(count),
    thumbnails: new Int8Array(count * thumbnailSize),
  };
  let at = 0;
  for (const part of parts) {
    all.states.set(part.states, at);
    all.low.set(part.low, at);
    all.high.set(part.high, at);
    all.thumbnails.set(part.thumbnails, at * thumbnailSize);
    at += part.states.length;
  }
  return all;
};

/**
 * Decodes the first million samples on every core and keeps their prints. Errors as of
 * `inspectDataset`. `onProgress` is told the share done.
 */
export const printDataset = async (
  { indexPath, samples }: { readonly indexPath: string; readonly samples: number },
  options: {
    readonly workerPath: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (share: number) => void;
  },
): Promise<Prints> => {
  const { workerPath, signal, onProgress } = options;
  const jpegPath = join(dirname(workerPath), 'mozjpeg_dec.wasm');
  const total = Math.min(samples, mostPrints);
  const threads = Math.max(1, Math.min(mostThreads, availableParallelism(), total));
  const jobs = Array.from({ length: threads }, (_, i): PrintJob => ({
    ...{ kind: 'print', indexPath, jpegPath },
    from: Math.floor((i * total) / threads),
    to: Math.floor(((i + 1) * total) / threads),
    shared: new SharedArrayBuffer(4 * slots.count),
  }));
  const views = jobs.map(({ shared }) => new Int32Array(shared));
  const timer = setInterval(() => {
    const done = views.reduce((sum, view) => sum + Atomics.load(view, slots.samples), 0);
    onProgress?.(done / Math.max(1, total));
  }, progressMs);
  // One that fails ends the others: their work would be for nothing.
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  try {
    const run = async (job: PrintJob): Promise<Prints> => {
      try {
        return (await runJob<Exclude<PrintOutcome, FailedOutcome>>(workerPath, job, stop)).prints;
      } catch (error) {
        failed.abort();
        throw error;
      }
    };
    return joined(await Promise.all(jobs.map(run)));
  } finally {
    clearInterval(timer);
  }
};
