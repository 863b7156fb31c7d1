import { at, map, mean } from '../numbers';
import type { Numbers } from '../numbers';
import { labelCrossEntropy } from '../losses/softmax';
import { linearLogits } from '../posthoc/classifier';

/** `t` is (epoch - 1) / epochs of the schedule's divisor, in [0, 1). */
const schedules = {
  parabolicDecay: (t: number) => 1 - t * t,
  parabolicIncrement: (t: number) => t * t,
  linearDecay: (t: number) => 1 - t,
  cosineDecay: (t: number) => Math.cos((t * Math.PI) / 2),
  fixed: () => 0.5,
} as const;

export type BranchSchedule = keyof typeof schedules | 'separateStage';

/** Epochs the conventional branch has alone under `separateStage`. */
const separateEpochs = 120;

/**
 * Share alpha of the conventional branch at an epoch counted from 1; `divisor` is the number of
 * epochs (the published code takes 100 for 90 and 200 for 180). Zhou et al., CVPR 2020
 * (arXiv 1912.02413), equation 5.
 */
export const branchShare = (schedule: BranchSchedule, epoch: number, divisor: number): number => {
  if (schedule === 'separateStage') return epoch <= separateEpochs ? 1 : 0;
  return schedules[schedule]((epoch - 1) / divisor);
};

/** share a + (1 - share) b: what both branches' values come to together. */
export const betweenBranches = (a: Numbers, b: Numbers, share: number): Float64Array =>
  map(a, (value, i) => share * value + (1 - share) * at(b, i));

export interface MixedLoss {
  readonly perExample: Float64Array;
  readonly loss: number;
  /** Derivative of the mean by the mixed logits [items][classes]. */
  readonly gradient: Float64Array;
}

/** Mean over the batch of alpha CE(z, a) + (1 - alpha) CE(z, b). */
export const bilateralLoss = (
  logits: Numbers,
  classes: number,
  labels: { readonly a: Numbers; readonly b: Numbers },
  alpha: number,
): MixedLoss => {
  const a = labelCrossEntropy(logits, labels.a, classes);
  const b = labelCrossEntropy(logits, labels.b, classes);
  const items = labels.a.length;
  const perExample = betweenBranches(a.perExample, b.perExample, alpha);
  return {
    perExample,
    loss: mean(perExample),
    gradient: map(betweenBranches(a.gradient, b.gradient, alpha), (g) => g / items),
  };
};

/**
 * Logits of the joint classifier on [2 alpha f_a ; 2 (1 - alpha) f_b]: weights [classes][2 width],
 * one bias. At alpha 1/2, as in prediction, this is the plain concatenation.
 */
export const bilateralLogits = (
  features: { readonly a: Numbers; readonly b: Numbers },
  classifier: { readonly weights: Numbers; readonly bias: Numbers; readonly width: number },
  alpha: number,
): Float64Array => {
  const { width } = classifier;
  const rows = features.a.length / width;
  const joined = new Float64Array(rows * 2 * width);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < width; d++) {
      joined[row * 2 * width + d] = 2 * alpha * at(features.a, row * width + d);
      joined[row * 2 * width + width + d] = 2 * (1 - alpha) * at(features.b, row * width + d);
    }
  return linearLogits(joined, classifier.weights, 2 * width, classifier.bias);
};
