import type { Random } from '../../common/random';
import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { binomialSampler } from './binomial';
import { pairedCounts } from './pairedCounts';

export type Interval = readonly [low: number, high: number];

export interface BootstrapOptions {
  readonly random: Random;
  /** Resamples drawn; 2,000 where absent. */
  readonly resamples?: number;
}

/** Standard deviations of a normal estimate in the half of its 95 % interval. */
export const normalPoint = 1.959963984540054;

/** The value below which the share q of the sorted values lies, interpolated between neighbours. */
export const quantile = (sorted: Numbers, q: number): number => {
  const place = q * (sorted.length - 1);
  const low = Math.floor(place);
  const next = Math.min(low + 1, sorted.length - 1);
  return at(sorted, low) + (place - low) * (at(sorted, next) - at(sorted, low));
};

/** The middle 95 % of draws. */
export const percentiles = (draws: Numbers): Interval => {
  const sorted = Float64Array.from(draws).sort();
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
};

/**
 * 95 % interval of mean recall over the classes that have items, by a bootstrap that resamples the
 * items of every class separately. Resampling s items of which k are right gives a Binomial(s, k / s)
 * count, so it is drawn as one: the cost does not grow with the items. A class all right or all
 * wrong is so in every draw, be it two items; the width of its Wilson interval is added as squares to
 * that side. `correct` and `support` are [C]. [NaN, NaN] when no class has an item.
 */
export const balancedAccuracyInterval = (
  correct: Numbers,
  support: Numbers,
  options: BootstrapOptions,
): Interval => {
  const draws = new Float64Array(options.resamples ?? 2000);
  let [classes, value, below, above] = [0, 0, 0, 0];
  for (let j = 0; j < support.length; j++) {
    const items = at(support, j);
    if (items === 0) continue;
    classes++;
    const recall = at(correct, j) / items;
    value += recall;
    const [low, high] = wilsonInterval(at(correct, j), items);
    if (recall === 1) below += (1 - low) ** 2;
    if (recall === 0) above += high ** 2;
    const draw = binomialSampler(items, recall);
    for (let r = 0; r < draws.length; r++) draws[r] = at(draws, r) + draw(options.random) / items;
  }
  const [least, most] = percentiles(draws);
  return [
    (value - Math.hypot(value - least, Math.sqrt(below))) / classes,
    (value + Math.hypot(most - value, Math.sqrt(above))) / classes,
  ];
};

export interface PairedDifference {
  /** Mean recall of `b` minus mean recall of `a`. */
  readonly difference: number;
  readonly interval: Interval;
  readonly excludesZero: boolean;
}

/**
 * Difference in balanced accuracy of two sets of predictions on the same items, with a percentile
 * interval by a class-stratified bootstrap over pairs. Only items on which exactly one is right
 * move the difference, so only those are drawn: their number as a binomial, then their sign. With
 * `shares` [C] the recalls are weighed by them instead of evenly: the accuracy expected where the
 * classes come in those shares.
 */
export const pairedDifference = (
  labels: Numbers,
  predictions: { readonly a: Numbers; readonly b: Numbers },
  classes: number,
  options: BootstrapOptions & { readonly shares?: Numbers },
): PairedDifference => {
  const { support, onlyA, onlyB } = pairedCounts(labels, predictions, classes);
  const draws = new Float64Array(options.resamples ?? 2000);
  let present = 0;
  let difference = 0;
  for (let j = 0; j < classes; j++) {
    const items = at(support, j);
    if (items === 0) continue;
    const weight = options.shares === undefined ? 1 : at(options.shares, j);
    present += weight;
    const discordant = at(onlyA, j) + at(onlyB, j);
    difference += (weight * (at(onlyB, j) - at(onlyA, j))) / items;
    if (discordant === 0) continue;
    const moved = binomialSampler(items, discordant / items);
    const share = at(onlyB, j) / discordant;
    for (let r = 0; r < draws.length; r++) {
      let net = 0;
      for (let k = moved(options.random); k > 0; k--)
        net += options.random.nextFloat() < share ? 1 : -1;
      draws[r] = at(draws, r) + (weight * net) / items;
    }
  }
  for (let r = 0; r < draws.length; r++) draws[r] = at(draws, r) / present;
  const interval = percentiles(draws);
  return {
    difference: difference / present,
    interval,
    excludesZero: interval[0] > 0 || interval[1] < 0,
  };
};

/**
 * Wilson's score interval of a share; inside [0, 1], defined at 0 and at all. [0, 1] without
 * trials. z 1.96 gives 95 %. Wilson, JASA 1927.
 */
export const wilsonInterval = (successes: number, trials: number, z = normalPoint): Interval => {
  if (trials === 0) return [0, 1];
  const p = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (p + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return [
    successes === 0 ? 0 : Math.max(0, centre - half),
    successes === trials ? 1 : Math.min(1, centre + half),
  ];
};
