import type { BatchTruth } from '../losses/types';
import type { TrainingItems } from '../data/trainingItems';
import type { StageInputs } from './types';

/** A batch of augmented inputs with what is true of it. */
export interface ItemBatch extends Omit<BatchTruth, 'mixed'> {
  /** Row-major [B][input]. */
  readonly values: Float32Array;
}

/** Batches of a stage's items, augmented by the seed given; copies of rare items more strongly. */
export const createItemBatches =
  ({ data, stage }: Pick<StageInputs, 'data' | 'stage'>, items: TrainingItems) =>
  (
    positions: Uint32Array,
    seed: number,
    { epoch, at }: { readonly epoch: number; readonly at: number },
  ): ItemBatch => {
    const rows = positions.map((position) => items.rows[position] ?? 0);
    const copied = items.firstCopy < items.rows.length;
    const copies = copied
      ? Uint8Array.from(positions, (position) => (position >= items.firstCopy ? 1 : 0))
      : undefined;
    return {
      labels: Int32Array.from(positions, (position) => items.labels[position] ?? 0),
      targets: data.multi?.targets(rows) ?? null,
      values: data.input.batch(rows, { seed, stage, epoch, draw: at, copies }),
    };
  };
