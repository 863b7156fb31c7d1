import type { Random } from '../../common/random';
import type { Band } from '../../profile/types';
import type { LabelBand, MultiLabelScores, Scores } from '../../report/types';
import { at, mean, sigmoid } from '../numbers';
import type { Numbers } from '../numbers';
import {
  labelCells,
  labelF1,
  macroLabelF1,
  microLabelF1,
  type LabelCells,
} from '../posthoc/labelScores';
import { percentiles, type Interval } from './interval';
import { itemDraws } from './itemDraws';
import { labelRanking, weightedPrecision, type LabelRanking } from './labelRanking';
import { auroc, averagePrecision, column } from './ranking';

export interface ScoredLabelSets {
  readonly classNames: readonly string[];
  /** Training items that have each label [C], the report's. */
  readonly trainCounts: Numbers;
  readonly assignment: readonly Band[];
  /** 1 where the item has the label, else 0 [items][C]. */
  readonly targets: Numbers;
  /** Row-major [items][C], after any post-hoc correction. */
  readonly logits: Numbers;
  /** A label is decided where its probability, the sigmoid of its logit, is at least this [C]. */
  readonly thresholds: Numbers;
}

interface Options {
  readonly random: Random;
  /** Resamples drawn; 1,000 where absent, fewer where they would take seconds. */
  readonly resamples?: number;
}

/** Cells looked at in all resamples together, at most: more would take seconds. */
const mostCells = 1e8;

const meanOf = (values: readonly (number | null)[]): number | null => {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : mean(present);
};

/**
 * 95 % percentile interval of mean average precision by a bootstrap over the items: labels that
 * occur together stay together. Null where no label occurs. At least 100 resamples where any.
 */
const precisionInterval = (
  rankings: readonly LabelRanking[],
  items: number,
  { random, resamples = 1000 }: Options,
): Interval | null => {
  const rounds = { cells: items * rankings.length, mostCells, resamples };
  const draws: number[] = [];
  for (const times of itemDraws(items, rounds, random)) {
    const value = meanOf(rankings.map((ranking) => weightedPrecision(ranking, times)));
    if (value !== null) draws.push(value);
  }
  return draws.length === 0 ? null : percentiles(draws);
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/**
 * Every score of one setting on items that may have several labels. Ranking scores (average
 * precision, AUROC) need no threshold; F1, recall, precision and exact match are of the decisions.
 * Means leave out labels that no item of the split has, whose average precision is null. Bands are
 * means of average precision. Throws RangeError when there is no item or the shapes disagree.
 */
export const scoreLabelSets = (
  split: ScoredLabelSets,
  options: Options,
): Scores & { readonly multiLabel: MultiLabelScores } => {
  const { classNames, trainCounts, assignment, targets, logits, thresholds } = split;
  const classes = classNames.length;
  const items = logits.length / classes;
  if (items === 0) throw new RangeError('no item to score');
  if (targets.length !== logits.length || !Number.isInteger(items))
    throw new RangeError(`${targets.length} targets for ${logits.length} logits`);
  const decisions = Uint8Array.from(logits, (z, i) =>
    sigmoid(z) >= at(thresholds, i % classes) ? 1 : 0,
  );
  const cells = labelCells(targets, decisions, classes);
  const columns = classNames.map((_, j) => ({
    scores: column(logits, classes, j),
    truth: column(targets, classes, j),
  }));
  const precisions = columns.map(({ scores, truth }) => averagePrecision(scores, truth));
  const areas = columns.map(({ scores, truth }) => auroc(scores, truth));
  let exact = 0;
  for (let i = 0; i < items; i++) {
    let right = true;
    for (let j = i * classes; right && j < (i + 1) * classes; j++)
      right = at(targets, j) === at(decisions, j);
    if (right) exact++;
  }
  const own = (band: Band): readonly number[] =>
    assignment.flatMap((assigned, j) => (assigned === band ? [j] : []));
  const recallOf = ({ right, positives }: LabelCells): number | null => share(right, positives);
  const bandRecall = (band: Band): Scores['many'] => ({
    recall: meanOf(own(band).map((j) => recallOf(cells[j] ?? noCells))),
    classes: own(band).length,
  });
  const labelBand = (band: Band): LabelBand => ({
    averagePrecision: meanOf(own(band).map((j) => precisions[j] ?? null)),
    labels: own(band).length,
  });
  const rankings = columns.map(({ scores, truth }) => labelRanking(scores, truth));
  const macroF1 = macroLabelF1(cells);
  return {
    samples: items,
    accuracy: exact / items,
    balancedAccuracy: null,
    balancedAccuracyInterval: null,
    macroF1: Number.isNaN(macroF1) ? 0 : macroF1,
    gMean: null,
    worstClass: null,
    many: bandRecall('many'),
    medium: bandRecall('medium'),
    few: bandRecall('few'),
    classes: classNames.map((name, j) => {
      const { positives, predicted, right } = cells[j] ?? noCells;
      return {
        name,
        trainCount: at(trainCounts, j),
        testCount: positives,
        recall: share(right, positives),
        precision: share(right, predicted),
      };
    }),
    confusion: null,
    ece: null,
    binary: null,
    multiLabel: {
      mAP: meanOf(precisions),
      mAPInterval: precisionInterval(rankings, items, options),
      macroAUROC: meanOf(areas),
      microF1: microLabelF1(cells),
      many: labelBand('many'),
      medium: labelBand('medium'),
      few: labelBand('few'),
      labels: classNames.map((name, j) => ({
        name,
        averagePrecision: precisions[j] ?? null,
        auroc: areas[j] ?? null,
        f1: (cells[j]?.positives ?? 0) === 0 ? null : labelF1(cells[j] ?? noCells),
        threshold: at(thresholds, j),
      })),
    },
  };
};

const noCells: LabelCells = { positives: 0, predicted: 0, right: 0 };
