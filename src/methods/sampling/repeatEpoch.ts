import type { LabelSets } from '../labelSets';
import { at, type Numbers } from '../numbers';

/**
 * Samples by how many samples have the rarest of their labels: all that the length of an epoch
 * under repeat factors depends on, whatever the threshold.
 */
export interface RarestCounts {
  /** Different counts, ascending. */
  readonly counts: readonly number[];
  /** Samples whose rarest label has that count. */
  readonly samples: readonly number[];
  /** Samples without a label. */
  readonly without: number;
}

/** `counts` are the samples that have each label [labels]. */
export const rarestCounts = ({ starts, labels }: LabelSets, counts: Numbers): RarestCounts => {
  const found = new Map<number, number>();
  let without = 0;
  for (let sample = 0; sample + 1 < starts.length; sample++) {
    const [from, to] = [starts[sample] ?? 0, starts[sample + 1] ?? 0];
    let rarest = Infinity;
    for (let place = from; place < to; place++)
      rarest = Math.min(rarest, at(counts, labels[place] ?? 0));
    if (from === to) without++;
    else found.set(rarest, (found.get(rarest) ?? 0) + 1);
  }
  const sorted = [...found].sort(([a], [b]) => a - b);
  return {
    counts: sorted.map(([count]) => count),
    samples: sorted.map(([, samples]) => samples),
    without,
  };
};

/**
 * Expected length of an epoch under repeat factors with threshold t: the sum over samples of
 * max(1, √(t / f)), f the share of samples that have the rarest label. Exact for every t, since the
 * largest factor of a sample is that of its rarest label.
 */
export const repeatEpoch = (
  { counts, samples, without }: RarestCounts,
  threshold: number,
): { readonly length: number; readonly repeated: number; readonly samples: number } => {
  const all = samples.reduce((sum, n) => sum + n, without);
  let length = without;
  let repeated = 0;
  counts.forEach((count, i) => {
    const factor = Math.max(1, Math.sqrt((threshold * all) / count));
    length += factor * at(samples, i);
    if (factor > 1) repeated += at(samples, i);
  });
  return { length, repeated, samples: all };
};
