import {
  effectiveNumberSampling,
  epochLengths,
  expectedDraws,
  expectedRepeats,
  progressiveProbabilities,
  progressiveShare,
  repeatFactors,
  resamplePlan,
  reversedSampling,
  sampleProbabilities,
  samplingProbabilities,
  splitRepeat,
} from '../../../src/methods/sampling';
import type { ResampleStrategy } from '../../../src/methods/sampling';
import { inverseWeights } from '../../../src/methods/weights';
import { labelSetsOf } from '../../support/labelSets';
import { number, numbers, oneOf, rows } from '../read';
import type { Adapter, Adapters } from './types';

const strategies = ['auto', 'minority', 'majority', 'not minority', 'not majority', 'all'] as const;

const resample: Adapter = (input) => {
  const mode = oneOf(input['mode'], ['over', 'under']);
  const strategy: ResampleStrategy =
    typeof input['strategy'] === 'number'
      ? input['strategy']
      : oneOf(input['strategy'], strategies);
  try {
    const plan = resamplePlan(numbers(input['counts']), mode, strategy);
    const changes = Object.fromEntries(plan.changes);
    return { toAdd: changes, toKeep: changes, resultCounts: plan.counts };
  } catch (error) {
    if (error instanceof RangeError) return { error: true };
    throw error;
  }
};

const weightedSampler: Adapter = (input) => {
  const counts = numbers(input['counts']);
  const weights = inverseWeights(counts);
  const items = counts.reduce((a, b) => a + b, 0);
  return {
    classWeights: weights,
    pPerClass: samplingProbabilities(counts, 0),
    epochLength: epochLengths(counts).instance,
    expectedDrawsPerSample: expectedRepeats(counts, samplingProbabilities(counts, 0), items),
    sampleWeights: counts.flatMap((n, j) => Array<number>(n).fill(weights[j] ?? NaN)),
  };
};

export const sampling: Adapters = {
  power: (input) => {
    const counts = numbers(input['counts']);
    const p = samplingProbabilities(counts, number(input['q']));
    const draws = number(input['epochLength']);
    return {
      p,
      sampleWeights: sampleProbabilities(counts, p),
      expectedDraws: expectedDraws(p, draws),
      expectedRepeats: expectedRepeats(counts, p, draws),
    };
  },
  progressive: (input) => {
    const counts = numbers(input['counts']);
    const epoch = number(input['epoch']);
    const epochs = number(input['epochs']);
    return {
      p: progressiveProbabilities(counts, epoch / epochs),
      pOverTMinus1: progressiveProbabilities(counts, progressiveShare(epoch, epochs)),
    };
  },
  reversed: (input) => {
    const { weights, probabilities } = reversedSampling(numbers(input['counts']));
    return { w: weights, p: probabilities, sumW: weights.reduce((a, b) => a + b, 0) };
  },
  weightedSampler,
  effectiveNumberSampler: (input) => {
    const counts = numbers(input['counts']);
    const sampler = effectiveNumberSampling(counts, number(input['beta']));
    return { classSampleWeights: sampler.sampleWeights, p: sampler.probabilities };
  },
  epochLength: (input) => ({ ...epochLengths(numbers(input['counts'])) }),
  repeatFactor: (input) => {
    const factors = repeatFactors(
      labelSetsOf(rows(input['images'])),
      number(input['numCategories']),
      {
        threshold: number(input['threshold']),
        squareRoot: input['sqrt'] === true,
      },
    );
    const parts = Array.from(factors.imageRepeat, splitRepeat);
    return {
      ...factors,
      intPart: parts.map((part) => part.whole),
      fracPart: parts.map((part) => part.fraction),
    };
  },
  resample,
};
