import { at, largest, map, shares, smallestPositive, sum } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Class probabilities p_j = n_j^q / sum n_i^q [C]: 1 draws as the data is, 1/2 by square roots, 0
 * every class alike, -1 reversed. An empty class has probability 0 for every q, the others share
 * the rest; with every class empty all are 0. Computed as exp(q (log n - max)), so that no power
 * overflows. Kang et al., ICLR 2020 (arXiv 1910.09217), equation 1.
 */
export const samplingProbabilities = (counts: Numbers, q: number): Float64Array => {
  const logs = map(counts, (n) => (n > 0 ? q * Math.log(n) : -Infinity));
  const top = largest(logs);
  return shares(map(logs, (value) => (value === -Infinity ? 0 : Math.exp(value - top))));
};

/** Probability of each single sample of a class, p_j / n_j [C]; 0 for an empty class. */
export const sampleProbabilities = (counts: Numbers, probabilities: Numbers): Float64Array =>
  map(counts, (n, j) => (n > 0 ? at(probabilities, j) / n : 0));

/** Expected draws of each class in an epoch of `draws` draws [C]. */
export const expectedDraws = (probabilities: Numbers, draws: number): Float64Array =>
  map(probabilities, (p) => p * draws);

/** How often one sample of each class is expected in an epoch of `draws` draws [C]. */
export const expectedRepeats = (
  counts: Numbers,
  probabilities: Numbers,
  draws: number,
): Float64Array => map(sampleProbabilities(counts, probabilities), (p) => p * draws);

/**
 * The reversed sampler of BBN: class weights n_max / n_j and their normalisation. An empty class
 * has weight 0. Zhou et al., CVPR 2020 (arXiv 1912.02413), section 4.3.
 */
export const reversedSampling = (
  counts: Numbers,
): { readonly weights: Float64Array; readonly probabilities: Float64Array } => {
  const top = largest(counts);
  const weights = map(counts, (n) => (n > 0 ? top / n : 0));
  return { weights, probabilities: shares(weights) };
};

/** Draws an epoch has under each convention. */
export interface EpochLengths {
  /** N: every sample once on average. */
  readonly instance: number;
  /** C n_max, empty classes counted: the class-aware sampler's nominal length. */
  readonly classAware: number;
  /** Non-empty classes times n_max: over-sampled to full balance. */
  readonly balancedToMax: number;
  /** Non-empty classes times the smallest non-empty count: under-sampled to full balance. */
  readonly balancedToMin: number;
}

/** The usual epoch lengths for these counts; all 0 when there is no sample. */
export const epochLengths = (counts: Numbers): EpochLengths => {
  const present = Array.from(counts).filter((n) => n > 0);
  const top = present.length > 0 ? largest(present) : 0;
  const least = present.length > 0 ? smallestPositive(present) : 0;
  return {
    instance: sum(counts),
    classAware: counts.length * top,
    balancedToMax: present.length * top,
    balancedToMin: present.length * least,
  };
};
