import { crossEntropyRows, labelCrossEntropy } from './softmax';
import type { Loss } from './types';

/** - log softmax(z)_y. */
export const crossEntropy: Loss = ({ logits, labels, classes }) =>
  labelCrossEntropy(logits, labels, classes);

/** - sum_j t_j log softmax(z)_j with the targets given; RangeError without. */
export const softCrossEntropy: Loss = ({ logits, classes }, { targets }) => {
  if (targets?.length !== logits.length)
    throw new RangeError(`${targets?.length ?? 0} targets for ${logits.length} logits`);
  return crossEntropyRows(logits, targets, classes);
};
