import { at, descending, map, shares, smallestPositive, sum } from '../numbers';
import type { Numbers } from '../numbers';

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance explained; null when y does not vary. */
  readonly r2: number | null;
}

/** Ordinary least squares of y on x; null for fewer than two points. */
export const fitLine = (x: Numbers, y: Numbers): LineFit | null => {
  const points = x.length;
  if (points < 2) return null;
  const xMean = sum(x) / points;
  const yMean = sum(y) / points;
  const sxx = sum(map(x, (value) => (value - xMean) ** 2));
  const sxy = sum(map(x, (value, i) => (value - xMean) * (at(y, i) - yMean)));
  const syy = sum(map(y, (value) => (value - yMean) ** 2));
  const constant = largestGap(y) === 0;
  const slope = constant ? 0 : sxy / sxx;
  const intercept = yMean - slope * xMean;
  const residual = sum(map(x, (value, i) => (at(y, i) - intercept - slope * value) ** 2));
  return { slope, intercept, r2: constant ? null : 1 - residual / syy };
};

const largestGap = (values: Numbers): number => {
  let gap = 0;
  for (let i = 1; i < values.length; i++)
    gap = Math.max(gap, Math.abs(at(values, i) - at(values, 0)));
  return gap;
};

/** Non-empty counts, largest first. */
export const rankedCounts = (counts: Numbers): Float64Array =>
  descending(counts).filter((n) => n > 0);

/** ln n_k = intercept + slope k over ranks k = 0 …: the exponential profile. */
export const exponentialFit = (counts: Numbers): LineFit | null => {
  const ranked = rankedCounts(counts);
  return fitLine(
    map(ranked, (_, k) => k),
    map(ranked, Math.log),
  );
};

/** ln n_k = intercept + slope ln(k + 1): the Zipf profile by least squares (biased; for display). */
export const zipfLeastSquares = (counts: Numbers): LineFit | null => {
  const ranked = rankedCounts(counts);
  return fitLine(
    map(ranked, (_, k) => Math.log(k + 1)),
    map(ranked, Math.log),
  );
};

/** ln of the sum of exp(-rate x_k), and mean and variance of x under these shares; x_0 = 0. */
const exponentialMoments = (
  x: Numbers,
  rate: number,
): { readonly norm: number; readonly mean: number; readonly variance: number } => {
  let [total, first, second] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const value = x[k] ?? NaN;
    // At most exp(0): x begins at 0 and rises.
    const weight = Math.exp(-rate * value);
    total += weight;
    first += weight * value;
    second += weight * value * value;
  }
  const mean = first / total;
  return { norm: Math.log(total), mean, variance: Math.max(0, second / total - mean * mean) };
};

/**
 * The rate r >= 0 at which shares proportional to exp(-r x_k) have the mean of x that the ranked
 * counts have: the maximum-likelihood fit of a one-parameter family on ranks. The mean falls
 * strictly with r, by the variance of x: Newton's steps find it, kept between bounds that close in.
 * Null for fewer than two non-empty classes.
 */
const matchMean = (ranked: Numbers, x: Numbers): number | null => {
  if (ranked.length < 2) return null;
  const p = shares(ranked);
  const wanted = sum(map(x, (value, k) => value * at(p, k)));
  const start = exponentialMoments(x, 0);
  if (wanted >= start.mean) return 0;
  let low = 0;
  let high = Infinity;
  let rate = (start.mean - wanted) / start.variance;
  for (let i = 0; i < 200 && (high === Infinity || high - low > 1e-15 * high); i++) {
    const { mean, variance } = exponentialMoments(x, rate);
    if (mean > wanted) low = rate;
    else high = rate;
    const newton = rate + (mean - wanted) / variance;
    const middle = high === Infinity ? Math.min(2 * rate, 1e6) : (low + high) / 2;
    const next = newton > low && newton < high && newton < 4 * rate ? newton : middle;
    if (Math.abs(next - rate) <= 1e-15 * rate) return next;
    rate = next;
  }
  return rate;
};

/** Decay lambda of p_k proportional to exp(-lambda k), k = 0 … K - 1, by maximum likelihood. */
export const geometricDecay = (counts: Numbers): number | null => {
  const ranked = rankedCounts(counts);
  return matchMean(
    ranked,
    map(ranked, (_, k) => k),
  );
};

/** Exponent s of p_k proportional to (k + 1)^-s over the ranks, by maximum likelihood. */
export const zipfExponent = (counts: Numbers): number | null => {
  const ranked = rankedCounts(counts);
  return matchMean(
    ranked,
    map(ranked, (_, k) => Math.log(k + 1)),
  );
};

/** Akaike's criterion, 2 - 2 log likelihood, of shares proportional to exp(-rate x_k). */
const akaike = (ranked: Numbers, x: Numbers, rate: number | null): number | null => {
  if (rate === null) return null;
  const { norm } = exponentialMoments(x, rate);
  return 2 - 2 * sum(map(ranked, (n, k) => n * (-rate * at(x, k) - norm)));
};

/** Akaike's criterion of both rank laws, for comparing them; smaller fits better. */
export const rankLawCriteria = (
  counts: Numbers,
): { readonly geometric: number | null; readonly zipf: number | null } => {
  const ranked = rankedCounts(counts);
  return {
    geometric: akaike(
      ranked,
      map(ranked, (_, k) => k),
      geometricDecay(counts),
    ),
    zipf: akaike(
      ranked,
      map(ranked, (_, k) => Math.log(k + 1)),
      zipfExponent(counts),
    ),
  };
};

/**
 * Pareto exponent k / sum ln(n / n_min) over the k non-empty classes (Hill's estimator). The
 * exponent of the counts' density is this plus 1. Null where all counts are equal.
 */
export const paretoExponent = (counts: Numbers): number | null => {
  const ranked = rankedCounts(counts);
  const least = smallestPositive(ranked);
  const logs = sum(map(ranked, (n) => Math.log(n / least)));
  return logs > 0 ? ranked.length / logs : null;
};
