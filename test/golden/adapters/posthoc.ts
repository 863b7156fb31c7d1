import { biasInit, logPrior, sigmoidBiasInit } from '../../../src/methods/priors';
import {
  adjustLogits,
  bestThreshold,
  linearLogits,
  nearestMean,
  predictRows,
  priorThreshold,
  rescaleToUniform,
  rowNorms,
  scaleRows,
  tauNormalise,
  thresholdValue,
} from '../../../src/methods/posthoc';
import type { MeanFeatures, MeanSimilarity } from '../../../src/methods/posthoc';
import { softmaxRows } from '../../../src/methods/softmax';
import { flat, number, numbers, oneOf, rows, text } from '../read';
import type { Adapter, Adapters } from './types';

const means: Readonly<Record<string, { features: MeanFeatures; similarity: MeanSimilarity }>> = {
  l2: { features: 'raw', similarity: 'l2' },
  cosine: { features: 'raw', similarity: 'cosine' },
  un_l2: { features: 'raw', similarity: 'l2' },
  un_cos: { features: 'raw', similarity: 'dot' },
  l2n_l2: { features: 'unit', similarity: 'l2' },
  l2n_cos: { features: 'unit', similarity: 'dot' },
  cl2n_l2: { features: 'centred', similarity: 'l2' },
  cl2n_cos: { features: 'centred', similarity: 'dot' },
};

const widthOf = (matrix: number[][]): number => matrix[0]?.length ?? 0;

/** Whether the two largest scores of a row are equal: the lowest class is expected then. */
const hasTie = (scores: Float64Array, classes: number): boolean =>
  Array.from({ length: scores.length / classes }, (_, row) => {
    const own = Array.from(scores.subarray(row * classes, (row + 1) * classes)).sort(
      (a, b) => b - a,
    );
    return own[0] === own[1];
  }).includes(true);

const ncm: Adapter = (input) => {
  const variant = means[text(input['variant'])];
  if (!variant) throw new Error(`no variant ${text(input['variant'])}`);
  const classes = number(input['numClasses']);
  const shape = { width: widthOf(rows(input['trainFeatures'])), classes };
  const model = nearestMean(
    flat(input['trainFeatures']),
    numbers(input['trainLabels']),
    shape,
    variant,
  );
  const scores = model.scores(flat(input['features']));
  const predictions = predictRows(scores, classes);
  return { means: model.means, scores, predictions, hasTie: hasTie(scores, classes) };
};

const lws: Adapter = (input) => {
  const matrix = rows(input['weights']);
  const [width, classes] = [widthOf(matrix), matrix.length];
  const scales = numbers(input['scales']);
  const features = flat(input['features']);
  const scaled = scaleRows(matrix.flat(), width, scales);
  const logits = linearLogits(features, scaled, width);
  const bias = numbers(input['bias']).map((b, j) => b * (scales[j] ?? NaN));
  const afterBias = linearLogits(features, scaled, width, bias);
  return {
    weights: scaled,
    logits,
    predictions: predictRows(logits, classes),
    logitsScaledAfterBias: afterBias,
    predictionsScaledAfterBias: predictRows(afterBias, classes),
    hasTie: hasTie(logits, classes),
  };
};

export const posthoc: Adapters = {
  logitAdjust: (input) => {
    const counts = numbers(input['counts']);
    const logs = logPrior(counts).values;
    const adjusted = adjustLogits(flat(input['logits']), counts.length, logs, number(input['tau']));
    return {
      adjusted,
      probabilities: softmaxRows(adjusted, counts.length),
      predictions: predictRows(adjusted, counts.length),
      hasTie: hasTie(adjusted, counts.length),
    };
  },
  biasInit: (input) => ({ bias: biasInit(numbers(input['counts']), number(input['tau'])) }),
  sigmoidBiasInit: (input) => ({ bias: sigmoidBiasInit(number(input['pi'])) }),
  tauNorm: (input) => {
    const matrix = rows(input['weights']);
    const width = widthOf(matrix);
    const scaled = tauNormalise(matrix.flat(), width, number(input['tau']));
    const logits = linearLogits(flat(input['features']), scaled, width);
    return {
      norms: rowNorms(matrix.flat(), width),
      weights: scaled,
      logits,
      predictions: predictRows(logits, matrix.length),
      hasTie: hasTie(logits, matrix.length),
    };
  },
  lws,
  ncm,
  threshold: (input) => {
    const scores = numbers(input['scores']);
    const labels = numbers(input['labels']);
    const objective = oneOf(input['objective'], ['f1', 'balancedAccuracy', 'gMean']);
    return {
      ...bestThreshold(scores, labels, objective),
      valueAtHalf: thresholdValue(scores, labels, 0.5, objective),
    };
  },
  priorRescale: (input) => {
    const scores = numbers(input['scores']);
    const positives = number(input['numPositive']);
    const negatives = number(input['numNegative']);
    const threshold = priorThreshold(positives, negatives);
    const near = scores.map((score) => Math.abs(score - threshold) < 1e-9);
    return {
      rescaled: rescaleToUniform(scores, positives, negatives),
      // A row on the boundary may fall either way; the file marks it and asks to skip it.
      predictions: scores.map((score, i) => (near[i] || score > threshold ? 1 : 0)),
      threshold,
      nearBoundary: near,
    };
  },
};
