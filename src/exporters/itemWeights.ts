import { map } from '../methods/numbers';
import type { Issue } from '../common/errors';
import type { ExportJob } from './types';

/**
 * How often an epoch of the last stage draws an item of each class on average, 0 for an empty class;
 * null where it draws every item once. For what is fitted at once, where drawing an item k times
 * and weighing it k are the same.
 */
export const itemWeights = ({ stage, classes, origin }: ExportJob): Float64Array | null => {
  const { sampler } = stage;
  if (sampler.draw === 'every-item-once') return null;
  const draws = sampler.draws ?? origin.items;
  return map(sampler.shares, (share, j) => {
    const count = classes[j]?.count ?? 0;
    return count === 0 ? 0 : (share * draws) / count;
  });
};

/** What is fitted once stands for all epochs of a sampler that changes: it is that of the last. */
export const oneEpoch = ({ stage }: ExportJob): readonly Issue[] =>
  stage.sampler.changes
    ? [
        {
          severity: 'warning',
          code: 'exporters/one-epoch',
          params: { stage: stage.name, epochs: stage.epochs },
        },
      ]
    : [];
