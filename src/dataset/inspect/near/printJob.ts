import { readFileSync } from 'node:fs';
import { CancelledError, LongtailError } from '../../../common/errors';
import { createImageDecoder } from '../../../pictures/decodeImage';
import { openIndex } from '../../indexFile';
import type { FailedOutcome } from '../../runThread';
import { slots } from '../../scanProtocol';
import type { FileSource } from '../../types';
import { openContents } from '../contents';
import { printSamples, type Prints } from './printSamples';

/** Decode samples [from, to); `shared` as of an inspection. */
export interface PrintJob {
  readonly kind: 'print';
  readonly indexPath: string;
  readonly jpegPath: string;
  readonly from: number;
  readonly to: number;
  readonly shared: SharedArrayBuffer;
}

export type PrintOutcome = { readonly kind: 'done'; readonly prints: Prints } | FailedOutcome;

/** One range from start to end. LongtailErrors and cancellation are outcomes, as of a scan. */
export const runPrintJob = async (job: PrintJob, source: FileSource): Promise<PrintOutcome> => {
  const shared = new Int32Array(job.shared);
  const decode = await createImageDecoder(new WebAssembly.Module(readFileSync(job.jpegPath)));
  try {
    const index = openIndex(job.indexPath, source);
    const contents = openContents(source, index);
    try {
      const prints = printSamples(job, contents, decode, (done) => {
        Atomics.store(shared, slots.samples, done);
        if (Atomics.load(shared, slots.cancel) !== 0) throw new CancelledError();
      });
      return { kind: 'done', prints };
    } finally {
      contents.close();
    }
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof LongtailError)
      return { kind: 'failed', code: error.code, params: error.params };
    throw error;
  }
};
