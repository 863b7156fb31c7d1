import { LongtailError } from '../../common/errors';
import { lossTraits } from '../../config/losses';
import type { StageConfig } from '../../config/schema';
import { weightTraits } from '../../config/weights';
import {
  hardestItems,
  mixResults,
  reduceLoss,
  weightItems,
  type LossResult,
} from '../../methods/losses';
import type { BatchTruth, LossSource, Objective } from './types';

/** The parts of a stage that decide what it trains on. */
export type ObjectiveConfig = Pick<StageConfig, 'loss'> &
  Partial<Pick<StageConfig, 'weights' | 'switchAt' | 'hardExamples'>>;

/**
 * What a stage trains on; the formulas stand in `methods/losses`, which `config/losses` names.
 * Throws `train/loss-single` or `train/loss-multi` for a loss that cannot have the data's number of labels an item.
 */
export const createObjective = (config: ObjectiveConfig, source: LossSource): Objective => {
  const { counts, samples, logitScale } = source;
  const classes = counts.length;
  const traits = lossTraits(config.loss);
  const weighting = weightTraits(config.weights);
  const weights = weighting.weights(counts);
  const ones = new Float64Array(classes).fill(1);

  /** Loss of every item, with class weights where they are in force. */
  const withLabels = (
    logits: Float32Array,
    labels: Int32Array,
    targets: Uint8Array | null,
    own: Float64Array | null,
  ): LossResult => {
    if (targets !== null) {
      if (traits.multi === null)
        throw new LongtailError('train/loss-single', { loss: config.loss.kind });
      return traits.multi({ classes, counts, samples, targets, logits });
    }
    if (traits.single === null)
      throw new LongtailError('train/loss-multi', { loss: config.loss.kind });
    const plain = traits.single({ classes, counts, labels, logits }, logitScale);
    return own === null ? plain : weightItems(plain, labels, own);
  };

  const resultOf = (
    logits: Float32Array,
    { labels, targets, mixed }: BatchTruth,
    own: Float64Array | null,
  ): LossResult => {
    const result = withLabels(logits, labels, targets, own);
    if (mixed === null) return result;
    const partners = Int32Array.from(mixed.partners, (place) => labels[place] ?? 0);
    return mixResults(result, withLabels(logits, partners, targets, own), mixed.factors);
  };

  return {
    evaluate: (logits, truth, epoch) => {
      const switched = epoch >= (config.switchAt ?? 0);
      const own =
        weights === null ? null : switched || config.switchAt === undefined ? weights : ones;
      const result = resultOf(logits, truth, own);
      const kept =
        config.hardExamples === undefined
          ? result
          : hardestItems(result, config.hardExamples.share);
      const { loss, gradient } = reduceLoss(kept, weighting.reduction);
      return { lossSum: loss * truth.labels.length, gradient };
    },
  };
};
