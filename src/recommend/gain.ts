import type { Message } from '../common/errors';
import { effects, measuredSets, type MeasuredSet } from './effects';
import { distance, publishedRuns } from './evidence';
import type { RuleFacts } from './facts';

/** What a method is expected to gain on a profile, in points of balanced accuracy. */
export interface ExpectedGain {
  readonly points: number;
  /** The sets it was read from, the most alike first. */
  readonly sets: readonly string[];
}

interface Evidence {
  readonly set: string;
  readonly apart: number;
  readonly gain: number;
}

/** Networks trained as a whole; a head on a frozen one is another matter. */
const fromScratch: readonly MeasuredSet[] = ['cifar', 'mnist100', 'mnist500'];

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? 0) + (high ?? 0)) / 2;
};

const published = (id: string, facts: RuleFacts): readonly Evidence[] => {
  const runs = publishedRuns.filter(({ method }) => method === id);
  return [...new Set(runs.map(({ set }) => set))].flatMap((set) => {
    const own = runs.filter((run) => run.set === set);
    const [first] = own;
    if (first === undefined) return [];
    return [
      { set, apart: distance(first, facts), gain: median(own.map(({ from, to }) => to - from)) },
    ];
  });
};

const measured = (id: string, facts: RuleFacts): readonly Evidence[] => {
  const effect = effects[id];
  return fromScratch.flatMap((key) => {
    const gain = effect?.[key];
    if (gain === undefined) return [];
    return [{ set: measuredSets[key].name, apart: distance(measuredSets[key], facts), gain }];
  });
};

/**
 * The mean over the published sets (the median of their runs) and those measured for
 * docs/results.md, each weighted by 1 / (1 + distance), the distance being that of ratio and number
 * of classes on log scales. null where nothing was measured against plain training.
 */
export const expectedGain = (id: string, facts: RuleFacts): ExpectedGain | null => {
  const all = [...published(id, facts), ...measured(id, facts)].toSorted(
    (a, b) => a.apart - b.apart,
  );
  if (all.length === 0) return null;
  const weight = all.reduce((sum, { apart }) => sum + 1 / (1 + apart), 0);
  const points = all.reduce((sum, { gain, apart }) => sum + gain / (1 + apart), 0) / weight;
  return { points, sets: all.map(({ set }) => set) };
};

/** What docs/results.md says of a method on the set most like this one. */
export const ourRun = (id: string, facts: RuleFacts): readonly Message[] => {
  const [first] = measured(id, facts).toSorted((a, b) => a.apart - b.apart);
  return first === undefined
    ? []
    : [{ code: 'recommend/our-run', params: { set: first.set, gain: first.gain } }];
};
