/** Points of a law over ranks, each standing for one rank or, with `times`, for several. */
export interface RankPoints {
  /** From 0 on, rising. */
  readonly x: Float64Array;
  readonly times?: Float64Array;
}

/** Mean and variance of x under shares proportional to exp(-rate x). */
export interface Spread {
  readonly mean: number;
  readonly variance: number;
}

export interface Moments extends Spread {
  /** ln of the sum of exp(-rate x). */
  readonly norm: number;
}

const momentsOf = (total: number, first: number, second: number): Moments => {
  const mean = first / total;
  return { norm: Math.log(total), mean, variance: Math.max(0, second / total - mean * mean) };
};

/** Moments of any points. */
export const exponentialMoments = ({ x, times }: RankPoints, rate: number): Moments => {
  let [total, first, second] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const value = x[k] ?? NaN;
    // At most exp(0): x begins at 0 and rises.
    const weight = Math.exp(-rate * value) * (times === undefined ? 1 : (times[k] ?? NaN));
    total += weight;
    first += weight * value;
    second += weight * value * value;
  }
  return momentsOf(total, first, second);
};

/** Sums of exp(-rate k), of k times it and of k² times it over k = 0 … count - 1. */
const sumsBelow = (count: number, rate: number): readonly [number, number, number] => {
  let [total, first, second] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const weight = Math.exp(-rate * k);
    total += weight;
    first += weight * k;
    second += weight * k * k;
  }
  return [total, first, second];
};

/**
 * Moments of x = 0 … ranks - 1. exp(-rate (a + b)) is a product: blocks as long as there are blocks
 * take a few thousand exponentials for a million ranks, and nothing cancels.
 */
export const geometricMoments = (ranks: number, rate: number): Moments => {
  const size = Math.max(1, Math.ceil(Math.sqrt(ranks)));
  const whole = sumsBelow(size, rate);
  let [total, first, second] = [0, 0, 0];
  for (let from = 0; from < ranks; from += size) {
    const [own, ownFirst, ownSecond] = from + size <= ranks ? whole : sumsBelow(ranks - from, rate);
    const weight = Math.exp(-rate * from);
    total += weight * own;
    first += weight * (from * own + ownFirst);
    second += weight * (from * from * own + 2 * from * ownFirst + ownSecond);
  }
  return momentsOf(total, first, second);
};

const exactRanks = 512;
const ranksPerPoint = 64;

/**
 * ln(k + 1) over many ranks by a thousand points, neighbours far out as one: where to start looking
 * for the rate of all. Null for so few ranks that all are as quick.
 */
export const thinned = (ranks: number): RankPoints | null => {
  if (ranks <= 8 * exactRanks) return null;
  const x: number[] = [];
  const times: number[] = [];
  for (let from = 0; from < ranks;) {
    const wide = from < exactRanks ? 1 : Math.floor(from / ranksPerPoint);
    const to = Math.min(ranks, from + wide);
    x.push(Math.log((from + to + 1) / 2));
    times.push(to - from);
    from = to;
  }
  return { x: Float64Array.from(x), times: Float64Array.from(times) };
};

/** A step of Newton's this small, relative to the rate, leaves an error below float64's. */
const lastStep = 1e-10;

/**
 * The rate r >= 0 at which shares proportional to exp(-r x_k) have the mean of x that is wanted:
 * the maximum-likelihood fit of a one-parameter family on ranks. The mean falls strictly with r, by
 * the variance of x: Newton's steps find it, kept between bounds that close in. `even` is the
 * spread at rate 0.
 */
export const matchMean = (
  wanted: number,
  even: Spread,
  momentsAt: (rate: number) => Spread,
  start?: number,
): number => {
  if (wanted >= even.mean) return 0;
  let low = 0;
  let high = Infinity;
  let rate = start !== undefined && start > 0 ? start : (even.mean - wanted) / even.variance;
  for (let i = 0; i < 200 && (high === Infinity || high - low > 1e-15 * high); i++) {
    const { mean, variance } = momentsAt(rate);
    if (mean > wanted) low = rate;
    else high = rate;
    const newton = rate + (mean - wanted) / variance;
    const isInside = newton > low && newton < high && newton < 4 * rate;
    const middle = high === Infinity ? Math.min(2 * rate, 1e6) : (low + high) / 2;
    const next = isInside ? newton : middle;
    if (Math.abs(next - rate) <= (isInside ? lastStep : 1e-15) * rate) return next;
    rate = next;
  }
  return rate;
};
