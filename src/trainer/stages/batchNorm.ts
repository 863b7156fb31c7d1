import type { TrainingItems } from '../data/trainingItems';
import type { StageInputs } from './types';
import { batchStarts } from './steps';

/**
 * One epoch of forward passes in training mode: running statistics move towards the pictures the
 * stage draws, weights stay (Zhong et al., CVPR 2021, section 3.3).
 */
export const updateBatchNorm = async (
  { ops, network, data, config, seed, stage, breathe }: StageInputs,
  items: Pick<TrainingItems, 'rows'>,
  order: Uint32Array,
): Promise<void> => {
  const starts = batchStarts(order.length, config.optimizer.batchSize);
  for (const [i, start] of starts.slice(0, -1).entries()) {
    const rows = order.slice(start, starts[i + 1]).map((position) => items.rows[position] ?? 0);
    const augment = { seed, stage, epoch: 0, draw: start };
    const x = ops.tensor(data.input.batch(rows, augment), [rows.length, ...data.input.shape]);
    network.backbone.forward(x, 'train').dispose();
    ops.dispose(x);
    await breathe();
  }
};
