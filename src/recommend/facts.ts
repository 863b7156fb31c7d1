import { byRank } from '../common/rank';
import { factsOf, mirrorUnsafe, type DatasetFacts } from '../config/facts';
import type { LongTailProfile } from '../profile/types';

/** What the rules look at; counts of the training split, empty classes apart. */
export interface RuleFacts extends DatasetFacts {
  readonly format: string;
  /** Classes that have a sample. */
  readonly present: number;
  readonly empty: readonly string[];
  readonly total: number;
  readonly largest: { readonly name: string; readonly count: number };
  readonly smallest: { readonly name: string; readonly count: number };
  /** n_max / n_min over the classes present; 1 where there are none. */
  readonly ratio: number;
  /** Classes with fewer than 20 samples, empty ones apart. */
  readonly fewClasses: number;
  /** Shares of the classes present and of the samples in that band, 0 … 1. */
  readonly fewClassShare: number;
  readonly fewSampleShare: number;
  /** Pictures that may well be photos: not digits, letters or a digit archive. Counts cannot show more. */
  readonly maybePhotos: boolean;
  /** Median share of images that hold a class, where images are counted; for repeat factors. */
  readonly medianImageShare: number | null;
  /** Share of items that hold a class, of the classes present. */
  readonly imageShares: readonly number[];
}

const fewBelow = 20;

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** The facts of a profile that rules decide by. */
export const ruleFactsOf = (profile: LongTailProfile): RuleFacts => {
  const facts = factsOf(profile);
  const present = facts.classes.filter(({ count }) => count > 0);
  const sorted = present.toSorted(byRank);
  const none = { name: '', count: 0 };
  const largest = sorted[0] ?? none;
  const smallest = sorted.at(-1) ?? none;
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const few = present.filter(({ count }) => count < fewBelow);
  const names = facts.classes.map(({ name }) => name);
  const images = profile.classes.flatMap(({ images: n }) =>
    n === undefined || n === 0 ? [] : [n],
  );
  return {
    ...facts,
    format: profile.dataset.format,
    present: present.length,
    empty: facts.classes.filter(({ count }) => count === 0).map(({ name }) => name),
    total,
    largest,
    smallest,
    ratio: smallest.count === 0 ? 1 : largest.count / smallest.count,
    fewClasses: few.length,
    fewClassShare: present.length === 0 ? 0 : few.length / present.length,
    fewSampleShare: total === 0 ? 0 : few.reduce((sum, { count }) => sum + count, 0) / total,
    maybePhotos:
      facts.modality === 'image' &&
      facts.task === 'single-label' &&
      !profile.dataset.format.includes('idx') &&
      mirrorUnsafe(names).length * 2 < Math.max(1, names.length),
    imageShares:
      images.length > 0
        ? images.map((n) => n / Math.max(1, profile.samples))
        : present.map(({ count }) => count / Math.max(1, total)),
    medianImageShare: median(images.map((n) => n / Math.max(1, profile.samples))),
  };
};
