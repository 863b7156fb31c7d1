import { LongtailError } from '../../common/errors';
import { openIndex } from '../indexFile';
import type { FailedOutcome } from '../runThread';
import type { FileSource } from '../types';
import { picturesOf } from './pictures';
import { samplesOfClass, type ClassSamples, type WantedSamples } from './samplesOfClass';
import { samplesOfRows, type RowSamples, type WantedRows } from './samplesOfRows';

/** `shared` as of an inspection, nothing in it is used. */
interface ListJob {
  readonly indexPath: string;
  /** Whether to read the listed samples as pictures. */
  readonly pictures: boolean;
  readonly shared: SharedArrayBuffer;
}

/** List the samples of a class. */
export interface SamplesJob extends ListJob {
  readonly kind: 'samples';
  readonly wanted: WantedSamples;
}

export type SamplesOutcome =
  { readonly kind: 'done'; readonly samples: ClassSamples } | FailedOutcome;

/** List samples by number. */
export interface RowsJob extends ListJob {
  readonly kind: 'rows';
  readonly wanted: WantedRows;
}

export type RowsOutcome = { readonly kind: 'done'; readonly samples: RowSamples } | FailedOutcome;

/** LongtailErrors are outcomes, as of a scan. */
const outcomeOf = <T>(list: () => T): { kind: 'done'; samples: T } | FailedOutcome => {
  try {
    return { kind: 'done', samples: list() };
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'failed', code: error.code, params: error.params };
  }
};

/** One list. */
export const runSamplesJob = (
  { indexPath, wanted, pictures }: SamplesJob,
  source: FileSource,
): SamplesOutcome =>
  outcomeOf(() =>
    samplesOfClass(source, openIndex(indexPath, source), wanted, pictures ? picturesOf : undefined),
  );

export const runRowsJob = (
  { indexPath, wanted, pictures }: RowsJob,
  source: FileSource,
): RowsOutcome =>
  outcomeOf(() =>
    samplesOfRows(source, openIndex(indexPath, source), wanted, pictures ? picturesOf : undefined),
  );
