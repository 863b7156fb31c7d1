import { largest, map, smallestPositive } from '../numbers';
import type { Numbers } from '../numbers';
import { labelCrossEntropy } from './softmax';
import type { Loss } from './types';

/** Label smoothing with one factor for all classes. Szegedy et al., CVPR 2016. */
export const labelSmoothing: Loss = ({ logits, labels, classes, counts }, { epsilon = 0.1 }) =>
  labelCrossEntropy(
    logits,
    labels,
    classes,
    map(counts, () => epsilon),
  );

export type SmoothingShape = 'concave' | 'linear' | 'convex';

const shapes: Record<SmoothingShape, (x: number, head: number, tail: number) => number> = {
  concave: (x, head, tail) => tail + (head - tail) * Math.sin((x * Math.PI) / 2),
  linear: (x, head, tail) => tail + (head - tail) * x,
  convex: (x, head, tail) => head + (head - tail) * Math.sin(1.5 * Math.PI + (x * Math.PI) / 2),
};

/**
 * Smoothing factor of each class [C], from `smoothTail` at the smallest count to `smoothHead` at
 * the largest: heads are smoothed more. Equal counts all take `smoothHead`. Zhong et al., CVPR 2021
 * (arXiv 2104.00466), equations 4 to 6.
 */
export const labelAwareFactors = (
  counts: Numbers,
  head: number,
  tail: number,
  shape: SmoothingShape,
): Float64Array => {
  const top = largest(counts);
  const least = smallestPositive(counts);
  return map(counts, (n) => {
    if (top === least) return head;
    return shapes[shape](Math.max(0, (n - least) / (top - least)), head, tail);
  });
};

/** Label-aware smoothing: the factor depends on the label's count, the mean is over all C classes. */
export const labelAwareSmoothing: Loss = (
  { logits, labels, classes, counts },
  { smoothHead = 0.3, smoothTail = 0, smoothShape = 'concave' },
) =>
  labelCrossEntropy(
    logits,
    labels,
    classes,
    labelAwareFactors(counts, smoothHead, smoothTail, smoothShape),
  );
