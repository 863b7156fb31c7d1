import { at, map, sum } from '../numbers';
import { rankedGroups } from './countGroups';
import type { CountGroups, RankedGroups } from './countGroups';
import { exponentialMoments, geometricMoments, matchMean, thinned } from './rankLaws';
import type { Moments, RankPoints } from './rankLaws';

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance explained; null when y does not vary. */
  readonly r2: number | null;
}

/** A law of shares over the ranks, fitted by maximum likelihood. */
export interface LawFit {
  readonly rate: number;
  /** Akaike's criterion, 2 - 2 log likelihood; smaller fits better. */
  readonly aic: number;
}

/** Abscissas of the ranks, which are the same for every law that is fitted on them. */
interface Abscissas {
  /** Sum over the ranks of each group of equal counts. */
  readonly ofGroup: Float64Array;
  readonly mean: number;
  /** Sum of the squares around the mean. */
  readonly squares: number;
}

/** x_k = k: sums of neighbouring whole numbers. */
const ranksOf = ({ times, ranks }: RankedGroups): Abscissas => {
  let first = 0;
  const ofGroup = map(times, (own) => {
    const total = (own * (2 * first + own - 1)) / 2;
    first += own;
    return total;
  });
  return { ofGroup, mean: (ranks - 1) / 2, squares: (ranks * (ranks * ranks - 1)) / 12 };
};

/** x_k = ln(k + 1). */
const logRanks = (ranks: number): Float64Array => {
  const logs = new Float64Array(ranks);
  for (let k = 0; k < ranks; k++) logs[k] = Math.log(k + 1);
  return logs;
};

const logRanksOf = ({ times, ranks }: RankedGroups, logs: Float64Array): Abscissas => {
  let first = 0;
  const ofGroup = map(times, (own) => sum(logs.subarray(first, (first += own))));
  const mean = sum(ofGroup) / ranks;
  let squares = 0;
  for (let k = 0; k < ranks; k++) squares += ((logs[k] ?? NaN) - mean) ** 2;
  return { ofGroup, mean, squares };
};

/** ln n_k on x_k by least squares; null for fewer than two ranks. */
const fitLine = ({ values, times, ranks }: RankedGroups, x: Abscissas): LineFit | null => {
  if (ranks < 2) return null;
  const y = map(values, Math.log);
  const yMean = sum(map(y, (value, i) => value * at(times, i))) / ranks;
  if (values.length === 1) return { slope: 0, intercept: yMean, r2: null };
  const sxy = sum(
    map(y, (value, i) => (at(x.ofGroup, i) - at(times, i) * x.mean) * (value - yMean)),
  );
  const syy = sum(map(y, (value, i) => at(times, i) * (value - yMean) ** 2));
  const slope = sxy / x.squares;
  return {
    slope,
    intercept: yMean - slope * x.mean,
    r2: Math.min(1, (slope * sxy) / syy),
  };
};

/** Shares proportional to exp(-rate x_k), with the mean of x that the counts have. */
const fitLaw = (
  { values, times, ranks }: RankedGroups,
  x: Abscissas,
  momentsAt: (rate: number) => Moments,
  start: (wanted: number) => number | undefined,
): LawFit | null => {
  if (ranks < 2) return null;
  const total = sum(map(values, (value, i) => value * at(times, i)));
  const wanted = sum(map(values, (value, i) => (value * at(x.ofGroup, i)) / total));
  const even = { mean: x.mean, variance: x.squares / ranks };
  const rate = matchMean(wanted, even, momentsAt, start(wanted));
  const { norm } = rate === 0 ? { norm: Math.log(ranks) } : momentsAt(rate);
  return { rate, aic: 2 + 2 * total * (rate * wanted + norm) };
};

export interface RankFits {
  /** ln n_k = intercept + slope k over ranks k = 0 …: the exponential profile. */
  readonly exponential: LineFit | null;
  /** ln n_k = intercept + slope ln(k + 1): the Zipf profile (biased; for display). */
  readonly zipf: LineFit | null;
  /** p_k proportional to exp(-rate k). */
  readonly geometric: LawFit | null;
  /** p_k proportional to (k + 1)^-rate. */
  readonly power: LawFit | null;
}

/** Both profiles of the non-empty counts by falling rank, by least squares and by likelihood. */
export const fitRanks = (groups: CountGroups): RankFits => {
  const ranked = rankedGroups(groups);
  const logs = logRanks(ranked.ranks);
  const byRank = ranksOf(ranked);
  const byLog = logRanksOf(ranked, logs);
  const points: RankPoints = { x: logs };
  const few = thinned(ranked.ranks);
  const guess = (wanted: number): number | undefined =>
    few === null ? undefined : matchFew(few, wanted);
  return {
    exponential: fitLine(ranked, byRank),
    zipf: fitLine(ranked, byLog),
    geometric: fitLaw(
      ranked,
      byRank,
      (rate) => geometricMoments(ranked.ranks, rate),
      () => undefined,
    ),
    power: fitLaw(ranked, byLog, (rate) => exponentialMoments(points, rate), guess),
  };
};

const matchFew = (few: RankPoints, wanted: number): number =>
  matchMean(wanted, exponentialMoments(few, 0), (rate) => exponentialMoments(few, rate));

/**
 * Pareto exponent k / sum ln(n / n_min) over the k non-empty classes (Hill's estimator). The
 * exponent of the counts' density is this plus 1. Null where all counts are equal.
 */
export const paretoExponent = (groups: CountGroups): number | null => {
  const { values, times, ranks } = rankedGroups(groups);
  const least = values.at(-1) ?? NaN;
  const logs = sum(map(values, (n, i) => at(times, i) * Math.log(n / least)));
  return logs > 0 ? ranks / logs : null;
};
