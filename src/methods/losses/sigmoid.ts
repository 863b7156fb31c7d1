import { float64, map, sum } from '../numbers';
import { scaledLogs, sigmoidBiasInit } from '../priors';
import { oneHotRows } from './softmax';
import type { Loss, LossBatch, LossResult, MultiLabelBatch, MultiLabelLoss } from './types';

interface SigmoidTerms {
  readonly gamma: number;
  /** Factor of the terms of labels that an item has, and of those it has not [classes]. */
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  /** Added to the logits [classes]; may be infinite. */
  readonly offsets: Float64Array;
}

/**
 * Sum over the C outputs of a_j (1 - p)^gamma (- log p) with p the probability of the right answer
 * of output j: sigmoid(z_j) where the item has label j, sigmoid(-z_j) where not. Written with
 * softplus: - log p = softplus(-u) and (1 - p)^gamma = exp(-gamma softplus(u)) for u = z_j or -z_j.
 */
const sigmoidRows = (
  { logits, targets, classes }: Pick<MultiLabelBatch, 'logits' | 'targets' | 'classes'>,
  { gamma, positive, negative, offsets }: SigmoidTerms,
): LossResult => {
  const z = float64(logits);
  const perExample = new Float64Array(z.length / classes);
  const gradient = new Float64Array(z.length);
  for (let row = 0; row < perExample.length; row++) {
    let loss = 0;
    for (let j = 0; j < classes; j++) {
      const i = row * classes + j;
      const has = targets[i] === 1;
      const sign = has ? 1 : -1;
      const u = sign * ((z[i] ?? NaN) + (offsets[j] ?? NaN));
      const small = Math.exp(-Math.abs(u));
      const log = Math.log1p(small);
      const wrong = (u >= 0 ? small : 1) / (1 + small);
      const cost = Math.max(-u, 0) + log;
      const weight = (has ? positive[j] : negative[j]) ?? NaN;
      const factor = gamma === 0 ? weight : weight * Math.exp(-gamma * (Math.max(u, 0) + log));
      loss += factor * cost;
      gradient[i] = -sign * factor * (gamma * (1 - wrong) * cost + wrong);
    }
    perExample[row] = loss;
  }
  return { perExample, gradient };
};

const filled = (classes: number, value: number): Float64Array =>
  new Float64Array(classes).fill(value);

/** A loss of several labels an item on items that have one. */
const onSingle =
  (loss: MultiLabelLoss): Loss =>
  ({ classes, counts, labels, logits }: LossBatch, params) =>
    loss(
      {
        classes,
        counts,
        samples: sum(counts),
        targets: oneHotRows(labels, classes),
        logits,
      },
      params,
    );

/**
 * Focal loss of every output, summed: `alpha` weighs the labels an item has, 1 - alpha the rest.
 * Lin et al., ICCV 2017 (arXiv 1708.02002), equation 5; its gamma 2 and alpha .25 are for detection.
 */
export const multiLabelFocal: MultiLabelLoss = ({ classes, ...batch }, { gamma = 2, alpha }) =>
  sigmoidRows(
    { classes, ...batch },
    {
      gamma,
      positive: filled(classes, alpha ?? 1),
      negative: filled(classes, alpha === undefined ? 1 : 1 - alpha),
      offsets: filled(classes, 0),
    },
  );

/**
 * Binary cross-entropy of every output, summed. With `positiveCap` a label that an item has weighs
 * (N - n_j) / n_j, at most the cap; an empty label the cap.
 */
export const binaryCrossEntropy: MultiLabelLoss = (
  { classes, counts, samples, ...batch },
  { positiveCap },
) =>
  sigmoidRows(
    { classes, ...batch },
    {
      gamma: 0,
      positive: map(counts, (n) =>
        positiveCap === undefined ? 1 : Math.min(positiveCap, (samples - n) / n),
      ),
      negative: filled(classes, 1),
      offsets: filled(classes, 0),
    },
  );

/**
 * Binary cross-entropy of z_j + tau log(n_j / (N - n_j)), summed: the logit-adjusted loss for each
 * label as a problem of two classes. A label that no item, or every item, has is out of the loss.
 * Menon et al., ICLR 2021 (arXiv 2007.07314), equation 10 with two classes.
 */
export const adjustedSigmoid: MultiLabelLoss = (
  { classes, counts, samples, ...batch },
  { tau = 1 },
) =>
  sigmoidRows(
    { classes, ...batch },
    {
      gamma: 0,
      positive: filled(classes, 1),
      negative: filled(classes, 1),
      offsets: scaledLogs(
        map(counts, (n) => sigmoidBiasInit(n / samples)),
        tau,
      ),
    },
  );

/** `multiLabelFocal` on items with one label each. */
export const sigmoidFocal = onSingle(multiLabelFocal);

/** `binaryCrossEntropy` on items with one label each. */
export const sigmoid = onSingle(binaryCrossEntropy);
