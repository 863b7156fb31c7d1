import type { Message } from '../common/errors';
import type { RuleFacts } from './facts';

/** Published accuracy (percent, balanced test set) of plain training and of a method in one run. */
export interface PublishedRun {
  readonly method:
    | 'logit-adjustment-posthoc'
    | 'logit-adjusted-loss'
    | 'decoupled-crt'
    | 'class-balanced-sampling'
    | 'square-root-sampling';
  readonly set: string;
  readonly classes: number;
  readonly ratio: number;
  readonly from: number;
  readonly to: number;
  /** Whose run, and the table. */
  readonly run: string;
}

type Row = readonly [PublishedRun['method'], SetName, number, number, string];

const sets = {
  'CIFAR-10-LT, ratio 100': { classes: 10, ratio: 100 },
  'CIFAR-10-LT, ratio 10': { classes: 10, ratio: 10 },
  'CIFAR-100-LT, ratio 100': { classes: 100, ratio: 100 },
  'ImageNet-LT': { classes: 1000, ratio: 256 },
  'iNaturalist 2018': { classes: 8142, ratio: 500 },
};
type SetName = keyof typeof sets;

const rows: readonly Row[] = [
  ['logit-adjustment-posthoc', 'CIFAR-10-LT, ratio 100', 72.84, 77.4, 'Menon et al. 2021 table 3'],
  [
    'logit-adjustment-posthoc',
    'CIFAR-10-LT, ratio 100',
    71.36,
    77.32,
    'google-research repository',
  ],
  ['logit-adjustment-posthoc', 'CIFAR-10-LT, ratio 100', 71.27, 78.16, 'logit-adj-pytorch'],
  ['logit-adjustment-posthoc', 'CIFAR-10-LT, ratio 100', 77.54, 80.67, 'mmpretrain ResNet-34'],
  ['logit-adjustment-posthoc', 'CIFAR-10-LT, ratio 10', 89.36, 90.01, 'mmpretrain ResNet-34'],
  [
    'logit-adjustment-posthoc',
    'CIFAR-100-LT, ratio 100',
    38.36,
    41.76,
    'Menon et al. 2021 table 3',
  ],
  [
    'logit-adjustment-posthoc',
    'CIFAR-100-LT, ratio 100',
    39.87,
    44.07,
    'google-research repository',
  ],
  ['logit-adjustment-posthoc', 'CIFAR-100-LT, ratio 100', 39.85, 44.04, 'logit-adj-pytorch'],
  ['logit-adjustment-posthoc', 'ImageNet-LT', 46.89, 50.34, 'Menon et al. 2021 table 3'],
  ['logit-adjustment-posthoc', 'iNaturalist 2018', 61.34, 66.02, 'Menon et al. 2021 table 3'],
  ['logit-adjusted-loss', 'CIFAR-10-LT, ratio 100', 72.84, 77.67, 'Menon et al. 2021 table 3'],
  ['logit-adjusted-loss', 'CIFAR-10-LT, ratio 100', 71.36, 77.89, 'google-research repository'],
  ['logit-adjusted-loss', 'CIFAR-10-LT, ratio 100', 71.27, 78.57, 'logit-adj-pytorch'],
  ['logit-adjusted-loss', 'CIFAR-10-LT, ratio 100', 77.54, 80.26, 'mmpretrain ResNet-34'],
  ['logit-adjusted-loss', 'CIFAR-10-LT, ratio 10', 89.36, 90.93, 'mmpretrain ResNet-34'],
  ['logit-adjusted-loss', 'CIFAR-100-LT, ratio 100', 38.36, 43.89, 'Menon et al. 2021 table 3'],
  ['logit-adjusted-loss', 'CIFAR-100-LT, ratio 100', 39.87, 44.06, 'google-research repository'],
  ['logit-adjusted-loss', 'CIFAR-100-LT, ratio 100', 39.85, 44.02, 'logit-adj-pytorch'],
  ['logit-adjusted-loss', 'ImageNet-LT', 46.89, 51.11, 'Menon et al. 2021 table 3'],
  ['logit-adjusted-loss', 'iNaturalist 2018', 61.34, 66.36, 'Menon et al. 2021 table 3'],
  ['decoupled-crt', 'CIFAR-10-LT, ratio 100', 71.95, 74.99, 'Bag of Tricks gallery'],
  ['decoupled-crt', 'CIFAR-10-LT, ratio 100', 77.4, 82, 'Ren et al. 2020 table 2'],
  ['decoupled-crt', 'CIFAR-100-LT, ratio 100', 37.73, 40.26, 'Bag of Tricks gallery'],
  ['decoupled-crt', 'CIFAR-100-LT, ratio 100', 45.3, 50, 'Ren et al. 2020 table 2'],
  ['decoupled-crt', 'ImageNet-LT', 44.4, 49.6, 'Kang et al. 2020'],
  ['decoupled-crt', 'ImageNet-LT', 46.8, 50.3, 'Deep long-tailed learning survey'],
  ['class-balanced-sampling', 'CIFAR-10-LT, ratio 100', 70.36, 70.55, 'Cao et al. 2019 table 2'],
  ['class-balanced-sampling', 'CIFAR-10-LT, ratio 100', 71.95, 72.45, 'Bag of Tricks gallery'],
  ['class-balanced-sampling', 'CIFAR-10-LT, ratio 100', 77.4, 77.8, 'Ren et al. 2020 table 2'],
  ['class-balanced-sampling', 'CIFAR-100-LT, ratio 100', 38.32, 33.44, 'Cao et al. 2019 table 2'],
  ['square-root-sampling', 'CIFAR-10-LT, ratio 100', 71.95, 71.42, 'Bag of Tricks gallery'],
  ['square-root-sampling', 'CIFAR-100-LT, ratio 100', 37.73, 36.79, 'Bag of Tricks gallery'],
  ['square-root-sampling', 'ImageNet-LT', 44.4, 46.8, 'Kang et al. 2020'],
];

/** Every published run the advice quotes. */
export const publishedRuns: readonly PublishedRun[] = rows.map(([method, set, from, to, run]) => ({
  method,
  set,
  ...sets[set],
  from,
  to,
  run,
}));

/** How unlike a published set is: distance of ratio and class count on log scales. */
export const distance = (
  run: { readonly ratio: number; readonly classes: number },
  facts: RuleFacts,
): number =>
  Math.abs(Math.log(run.ratio / facts.ratio)) + Math.abs(Math.log(run.classes / facts.present));

/**
 * The published gains of a method on the set most like this dataset: the range over named runs,
 * each against plain training of the same run, in points of accuracy on balanced test data.
 */
export const publishedGain = (
  method: PublishedRun['method'],
  facts: RuleFacts,
): readonly Message[] => {
  const runs = publishedRuns.filter((run) => run.method === method);
  const nearest = Math.min(...runs.map((run) => distance(run, facts)));
  const used = runs.filter((run) => distance(run, facts) === nearest);
  const gains = used.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const [first] = used;
  const low = gains[0];
  const high = gains.at(-1);
  if (first === undefined || low === undefined || high === undefined) return [];
  const params = { set: first.set, runs: used.map(({ run }) => run), count: used.length };
  return used.length === 1
    ? [{ code: 'recommend/published', params: { ...params, from: first.from, to: first.to } }]
    : [{ code: 'recommend/published-range', params: { ...params, low, high } }];
};
