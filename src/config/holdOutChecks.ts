import { defaultTestShare, heldOutCount } from '../methods/sampling';
import type { DatasetFacts } from './facts';
import { error, warning } from './issues';
import type { KeyPath } from './keys';
import type { ConfigIssue } from './parse';
import type { RebalanceConfig } from './schema';

/** Shares of the training split that are held out: what stands in for splits that are not there. */
const sharesOf = (
  { validation, test }: RebalanceConfig['dataset']['splits'],
  splits: readonly string[],
): { readonly validation: number; readonly test: number } => ({
  validation: typeof validation === 'number' ? validation : 0,
  test:
    typeof test === 'number'
      ? test
      : test === 'test' && !splits.includes('test')
        ? defaultTestShare
        : 0,
});

/** Re-sampling to a ratio that the data are at already changes nothing. */
const checkRatios = (
  config: RebalanceConfig,
  counts: readonly number[],
): readonly ConfigIssue[] => {
  const present = counts.filter((n) => n > 0);
  const smallest = present.reduce((least, n) => Math.min(least, n), Infinity);
  const now = smallest / present.reduce((most, n) => Math.max(most, n), 0);
  return config.stages.flatMap(({ sampler }, i) =>
    'ratio' in sampler && sampler.ratio !== undefined && sampler.ratio <= now
      ? [warning('ratio-reached', ['stages', i, 'sampler', 'ratio'], { ratio: sampler.ratio, now })]
      : [],
  );
};

/**
 * Shares and ratios that cannot be: nothing left to train on, a class of which everything is held
 * out, a ratio that is reached already. `kept` has training counts by the names that are trained.
 */
export const checkHoldOut = (
  config: RebalanceConfig,
  facts: DatasetFacts,
  kept: ReadonlyMap<string, number>,
): readonly ConfigIssue[] => {
  const shares = sharesOf(config.dataset.splits, facts.splits);
  const ratios = checkRatios(config, [...kept.values()]);
  const at: KeyPath = [
    'dataset',
    'splits',
    shares.validation > shares.test ? 'validation' : 'test',
  ];
  if (shares.validation + shares.test >= 1) return [...ratios, error('split-shares', at, shares)];
  if (facts.task !== 'single-label') return ratios;
  const held = (n: number): number =>
    [shares.validation, shares.test].reduce(
      (sum, share) => sum + (share === 0 ? 0 : heldOutCount(n, share)),
      0,
    );
  const emptied = [...kept].filter(([, n]) => n > 0 && held(n) >= n).map(([name]) => name);
  if (emptied.length === 0) return ratios;
  const params = { count: emptied.length, names: emptied.slice(0, 10), ...shares };
  return [...ratios, warning('hold-out-empties', at, params)];
};
