import { at, map } from '../numbers';
import { ldamMargins } from '../weights/margins';
import { crossEntropyRows, oneHotRows } from './softmax';
import type { Loss } from './types';
import { balanceItems } from './weighting';

/**
 * Cross-entropy of s (z - m_y at the label only); `beta` adds the effective-number weights of the
 * deferred stage. Meant for cosine logits in [-1, 1]; test-time logits carry no margin.
 * Cao et al., NeurIPS 2019 (arXiv 1906.07413), equation 13.
 */
export const ldam: Loss = (batch, { maxMargin = 0.5, scale = 30, beta }) => {
  const { counts, labels, logits, classes } = batch;
  const margins = ldamMargins(counts, maxMargin);
  const targets = oneHotRows(labels, classes);
  const shifted = map(
    logits,
    (z, i) => scale * (z - (at(targets, i) === 1 ? at(margins, i % classes) : 0)),
  );
  const { perExample, gradient } = crossEntropyRows(shifted, targets, classes);
  return balanceItems({ perExample, gradient: map(gradient, (g) => g * scale) }, batch, beta);
};
