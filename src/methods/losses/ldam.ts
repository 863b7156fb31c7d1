import { map } from '../numbers';
import type { Numbers } from '../numbers';
import { ldamMargins } from '../weights/margins';
import { labelCrossEntropy } from './softmax';
import type { Loss, LossBatch, LossResult } from './types';

/** Cross-entropy of z less the margin [classes] of the label, at the label only. */
const marginCrossEntropy = (batch: LossBatch, margins: Numbers): LossResult => {
  const { labels, classes } = batch;
  const shifted = new Float64Array(batch.logits);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? NaN;
    const own = row * classes + label;
    shifted[own] = (shifted[own] ?? NaN) - (margins[label] ?? NaN);
  }
  return labelCrossEntropy(shifted, labels, classes);
};

/**
 * Cross-entropy of s (c - m_y at the label only) for cosines c in [-1, 1] that come as logits s c:
 * the margin is s m_y in their units. Test-time logits carry none. Cao et al., NeurIPS 2019
 * (arXiv 1906.07413), equation 13.
 */
export const scaledLdam: Loss = (batch, { maxMargin = 0.5, scale = 30 }) =>
  marginCrossEntropy(
    batch,
    map(ldamMargins(batch.counts, maxMargin), (margin) => scale * margin),
  );

/** The same of bare cosines, as the paper writes it; the gradient is by the cosines. */
export const ldam: Loss = (batch, params) => {
  const { scale = 30 } = params;
  const result = scaledLdam({ ...batch, logits: map(batch.logits, (z) => scale * z) }, params);
  return { ...result, gradient: map(result.gradient, (g) => scale * g) };
};
