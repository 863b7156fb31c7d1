import { lossTraits } from '../../config/losses';
import type { LossConfig } from '../../config/schema';
import { finiteOffsets } from '../../methods/priors';
import { createSoftmaxLoss } from './softmax';
import type { Loss, LossSource } from './types';

/** The loss a stage asks for, as tensors; what it does to the logits stands in `config/losses`. */
export const createLoss = (config: LossConfig, { ops, counts }: LossSource): Loss => {
  const offsets = lossTraits(config).offsets(counts);
  return createSoftmaxLoss(ops, offsets === null ? null : finiteOffsets(offsets));
};
