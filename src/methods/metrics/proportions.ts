import type { Numbers } from '../numbers';

/** Lanczos' series with g = 7 and nine terms; relative error below 1e-14 for x > 0. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

const logGamma = (x: number): number => {
  const base = x + 6.5;
  let series = lanczos[0] ?? 0;
  for (let i = 1; i < lanczos.length; i++) series += (lanczos[i] ?? 0) / (x + i - 1);
  return (x - 0.5) * Math.log(base) - base + Math.log(Math.sqrt(2 * Math.PI) * series);
};

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz' method. */
const betaFraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, 1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + term * d;
      c = 1 + term / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      if (Math.abs(c) < tiny) c = tiny;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return value;
};

/** The regularised incomplete beta function I_x(a, b) for x in (0, 1), a, b > 0. */
const incompleteBeta = (x: number, a: number, b: number): number => {
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
};

/**
 * Two-sided exact binomial test: how likely a count at least as far out as `successes` of `trials`
 * is under `probability` (0 … 1), as twice the smaller tail, at most 1. Holds for counts of any
 * size, 0 among them. Clopper and Pearson, Biometrika 1934; tails by DLMF 8.17.5.
 */
export const binomialTest = (successes: number, trials: number, probability: number): number => {
  if (trials === 0 || (probability <= 0 && successes === 0)) return 1;
  if (probability <= 0 || probability >= 1) return probability >= 1 && successes === trials ? 1 : 0;
  const atLeast =
    successes === 0 ? 1 : incompleteBeta(probability, successes, trials - successes + 1);
  const atMost =
    successes === trials ? 1 : incompleteBeta(1 - probability, trials - successes, successes + 1);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
};

/**
 * How many of the smallest p-values may be called findings while at most the share `rate` of such
 * findings is false, on average. Benjamini and Hochberg, JRSS B 1995.
 */
export const falseDiscoveryCount = (pValues: Numbers, rate = 0.05): number => {
  const sorted = Float64Array.from(pValues).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if ((sorted[i] ?? 1) <= (rate * (i + 1)) / sorted.length) count = i + 1;
  return count;
};
