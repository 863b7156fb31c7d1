import { applyChange, logitChange } from './offsets';
import { labelCrossEntropy } from './softmax';
import type { Loss } from './types';

/** Cross-entropy of changed logits; the gradient is by the logits as they came. */
const adjustedLoss =
  (kind: string): Loss =>
  ({ classes, counts, labels, logits }, params) => {
    const change = logitChange(kind, counts, params);
    const result = labelCrossEntropy(applyChange(logits, change), labels, classes);
    const { gradient } = result;
    for (let i = 0; i < gradient.length; i++)
      gradient[i] = (gradient[i] ?? NaN) / (change.temperatures[i % classes] ?? NaN);
    return result;
  };

/** CE of z + log n. Ren et al., NeurIPS 2020 (arXiv 2007.10740), equation 4. */
export const balancedSoftmax = adjustedLoss('balanced-softmax');

/** CE of z + tau log(n / N). Menon et al., ICLR 2021 (arXiv 2007.07314), equation 10. */
export const logitAdjusted = adjustedLoss('logit-adjusted');

/** CE of z / (n_max / n)^gamma + tau log(n / N). Kini et al., NeurIPS 2021 (arXiv 2103.01550). */
export const vectorScaling = adjustedLoss('vector-scaling');

/** CE of z / (n_max / n)^gamma. Ye et al., 2020 (arXiv 2001.01385). */
export const classTemperature = adjustedLoss('class-temperature');
