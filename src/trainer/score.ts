import { createRandom } from '../common/random';
import type { RebalanceConfig } from '../config/schema';
import { resolveBands, type ResolvedBands } from '../methods/bands';
import {
  scoreLabelSets,
  scorePredictions,
  type ScoredSplit,
  type ScoreOptions,
} from '../methods/metrics';
import { topOfRows } from '../methods/softmax';
import type { BandRecall } from '../protocol/trainer';
import type { Scores } from '../report/types';
import type { TrainingData } from './data/trainingData';

/** Scores outputs of one dataset under one config. */
export interface Scorer {
  readonly bands: ResolvedBands;
  /**
   * What the metrics of one label an item ask for: logits of rows, a class without training items
   * never predicted.
   */
  split(logits: ArrayLike<number>, rows: Uint32Array): ScoredSplit;
  /**
   * Full scores with the interval of the main one. `thresholds` [C] are the probabilities from
   * which labels are given where an item may have several; one half where absent.
   */
  score(logits: ArrayLike<number>, rows: Uint32Array, thresholds?: ArrayLike<number>): Scores;
  /** The class every row is given, one label an item; null where items may have several. */
  guesses(logits: ArrayLike<number>, rows: Uint32Array): Int32Array | null;
  /** The scores of an epoch: their interval is not worth its time. */
  quick(logits: ArrayLike<number>, rows: Uint32Array): Scores;
  /** The part of scores an `eval` event carries. */
  brief(scores: Scores): {
    readonly accuracy: number;
    readonly balancedAccuracy: number | null;
    readonly meanAveragePrecision?: number | null;
    readonly bands: BandRecall;
    readonly recall: readonly (number | null)[];
  };
}

const bandOf = ({ multiLabel, ...scores }: Scores, band: keyof BandRecall): number | null =>
  multiLabel === undefined ? scores[band].recall : multiLabel[band].averagePrecision;

export const createScorer = (config: RebalanceConfig, data: TrainingData): Scorer => {
  const { classNames, trainCounts, classOf, multi } = data;
  const bands = resolveBands(data.bandCounts, config.bands);
  const empty = trainCounts.map((count) => count === 0);
  const masked = (logits: ArrayLike<number>): ArrayLike<number> =>
    empty.includes(true)
      ? Float64Array.from(logits, (z, i) => (empty[i % empty.length] === true ? -Infinity : z))
      : logits;
  const { assignment } = bands;
  const split = (logits: ArrayLike<number>, rows: Uint32Array): ScoredSplit => ({
    classNames,
    trainCounts,
    assignment,
    labels: Int32Array.from(rows, (row) => classOf[row] ?? 0),
    logits: masked(logits),
  });
  const halves = classNames.map(() => 0.5);
  const scoreWith = (
    logits: ArrayLike<number>,
    rows: Uint32Array,
    thresholds: ArrayLike<number>,
    options: ScoreOptions,
  ): Scores => {
    if (multi === null) return scorePredictions(split(logits, rows), options);
    const targets = multi.targets(rows);
    const sets = { classNames, trainCounts, assignment, targets, logits, thresholds };
    return scoreLabelSets(sets, options);
  };
  return {
    bands,
    split,
    score: (logits, rows, thresholds = halves) =>
      scoreWith(logits, rows, thresholds, { random: createRandom(config.seed, 'bootstrap') }),
    guesses: (logits, rows) =>
      multi === null ? topOfRows(split(logits, rows).logits, classNames.length).predictions : null,
    quick: (logits, rows) =>
      scoreWith(logits, rows, halves, {
        random: createRandom(config.seed, 'curve'),
        resamples: 1,
      }),
    brief: (scores) => ({
      accuracy: scores.accuracy,
      balancedAccuracy: scores.balancedAccuracy,
      ...(scores.multiLabel === undefined ? {} : { meanAveragePrecision: scores.multiLabel.mAP }),
      bands: {
        many: bandOf(scores, 'many'),
        medium: bandOf(scores, 'medium'),
        few: bandOf(scores, 'few'),
      },
      recall: scores.classes.map((one) => one.recall),
    }),
  };
};
