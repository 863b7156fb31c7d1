import { labelAwareFactors, logitChange, losses, reduceLoss } from '../../../src/methods/losses';
import type { LossBatch, LossKind, LossParams } from '../../../src/methods/losses';
import { effectiveNumberClassWeights } from '../../../src/methods/losses/weighting';
import { ldamMargins } from '../../../src/methods/weights';
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
    beta: optional(given['beta']),
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
    ...(given['weights'] && { weights: numbers(given['weights']) }),
    ...(given['targets'] && { targets: flat(given['targets']) }),
  };
};

const lossOf =
  (kind: LossKind): Adapter =>
  (input, file) => {
    const batch = batchOf(file, input['batch']);
    const params = readParams(input['params'] as JsonObject);
    const result = losses[kind](batch, params);
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
      classWeights: effectiveNumberClassWeights(batch.counts, params.beta ?? 0),
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
  weighted_ce: lossOf('weighted-cross-entropy'),
  cb_softmax: lossOf('class-balanced'),
  cb_sigmoid: lossOf('class-balanced-sigmoid'),
  cb_focal: lossOf('class-balanced-focal'),
  focal: lossOf('focal'),
  focal_sigmoid: lossOf('focal-sigmoid'),
  ldam: lossOf('ldam'),
  balanced_softmax: lossOf('balanced-softmax'),
  logit_adjusted: lossOf('logit-adjusted'),
  label_smoothing: lossOf('label-smoothing'),
  label_aware_smoothing: lossOf('label-aware-smoothing'),
  vs: lossOf('vector-scaling'),
  cdt: lossOf('class-temperature'),
  soft_ce: lossOf('soft-cross-entropy'),
};
