import type { DatasetFacts } from './facts';
import { checkHoldOut } from './holdOutChecks';
import { error, warning } from './issues';
import type { KeyPath } from './keys';
import { lossKinds, lossTraits, type LossTraits } from './losses';
import { nearest } from './nearest';
import type { ConfigIssue } from './parse';
import { samplerTraits } from './samplers';
import type { RebalanceConfig } from './schema';
import { weightTraits } from './weights';

const unknownName = (
  code: 'unknown-class' | 'unknown-split',
  at: KeyPath,
  name: string,
  known: readonly string[],
): ConfigIssue => {
  const near = nearest(name, known);
  return near === null
    ? error(code, at, { name, known })
    : error(`${code}-near`, at, { name, near });
};

/** Training counts after `classes.ignore` and `classes.merge`, by the name that is trained. */
const keptCounts = (config: RebalanceConfig, facts: DatasetFacts): ReadonlyMap<string, number> => {
  const { ignore, merge } = config.dataset.classes;
  const target = new Map(
    Object.entries(merge).flatMap(([to, from]) => from.map((name) => [name, to] as const)),
  );
  const counts = new Map<string, number>();
  for (const { name, count } of facts.classes) {
    if (ignore.includes(name)) continue;
    const to = target.get(name) ?? name;
    counts.set(to, (counts.get(to) ?? 0) + count);
  }
  return counts;
};

const checkClasses = (config: RebalanceConfig, facts: DatasetFacts): readonly ConfigIssue[] => {
  const known = facts.classes.map(({ name }) => name);
  const { ignore, merge } = config.dataset.classes;
  const at = ['dataset', 'classes'];
  const used = [
    ...ignore.map((name, i) => ({ name, at: [...at, 'ignore', i] })),
    ...Object.entries(merge).flatMap(([to, from]) =>
      from.map((name, i) => ({ name, at: [...at, 'merge', to, i] })),
    ),
  ];
  const issues = used.flatMap(({ name, at: place }, i) => {
    if (!known.includes(name)) return [unknownName('unknown-class', place, name, known)];
    const twice = used.findIndex((other) => other.name === name) < i;
    return twice ? [error('class-twice', place, { name })] : [];
  });
  const kept = keptCounts(config, facts);
  const present = [...kept].filter(([, count]) => count > 0).map(([name]) => name);
  const empty = [...kept].filter(([, count]) => count === 0).map(([name]) => name);
  if (present.length < 2) issues.push(error('one-class', at, { names: present }));
  if (empty.length > 0)
    issues.push(warning('empty-class', at, { count: empty.length, names: empty.slice(0, 10) }));
  return [
    ...issues,
    ...checkHoldOut(config, facts, kept),
    ...checkWeights(config, kept),
    ...checkPrior(config, [...kept.keys()]),
    ...checkThresholds(config, [...kept.keys()], facts),
  ];
};

/** A class weight over this makes single items decide whole batches. */
const heavyWeight = 50;

/** Class weights that are very large for these counts: the heaviest class of each stage. */
const checkWeights = (
  config: RebalanceConfig,
  counts: ReadonlyMap<string, number>,
): readonly ConfigIssue[] =>
  config.stages.flatMap(({ weights }, i) => {
    const values = weightTraits(weights).weights([...counts.values()]);
    const weight = Math.max(0, ...(values ?? []));
    if (values === null || weight <= heavyWeight) return [];
    const name = [...counts.keys()][values.indexOf(weight)] ?? '';
    return [warning('heavy-weight', ['stages', i, 'weights'], { name, weight })];
  });

const checkPrior = (config: RebalanceConfig, names: readonly string[]): readonly ConfigIssue[] => {
  const { prior } = config.goal;
  if (typeof prior === 'string') return [];
  const at = ['goal', 'prior'];
  const issues = Object.keys(prior)
    .filter((name) => !names.includes(name))
    .map((name) => unknownName('unknown-class', [...at, name], name, names));
  const missing = names.filter((name) => !Object.hasOwn(prior, name));
  if (missing.length > 0) issues.push(error('prior-missing', at, { names: missing }));
  const sum = Object.values(prior).reduce((a, b) => a + b, 0);
  if (sum === 0) issues.push(error('prior-zero', at));
  else if (Math.abs(sum - 1) > 1e-6) issues.push(warning('prior-sum', at, { sum }));
  return issues;
};

