import type { OptimizerConfig, RebalanceConfig, StageConfig } from '../schema';
import { LongtailError } from '../../common/errors';

/** The one stage of a plain config: its epochs are what a preset shares out. */
export const plainStageOf = ({ stages: [stage] }: RebalanceConfig): StageConfig => {
  if (stage === undefined) throw new LongtailError('train/no-stage');
  return stage;
};

/** So many of a paper's epochs as epochs of ours, at least one. */
export const scaledEpochs = (epochs: number, part: number, whole: number): number =>
  Math.max(1, Math.round((epochs * part) / whole));

/** Warm-up and drops of a paper's schedule of `whole` epochs, on a stage of `epochs`. */
export const scaledSteps = (
  epochs: number,
  paper: {
    readonly whole: number;
    readonly drops: readonly number[];
    readonly dropTo: number;
    readonly warmup: number;
  },
): Pick<OptimizerConfig, 'schedule' | 'dropAt' | 'dropTo' | 'warmupEpochs'> => {
  const drops = paper.drops.map((drop) => scaledEpochs(epochs, drop, paper.whole));
  const dropAt = [...new Set(drops)].filter((drop) => drop < epochs);
  return {
    schedule: 'step',
    ...(dropAt.length === 0 ? {} : { dropAt }),
    dropTo: paper.dropTo,
    warmupEpochs: Number(((paper.warmup * epochs) / paper.whole).toPrecision(2)),
  };
};
