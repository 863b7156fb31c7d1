import {
  labelAwareFactors,
  logitChange,
  losses,
  reduceLoss,
  weightItems,
} from '../../../src/methods/losses';
import type { LossBatch, LossKind, LossParams } from '../../../src/methods/losses';
import { classWeights, ldamMargins } from '../../../src/methods/weights';
import type { GoldenFile, Json, JsonObject } from '../files';
import { flat, number, numbers, oneOf, optional, text } from '../read';
import type { Adapter, Adapters } from './types';

/** A shared batch of the file by name. */
export const batchOf = (file: GoldenFile, name: Json | undefined): LossBatch => {
  const batch = file.batches[text(name)];
  if (!batch) throw new Error(`no batch ${text(name)}`);
  return {
    classes: number(batch['numClasses']),
    counts: numbers(batch['counts']),
    labels: numbers(batch['labels']),
    logits: flat(batch['logits']),
  };
};

const readParams = (given: JsonObject): LossParams => {
  const shape = given['shape'];
  const plain = {
    tau: optional(given['tau']),
    gamma: optional(given['gamma']),
    alpha: optional(given['alpha']),
    epsilon: optional(given['epsilon']),
    maxMargin: optional(given['maxMargin']),
    scale: optional(given['s']),
    smoothHead: optional(given['smoothHead']),
    smoothTail: optional(given['smoothTail']),
  };
  const set = Object.entries(plain).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(set) as LossParams),
    ...(shape && { smoothShape: oneOf(shape, ['concave', 'linear', 'convex']) }),
    ...(given['targets'] && { targets: flat(given['targets']) }),
  };
};

/** Class weights a case comes with, or effective-number ones averaging 1 over the classes. */
const weightsOf = (given: JsonObject, counts: LossBatch['counts']) => {
  if (given['weights']) return Float64Array.from(numbers(given['weights']));
  const beta = optional(given['beta']);
  return beta === undefined
    ? null
    : classWeights('effective-number', counts, { beta, normalisation: 'sumC' });
};

const lossOf =
  (kind: LossKind): Adapter =>
  (input, file) => {
    const batch = batchOf(file, input['batch']);
    const given = input['params'] as JsonObject;
    const params = readParams(given);
    const weights = weightsOf(given, batch.counts);
    const unweighted = losses[kind](batch, params);
    const result = weights === null ? unweighted : weightItems(unweighted, batch.labels, weights);
    const plain = reduceLoss(result, 'mean');
    const weighted = reduceLoss(result, 'weightedMean');
    const change = logitChange(kind, batch.counts, params);
    return {
      perExample: result.perExample,
      mean: plain.loss,
      grad: plain.gradient,
      weightSum: result.itemWeights?.reduce((a, b) => a + b, 0) ?? null,
      weightNormalised: weighted.loss,
      gradWeightNormalised: weighted.gradient,
      classWeights: weights,
      margins: ldamMargins(batch.counts, params.maxMargin ?? NaN),
      delta: change.temperatures,
      iota: change.offsets,
      smooth: labelAwareFactors(
        batch.counts,
        params.smoothHead ?? NaN,
        params.smoothTail ?? NaN,
        params.smoothShape ?? 'concave',
      ),
    };
  };

export const lossAdapters: Adapters = {
  ce: lossOf('cross-entropy'),
  weighted_ce: lossOf('cross-entropy'),
  cb_softmax: lossOf('cross-entropy'),
  cb_sigmoid: lossOf('sigmoid'),
  cb_focal: lossOf('sigmoid-focal'),
  focal: lossOf('focal'),
  focal_sigmoid: lossOf('sigmoid-focal'),
  ldam: lossOf('ldam'),
  balanced_softmax: lossOf('balanced-softmax'),
  logit_adjusted: lossOf('logit-adjusted'),
  label_smoothing: lossOf('label-smoothing'),
  label_aware_smoothing: lossOf('label-aware-smoothing'),
  vs: lossOf('vector-scaling'),
  cdt: lossOf('class-temperature'),
  soft_ce: lossOf('soft-cross-entropy'),
};
