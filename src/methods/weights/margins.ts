import { map, smallestPositive } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Label-distribution-aware margins m_j = maxMargin (n_min / n_j)^(1/4) [C]; the rarest non-empty
 * class has `maxMargin`, an empty class 0. Cao et al., NeurIPS 2019 (arXiv 1906.07413), equation 12.
 */
export const ldamMargins = (counts: Numbers, maxMargin: number): Float64Array => {
  const least = smallestPositive(counts);
  return map(counts, (n) => (n > 0 ? maxMargin * Math.pow(least / n, 0.25) : 0));
};
