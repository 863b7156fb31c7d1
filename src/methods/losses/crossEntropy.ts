import { map } from '../numbers';
import { crossEntropyRows, oneHotRows, weightItems } from './softmax';
import type { Loss } from './types';
import { effectiveNumberClassWeights } from './weighting';

/** - log softmax(z)_y. */
export const crossEntropy: Loss = ({ logits, labels, classes }) =>
  crossEntropyRows(logits, oneHotRows(labels, classes), classes);

/** Cross-entropy times the weight of the label; all weights 1 where none are given. */
export const weightedCrossEntropy: Loss = (batch, { weights }) =>
  weightItems(crossEntropy(batch, {}), batch.labels, weights ?? map(batch.counts, () => 1));

/** Cross-entropy times effective-number weights. Cui et al., CVPR 2019, equation 6. */
export const classBalanced: Loss = (batch, { beta = 0.9999 }) =>
  weightItems(
    crossEntropy(batch, {}),
    batch.labels,
    effectiveNumberClassWeights(batch.counts, beta),
  );

/** - sum_j t_j log softmax(z)_j with the targets given; RangeError without. */
export const softCrossEntropy: Loss = ({ logits, classes }, { targets }) => {
  if (targets?.length !== logits.length)
    throw new RangeError(`${targets?.length ?? 0} targets for ${logits.length} logits`);
  return crossEntropyRows(logits, targets, classes);
};
