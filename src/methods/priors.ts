import { at, map, shares, sum } from './numbers';
import type { Numbers } from './numbers';

/**
 * Class prior (n_j + smoothing) / (N + smoothing C) [C]. Without smoothing an empty class has
 * prior 0; all 0 where there is no sample at all.
 */
export const classPrior = (counts: Numbers, smoothing = 0): Float64Array =>
  shares(map(counts, (n) => n + smoothing));

export interface LogPrior {
  /** Natural logs [C]; -Infinity for an empty class. */
  readonly values: Float64Array;
  /** True for the classes that must be masked: probability and gradient 0, never predicted. */
  readonly empty: readonly boolean[];
}

/** Log of the class prior, with the empty classes flagged: an infinity must not enter a tensor. */
export const logPrior = (counts: Numbers, smoothing = 0): LogPrior => {
  const total = sum(counts) + smoothing * counts.length;
  const values = map(counts, (n) => {
    const weight = n + smoothing;
    return weight > 0 ? Math.log(weight / total) : -Infinity;
  });
  return { values, empty: Array.from(values, (value) => value === -Infinity) };
};

/** What stands for log 0 in a tensor: exp of it is 0 in float32 beside any logit, and 0 times it is 0. */
export const emptyClassMask = -1e9;

/** The offsets with every -Infinity replaced by a finite mask, ready for float32. */
export const finiteOffsets = (offsets: Numbers): Float64Array =>
  map(offsets, (value) => (value === -Infinity ? emptyClassMask : value));

/**
 * tau log prior as initial bias of the last layer: only a start, the trained model still estimates
 * the data's own distribution. -Infinity for an empty class (see `finiteOffsets`).
 */
export const biasInit = (counts: Numbers, tau = 1): Float64Array =>
  scaledLogs(logPrior(counts).values, tau);

/** tau times the logs; an empty class stays -Infinity for tau > 0 and is 0 for tau = 0. */
export const scaledLogs = (logs: Numbers, tau: number): Float64Array =>
  map(logs, (value) => (tau === 0 ? 0 : value === -Infinity ? -Infinity : tau * value));

/** Initial bias of a sigmoid output that starts at probability `prior`: log(prior / (1 - prior)). */
export const sigmoidBiasInit = (prior: number): number => -Math.log((1 - prior) / prior);

/** Entropy of a prior in nats: the first loss of a model whose bias starts at the log prior. */
export const priorEntropy = (prior: Numbers): number =>
  -sum(map(prior, (p) => (p > 0 ? p * Math.log(p) : 0)));

/** What bends the prior a model is trained on. All [C]; what is absent changes nothing. */
export interface TrainingBias {
  /** Class probabilities of the sampler; the counts' own where absent. */
  readonly samplingProbabilities?: Numbers;
  /** Class weights in the loss. */
  readonly classWeights?: Numbers;
  /** Copies made of each sample of a class. */
  readonly copies?: Numbers;
  /** tau of a logit-adjusted loss (balanced softmax: 1), which divides the prior out again. */
  readonly adjustedTau?: number;
}

/**
 * The prior a trained model's softmax carries [C], which any later correction must divide by:
 * proportional to p_j w_j a_j / prior_j^tau, with p the sampler's probabilities (the counts' where
 * none), w the class weights, a the copies. 0 for an empty class.
 */
export const effectivePrior = (counts: Numbers, bias: TrainingBias = {}): Float64Array => {
  const prior = classPrior(counts);
  const tau = bias.adjustedTau ?? 0;
  return shares(
    map(prior, (own, j) => {
      if (own === 0) return 0;
      const drawn = bias.samplingProbabilities ? at(bias.samplingProbabilities, j) : own;
      const weight = bias.classWeights ? at(bias.classWeights, j) : 1;
      const copies = bias.copies ? at(bias.copies, j) : 1;
      return (drawn * weight * copies) / Math.pow(own, tau);
    }),
  );
};
