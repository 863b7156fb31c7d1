import { samplesOfLabels, type LabelSets } from '../labelSets';
import { wilsonInterval } from '../metrics/interval';
import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** A rare label and a frequent one that come together. */
export interface LabelPair {
  readonly rare: number;
  readonly frequent: number;
  /** Samples with both, and their share of the samples with the rare one. */
  readonly together: number;
  readonly share: number;
}

export interface RarePairs {
  readonly pairs: readonly LabelPair[];
  /** false where the sets are so large that not every rare label was looked at. */
  readonly complete: boolean;
}

export interface PairQuestion {
  readonly sets: LabelSets;
  /** Samples with each label [labels]. */
  readonly counts: Numbers;
  /** Labels that are rare; all others are frequent. */
  readonly rare: readonly number[];
  /** How many pairs are wanted. */
  readonly most: number;
  /** Labels looked at before it ends: a bound for sets of thousands of labels. */
  readonly budget?: number;
}

const defaultBudget = 50_000_000;

/** How surely at least what share of the rare label's samples has the other: Wilson's lower end. */
const surely = (together: number, samples: number): number => wilsonInterval(together, samples)[0];

/**
 * For each rare label the frequent one it comes with most often; of these the pairs with the
 * largest lower end of the share's 95 % interval, so that one sample of one says little. Repeating
 * the samples of such a label repeats the frequent one too. Memory of the labels, not of a matrix:
 * rare labels are looked at from the largest on, until no smaller one could be among the `most`.
 */
export const rarePairs = ({ sets, counts, rare, most, budget }: PairQuestion): RarePairs => {
  const labels = counts.length;
  const isRare = new Uint8Array(labels);
  for (const label of rare) isRare[label] = 1;
  const index = samplesOfLabels(sets, labels, { only: isRare });
  const together = new Uint32Array(labels);
  const touched: number[] = [];
  const found: { readonly pair: LabelPair; readonly sure: number }[] = [];
  let left = budget ?? defaultBudget;

  const partnerOf = (label: number): LabelPair | null => {
    const end = index.starts[label + 1] ?? 0;
    for (let i = index.starts[label] ?? 0; i < end; i++) {
      const sample = index.samples[i] ?? 0;
      const to = sets.starts[sample + 1] ?? 0;
      let place = sets.starts[sample] ?? 0;
      left -= to - place;
      if (left < 0) break;
      for (; place < to; place++) {
        const other = sets.labels[place] ?? 0;
        if (isRare[other] === 1) continue;
        if (together[other] === 0) touched.push(other);
        together[other] = (together[other] ?? 0) + 1;
      }
    }
    let frequent = -1;
    for (const other of touched) {
      const more = at(together, other) - (frequent < 0 ? 0 : at(together, frequent));
      if (more > 0 || (more === 0 && other < frequent)) frequent = other;
    }
    const samples = at(counts, label);
    const both = frequent < 0 ? 0 : at(together, frequent);
    for (const other of touched) together[other] = 0;
    touched.length = 0;
    return left < 0 || frequent < 0
      ? null
      : { rare: label, frequent, together: both, share: both / samples };
  };

  for (const label of [...rare].sort((a, b) => at(counts, b) - at(counts, a) || a - b)) {
    const samples = at(counts, label);
    const least = found.length < most ? -1 : (found.at(-1)?.sure ?? -1);
    if (surely(samples, samples) <= least) break;
    const pair = partnerOf(label);
    if (left < 0) break;
    if (pair === null) continue;
    const sure = surely(pair.together, samples);
    if (sure <= least) continue;
    const place = found.findIndex((other) => other.sure < sure);
    found.splice(place < 0 ? found.length : place, 0, { pair, sure });
    if (found.length > most) found.pop();
  }
  return { pairs: found.map(({ pair }) => pair), complete: left >= 0 };
};
