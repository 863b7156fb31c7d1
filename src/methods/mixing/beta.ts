import type { Random } from '../../common/random';

/**
 * Log of a draw from Gamma(shape, 1). Marsaglia and Tsang, ACM TOMS 2000; shapes below 1 are drawn
 * one higher and scaled by u^(1 / shape), in logs, because that underflows for small shapes.
 */
const logGamma = (shape: number, random: Random): number => {
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.nextFloat()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.nextNormal();
    const v = (1 + c * x) ** 3;
    const u = 1 - random.nextFloat();
    if (v > 0 && Math.log(u) < (x * x) / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
};

/**
 * A draw from Beta(alpha, alpha), alpha > 0, as the share of one Gamma draw in the sum of two. Never
 * 0 / 0, however small alpha is: the shares are compared in logs. In [0, 1]; near 0 or 1 for small
 * alpha, near 1/2 for large ones.
 */
export const drawBeta = (alpha: number, random: Random): number => {
  const own = logGamma(alpha, random);
  const other = logGamma(alpha, random);
  return 1 / (1 + Math.exp(other - own));
};
