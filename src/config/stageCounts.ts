import { copiedCounts } from '../methods/sampling';
import type { RebalanceConfig, StageConfig } from './schema';

/** The parts of a config that decide whether rare classes are copied. */
export interface TailQuestion {
  readonly config: Pick<StageConfig, 'trainable'>;
  readonly tailAugment?: RebalanceConfig['input']['tailAugment'];
}

/**
 * Training counts of a stage with the copies that tail augmentation makes [C]. Stages that train on
 * stored features see no pictures, so nothing is copied there.
 */
export const stageCounts = (
  counts: readonly number[],
  { config, tailAugment }: TailQuestion,
): readonly number[] =>
  tailAugment === undefined || config.trainable !== 'all'
    ? counts
    : copiedCounts(counts, tailAugment);
