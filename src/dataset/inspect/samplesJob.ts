import { LongtailError } from '../../common/errors';
import { openIndex } from '../indexFile';
import type { FailedOutcome } from '../runThread';
import type { FileSource } from '../types';
import { picturesOf } from './pictures';
import { samplesOfClass, type ClassSamples, type WantedSamples } from './samplesOfClass';

/** List the samples of a class; `shared` as of an inspection, nothing in it is used. */
export interface SamplesJob {
  readonly kind: 'samples';
  readonly indexPath: string;
  readonly wanted: WantedSamples;
  /** Whether to read the listed samples as pictures. */
  readonly pictures: boolean;
  readonly shared: SharedArrayBuffer;
}

export type SamplesOutcome =
  { readonly kind: 'done'; readonly samples: ClassSamples } | FailedOutcome;

/** One list. LongtailErrors are outcomes, as of a scan. */
export const runSamplesJob = (
  { indexPath, wanted, pictures }: SamplesJob,
  source: FileSource,
): SamplesOutcome => {
  try {
    const read = pictures ? picturesOf : undefined;
    const index = openIndex(indexPath, source);
    return { kind: 'done', samples: samplesOfClass(source, index, wanted, read) };
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'failed', code: error.code, params: error.params };
  }
};
