/**
 * Counts of an artificially long-tailed set [classes], largest first. `exp`:
 * floor(n_max f^(k / (C - 1))); `step`: the first half keeps n_max, the rest floor(n_max f);
 * f = 1 / factor. Cao et al., NeurIPS 2019; Cui et al., CVPR 2019. A single class keeps n_max.
 * Throws RangeError unless the factor is at least 1.
 */
export const longTailProfile = (
  nMax: number,
  factor: number,
  classes: number,
  shape: 'exp' | 'step' = 'exp',
): number[] => {
  if (!(factor >= 1)) throw new RangeError(`imbalance factor ${factor} is below 1`);
  const f = 1 / factor;
  return Array.from({ length: classes }, (_, k) => {
    if (classes === 1) return nMax;
    if (shape === 'exp') return Math.floor(nMax * Math.pow(f, k / (classes - 1)));
    return k < Math.floor(classes / 2) ? nMax : Math.floor(nMax * f);
  });
};
