import type { RebalanceConfig } from '../config/schema';
import { resolveBands } from '../methods/bands';
import type { RunClasses } from '../protocol/trainer';
import type { TrainingData } from './data/trainingData';

/** What those who watch a run know of its classes: told once, so that an evaluation is numbers only. */
export const runClasses = (
  config: Pick<RebalanceConfig, 'bands'>,
  data: Pick<TrainingData, 'classNames' | 'bandCounts'>,
): RunClasses => {
  const { assignment, bands } = resolveBands(data.bandCounts, config.bands);
  return {
    names: data.classNames,
    counts: data.bandCounts,
    bands: assignment,
    scheme: bands.scheme,
  };
};
