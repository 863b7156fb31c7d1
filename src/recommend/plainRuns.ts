import type { Message } from '../common/errors';
import { ruleFactsOf } from './facts';
import type { LongTailProfile } from '../profile/types';

/** Recall of plain training on classes of many and of few samples, balanced test data, in one run. */
interface PlainRun {
  readonly set: string;
  readonly classes: number;
  readonly ratio: number;
  readonly many: number;
  readonly few: number;
  /** Whose run. */
  readonly run: string;
}

const plainRuns: readonly PlainRun[] = [
  {
    set: 'CIFAR-10-LT',
    classes: 10,
    ratio: 100,
    many: 0.862,
    few: 0.105,
    run: 'ours, ResNet-8',
  },
  {
    set: 'ImageNet-LT',
    classes: 1000,
    ratio: 256,
    many: 0.659,
    few: 0.077,
    run: 'Kang et al. 2020, ResNeXt-50',
  },
  {
    set: 'ImageNet-LT',
    classes: 1000,
    ratio: 256,
    many: 0.669,
    few: 0.126,
    run: 'Zhang et al. 2023, ResNeXt-50, 200 epochs',
  },
  {
    set: 'Places-LT',
    classes: 365,
    ratio: 996,
    many: 0.457,
    few: 0.082,
    run: 'Kang et al. 2020, ResNet-152',
  },
  {
    set: 'iNaturalist 2018',
    classes: 8142,
    ratio: 500,
    many: 0.722,
    few: 0.572,
    run: 'Wang et al. 2021, ResNet-50',
  },
];

/** A set whose ratio or number of classes is more than this many times another's is no example. */
const alike = 12;

/**
 * What plain training did on published sets with counts like these: the range of recalls over named
 * runs. null where no set is alike, the imbalance is mild, or samples have several labels: nothing
 * is claimed then. It says nothing of this data; only a baseline here does.
 */
export const plainEffect = (profile: LongTailProfile): Message | null => {
  const { ratio, present } = ruleFactsOf(profile);
  const { task, modality } = profile.dataset;
  if (task !== 'single-label' || modality !== 'image' || !(ratio >= 10)) return null;
  const apart = (a: number, b: number): number => Math.max(a, b) / Math.min(a, b);
  const near = plainRuns.filter(
    (run) => apart(run.ratio, ratio) <= alike && apart(run.classes, present) <= alike,
  );
  if (near.length === 0) return null;
  const range = (key: 'many' | 'few'): { readonly low: number; readonly high: number } => {
    const values = near.map((run) => run[key]).sort((a, b) => a - b);
    return { low: values[0] ?? 0, high: values.at(-1) ?? 0 };
  };
  const [many, few] = [range('many'), range('few')];
  const params = {
    runs: near.map(({ set, run }) => `${set} (${run})`),
    fewLow: few.low,
    fewHigh: few.high,
    manyLow: many.low,
    manyHigh: many.high,
  };
  return { code: near.length === 1 ? 'recommend/plain-run' : 'recommend/plain-runs', params };
};