/** Thresholds of classes that are not there, or to be chosen for classes that only take given ones. */
const checkThresholds = (
  { posthoc }: RebalanceConfig,
  names: readonly string[],
  { task }: DatasetFacts,
): readonly ConfigIssue[] => {
  if (posthoc.kind !== 'thresholds') return [];
  if (posthoc.at === undefined)
    return task === 'multi-label' || names.length <= 2
      ? []
      : [error('thresholds-classes', ['posthoc'], { count: names.length })];
  return Object.keys(posthoc.at)
    .filter((name) => !names.includes(name))
    .map((name) => unknownName('unknown-class', ['posthoc', 'at', name], name, names));
};

const checkSplits = (config: RebalanceConfig, facts: DatasetFacts): readonly ConfigIssue[] => {
  const { splits } = config.dataset;
  return (['train', 'validation', 'test'] as const).flatMap((key) => {
    const name = splits[key];
    const at = ['dataset', 'splits', key];
    if (typeof name === 'number' || (key === 'validation' && name === 'none')) return [];
    if (facts.splits.includes(name)) return [];
    // `all` is every sample; a dataset without splits is all training data whatever the name.
    if (key === 'train' && (name === 'all' || facts.splits.length <= 1)) return [];
    // The default: without a test split a fifth of the training split is held out and reported so.
    if (key === 'test' && name === 'test') return [];
    return [unknownName('unknown-split', at, name, facts.splits)];
  });
};

/** What of a config does not fit the number of labels that the dataset's items have. */
const checkLabels = (config: RebalanceConfig, facts: DatasetFacts): readonly ConfigIssue[] => {
  const several = facts.task === 'multi-label';
  const fits = (traits: LossTraits): boolean => (several ? traits.multi : traits.single) !== null;
  const losses = config.stages.flatMap(({ name, loss }, i) =>
    fits(lossTraits(loss))
      ? []
      : [
          error(`loss-${several ? 'single' : 'multi'}`, ['stages', i, 'loss'], {
            stage: name,
            loss: loss.kind,
            fitting: lossKinds()
              .filter((kind) => fits(lossTraits(kind)))
              .map(({ kind }) => kind),
          }),
        ],
  );
  if (!several) return losses;
  const oneLabel = (at: KeyPath, what: string): ConfigIssue => error('one-label', at, { what });
  return [
    ...losses,
    ...config.stages.flatMap((stage, i) => [
      ...(samplerTraits(stage.sampler).draw.kind === 'resample'
        ? [error('resample-labels', ['stages', i, 'sampler'], { sampler: stage.sampler.kind })]
        : []),
      ...(stage.mixing === undefined ? [] : [oneLabel(['stages', i, 'mixing'], stage.mixing.kind)]),
      ...(stage.weights === undefined || stage.weights.kind === 'none'
        ? []
        : [oneLabel(['stages', i, 'weights'], stage.weights.kind)]),
    ]),
    ...((config.input.tailAugment?.strength ?? 0) === 0
      ? []
      : [oneLabel(['input', 'tailAugment'], 'tailAugment')]),
    ...(config.model.kind === 'bbn' ? [oneLabel(['model'], 'bbn')] : []),
    ...(['none', 'thresholds'].includes(config.posthoc.kind)
      ? []
      : [oneLabel(['posthoc'], config.posthoc.kind)]),
  ];
};

/** What of a config does not fit the dataset: its classes, splits and labels. */
export const checkDataset = (
  config: RebalanceConfig,
  facts: DatasetFacts,
): readonly ConfigIssue[] => [
  ...checkClasses(config, facts),
  ...checkSplits(config, facts),
  ...checkLabels(config, facts),
];
