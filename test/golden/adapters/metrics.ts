import { classesInBand, resolveBands } from '../../../src/methods/bands';
import {
  accuracy,
  auroc,
  aurocOneVersusOne,
  averagePrecision,
  balancedAccuracy,
  bandRecall,
  brierScore,
  calibration,
  column,
  confusionMatrix,
  confusionRows,
  f1Scores,
  gMean,
  harmonicMeanRecall,
  kappa,
  matthews,
  negativeLogLikelihood,
  ofPresent,
  oneVersusRest,
  precisions,
  recalls,
  rocCurve,
  topKAccuracy,
  worstClass,
} from '../../../src/methods/metrics';
import type { Confusion } from '../../../src/methods/metrics';
import { predictRows } from '../../../src/methods/posthoc';
import type { Got } from '../compare';
import { flat, number, numbers } from '../read';
import type { Adapters } from './types';

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

const weighted = (k: Confusion, values: ArrayLike<number | null>): number =>
  Array.from(values).reduce<number>((total, v, j) => total + (v ?? 0) * (k.support[j] ?? 0), 0) /
  k.items;

const shots = (k: Confusion, trainCounts: readonly number[]): Got => {
  const { assignment } = resolveBands(trainCounts, 'count');
  const present = (band: 'many' | 'medium' | 'few'): Got => {
    const { recall, itemAccuracy } = bandRecall(k, assignment, band);
    const classes = classesInBand(assignment, band).filter((j) => (k.support[j] ?? 0) > 0);
    return { classes, accuracy: recall, sampleAccuracy: itemAccuracy };
  };
  return { many: present('many'), medium: present('medium'), few: present('few') };
};

/** Scores of the positive class 1 from the one-class measures. */
const binaryCells = (k: Confusion): Got => {
  const [specificity = NaN, sensitivity = NaN] = recalls(k);
  const precision = precisions(k)[1] ?? NaN;
  const f = (beta: number): number => {
    const b = beta * beta;
    const below = b * precision + sensitivity;
    return below === 0 ? 0 : ((1 + b) * precision * sensitivity) / below;
  };
  return {
    sensitivity,
    specificity,
    precision,
    f1: f1Scores(k)[1] ?? NaN,
    gMean: gMean(k),
    youden: sensitivity + specificity - 1,
    f2: f(2),
  };
};

const classification = (
  labels: readonly number[],
  predictions: ArrayLike<number>,
  trainCounts: readonly number[],
): Record<string, Got> => {
  const classes = trainCounts.length;
  const k = confusionMatrix(labels, predictions, classes);
  const balanced = balancedAccuracy(k);
  const chance = 1 / ofPresent(k, recalls(k)).length;
  const f1 = f1Scores(k);
  return {
    accuracy: accuracy(k),
    balancedAccuracy: balanced,
    balancedAccuracyAdjusted: (balanced - chance) / (1 - chance),
    precision: precisions(k),
    recall: recalls(k),
    f1,
    support: k.support,
    confusion: confusionRows(k),
    macroPrecision: average(precisions(k)),
    macroRecall: average(recalls(k)),
    macroF1: average(f1),
    macroF1Present: average(ofPresent(k, f1)),
    weightedF1: weighted(k, f1),
    microF1: accuracy(k),
    gMean: gMean(k),
    gMeanCorrected: gMean(k, 0.001),
    mcc: matthews(k),
    kappa: kappa(k),
    harmonicMeanRecall: harmonicMeanRecall(k),
    worstRecall: worstClass(k)?.recall ?? null,
    shots: shots(k, trainCounts),
    ...(classes === 2 ? { binary: binaryCells(k) } : {}),
  };
};

export const metrics: Adapters = {
  classification: (input) =>
    classification(numbers(input['yTrue']), numbers(input['yPred']), numbers(input['trainCounts'])),
  probabilistic: (input) => {
    const labels = numbers(input['yTrue']);
    const classes = number(input['numClasses']);
    const p = flat(input['probabilities']);
    const k = confusionMatrix(labels, predictRows(p, classes), classes);
    const columns = Array.from({ length: classes }, (_, j) => j);
    const areas = columns.map((j) => auroc(column(p, classes, j), oneVersusRest(labels, j)));
    const precision = columns.map((j) =>
      averagePrecision(column(p, classes, j), oneVersusRest(labels, j)),
    );
    return {
      aurocPerClass: areas,
      aurocMacro: average(areas.map(Number)),
      aurocWeighted: weighted(k, areas),
      aurocOvoMacro: aurocOneVersusOne(p, labels, classes),
      averagePrecision: precision,
      averagePrecisionMacro: average(precision.map(Number)),
      predictions: predictRows(p, classes),
      calibration15: { ...calibration(p, labels, classes, 15) },
      calibration10: { ...calibration(p, labels, classes, 10) },
      nll: negativeLogLikelihood(p, labels, classes),
      brier: brierScore(p, labels, classes),
      topK: Object.fromEntries(
        [1, 2, 3, 5].map((top) => [top, topKAccuracy(p, labels, classes, top)]),
      ),
    };
  },
  binary: (input) => {
    const labels = numbers(input['labels']);
    const scores = numbers(input['scores']);
    const both = Float64Array.from(scores.flatMap((s) => [1 - s, s]));
    const predictions = scores.map((s) => (s >= 0.5 ? 1 : 0));
    return {
      auroc: auroc(scores, labels),
      averagePrecision: averagePrecision(scores, labels),
      roc: { ...rocCurve(scores, labels) },
      // The file groups the two classes by their own sizes.
      atHalf: classification(labels, predictions, [
        labels.filter((label) => label === 0).length,
        labels.filter((label) => label === 1).length,
      ]),
      // One term instead of two equal ones.
      brier: brierScore(both, labels, 2) / 2,
    };
  },
};
