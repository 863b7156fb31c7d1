import type { DatasetIndex, FileSource } from '../types';
import { placesOf } from './places';
import type { SamplePlace } from './types';

export interface WantedSamples {
  readonly className: string;
  readonly split?: string;
  readonly limit: number;
}

export interface ClassSamples {
  readonly class: string;
  /** Samples with the label, listed or not; a picture with two objects of it is one. */
  readonly count: number;
  readonly samples: readonly SamplePlace[];
}

/**
 * The first `limit` samples of a class, in the index's order, of one split or of all. A class or
 * split that is not there has none.
 */
export const samplesOfClass = (
  source: FileSource,
  index: DatasetIndex,
  wanted: WantedSamples,
): ClassSamples => {
  const id = index.classNames.indexOf(wanted.className);
  const split = wanted.split === undefined ? null : index.splitNames.indexOf(wanted.split);
  const listed: number[] = [];
  let count = 0;
  for (let sample = 0; sample < index.samples; sample++) {
    if (split !== null && index.split[sample] !== split) continue;
    const end = index.labelStart[sample + 1] ?? 0;
    let at = index.labelStart[sample] ?? 0;
    while (at < end && index.labels[at] !== id) at++;
    if (at === end) continue;
    if (count++ < wanted.limit) listed.push(sample);
  }
  return { class: wanted.className, count, samples: placesOf(source, index, listed) };
};
