import { createRandom } from '../common/random';
import type { RebalanceConfig } from '../config/schema';
import { resolveBands, type ResolvedBands } from '../methods/bands';
import { scorePredictions, type ScoredSplit } from '../methods/metrics';
import type { BandRecall } from '../protocol/trainer';
import type { Scores } from '../report/types';
import type { TrainingData } from './data/trainingData';

/** Scores outputs of one dataset under one config. */
export interface Scorer {
  readonly bands: ResolvedBands;
  /** What the metrics ask for: logits of rows, a class without training items never predicted. */
  split(logits: ArrayLike<number>, rows: Uint32Array): ScoredSplit;
  /** Full scores, with the interval of balanced accuracy. */
  score(logits: ArrayLike<number>, rows: Uint32Array): Scores;
  /** The part of scores an `eval` event carries. */
  brief(scores: Scores): {
    readonly accuracy: number;
    readonly balancedAccuracy: number;
    readonly bands: BandRecall;
    readonly recall: readonly (number | null)[];
  };
}

export const createScorer = (config: RebalanceConfig, data: TrainingData): Scorer => {
  const { classNames, trainCounts, classOf } = data;
  const bands = resolveBands(data.bandCounts, config.bands);
  const empty = trainCounts.map((count) => count === 0);
  const masked = (logits: ArrayLike<number>): ArrayLike<number> =>
    empty.includes(true)
      ? Float64Array.from(logits, (z, i) => (empty[i % empty.length] === true ? -Infinity : z))
      : logits;
  const split = (logits: ArrayLike<number>, rows: Uint32Array): ScoredSplit => ({
    classNames,
    trainCounts,
    assignment: bands.assignment,
    labels: Int32Array.from(rows, (row) => classOf[row] ?? 0),
    logits: masked(logits),
  });
  return {
    bands,
    split,
    score: (logits, rows) =>
      scorePredictions(split(logits, rows), { random: createRandom(config.seed, 'bootstrap') }),
    brief: (scores) => ({
      accuracy: scores.accuracy,
      balancedAccuracy: scores.balancedAccuracy,
      bands: {
        many: scores.many.recall,
        medium: scores.medium.recall,
        few: scores.few.recall,
      },
      recall: scores.classes.map((one) => one.recall),
    }),
  };
};
