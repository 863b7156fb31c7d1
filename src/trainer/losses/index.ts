import type { LossConfig } from '../../config/schema';
import { finiteOffsets, logPrior, scaledLogs } from '../../methods/priors';
import { createSoftmaxLoss } from './softmax';
import type { Loss, LossSource } from './types';

type MakeLoss<K extends LossConfig['kind']> = (
  config: Extract<LossConfig, { kind: K }>,
  source: LossSource,
) => Loss;

/** One row a loss. Offsets and weights come from `methods`; here they become tensors. */
export const losses: { readonly [K in LossConfig['kind']]: MakeLoss<K> } = {
  'cross-entropy': (_, { ops }) => createSoftmaxLoss(ops, null),
  'logit-adjusted': ({ tau }, { ops, counts }) =>
    createSoftmaxLoss(ops, finiteOffsets(scaledLogs(logPrior(counts).values, tau))),
};

/** The loss a stage asks for. */
export const createLoss = <K extends LossConfig['kind']>(
  config: { readonly kind: K } & Extract<LossConfig, { kind: K }>,
  source: LossSource,
): Loss => losses[config.kind](config, source);
