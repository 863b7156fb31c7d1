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
 * Throws `train/loss-single`, `train/loss-multi` or `train/weights-multi` for what cannot have the
 * data's number of labels an item.
 */
export const createObjective = (config: ObjectiveConfig, source: LossSource): Objective => {
  const { counts, samples, logitScale } = source;
  const classes = counts.length;
  const loss = config.loss.kind;
  const traits = lossTraits(config.loss);
  const weighting = weightTraits(config.weights);
  const weights = weighting.weights(counts);
  const { hardExamples, switchAt = 0 } = config;

  /** Loss of every item, with class weights where they are in force. */
  const withLabels = (
    logits: Float32Array,
    { labels, targets }: Pick<BatchTruth, 'labels' | 'targets'>,
    own: Float64Array | null,
  ): LossResult => {
    if (targets !== null) {
      if (traits.multi === null) throw new LongtailError('train/loss-single', { loss });
      if (weights !== null) throw new LongtailError('train/weights-multi', {});
      return traits.multi({ classes, counts, samples, targets, logits });
    }
    if (traits.single === null) throw new LongtailError('train/loss-multi', { loss });
    const plain = traits.single({ classes, counts, labels, logits }, logitScale);
    return own === null ? plain : weightItems(plain, labels, own);
  };

  const resultOf = (
    logits: Float32Array,
    truth: BatchTruth,
    own: Float64Array | null,
  ): LossResult => {
    const result = withLabels(logits, truth, own);
    if (truth.mixed === null) return result;
    const { partners, factors } = truth.mixed;
    return mixResults(
      result,
      withLabels(logits, ofPartners(truth, partners, classes), own),
      factors,
    );
  };

  return {
    evaluate: (logits, truth, epoch) => {
      const result = resultOf(logits, truth, epoch < switchAt ? null : weights);
      const kept = hardExamples === undefined ? result : hardestItems(result, hardExamples.share);
      const { loss: mean, gradient } = reduceLoss(kept, weighting.reduction);
      return { lossSum: mean * truth.labels.length, gradient };
    },
  };
};

/** The truth about each item's partner. */
const ofPartners = (
  { labels, targets }: BatchTruth,
  partners: Uint32Array,
  classes: number,
): Pick<BatchTruth, 'labels' | 'targets'> => ({
  labels: Int32Array.from(partners, (place) => labels[place] ?? 0),
  targets:
    targets === null
      ? null
      : Uint8Array.from(
          targets,
          (_, i) =>
            targets[(partners[Math.floor(i / classes)] ?? 0) * classes + (i % classes)] ?? 0,
        ),
});
