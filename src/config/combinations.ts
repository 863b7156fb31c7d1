import * as z from 'zod/mini';
import type { MessageParams } from '../common/errors';
import { combinationRows, type CombinationRow } from './combinationRows';
import { mirrorUnsafe, type DatasetFacts } from './facts';
import { showPath, type KeyPath } from './keys';
import { nearest } from './nearest';
import { parseConfig, placeIssues, type ConfigIssue, type ParsedConfig } from './parse';
import { planOf } from './plan';
import { lossKinds, lossSchema, lossTraits, type LossTraits } from './losses';
import { mixingSchema } from './mixing';
import { mixingTraits } from './mixing';
import { samplerSchema, samplerTraits } from './samplers';
import {
  classifierSchema,
  optimizerSchema,
  posthocSchema,
  stageSchema,
  type RebalanceConfig,
} from './schema';
import { weightSchema, weightTraits } from './weights';

const error = (code: string, at: KeyPath, params: MessageParams = {}): ConfigIssue => ({
  code: `config/${code}`,
  params: { place: showPath(at), ...params },
  severity: 'error',
  at,
});
const warning = (code: string, at: KeyPath, params: MessageParams = {}): ConfigIssue => ({
  ...error(code, at, params),
  severity: 'warning',
});

const kinds = (family: string, union: z.ZodMiniDiscriminatedUnion): readonly string[] =>
  union._zod.def.options.flatMap((option) => {
    const kind = option instanceof z.ZodMiniObject ? (option.shape['kind'] as unknown) : undefined;
    return kind instanceof z.ZodMiniLiteral ? [`${family}:${String(kind._zod.def.values[0])}`] : [];
  });

/** The words an optional choice takes. */
const choices = <T extends z.core.util.EnumLike>(
  schema: z.ZodMiniDefault<z.ZodMiniEnum<T>>,
): readonly string[] => Object.values(schema._zod.def.innerType._zod.def.entries).map(String);

/** Methods (`family:kind`) that the schema can say today. */
export const expressibleMethods = (): ReadonlySet<string> =>
  new Set([
    ...kinds('sampler', samplerSchema),
    ...kinds('loss', lossSchema),
    ...kinds('weights', weightSchema),
    ...kinds('mixing', mixingSchema),
    ...kinds('head', classifierSchema),
    ...kinds('posthoc', posthocSchema),
    ...choices(stageSchema.shape.trainable).map((kind) => `trainable:${kind}`),
    ...choices(stageSchema.shape.init).map((kind) => `init:${kind}`),
    ...optimizerSchema.shape.kind._zod.def.innerType._zod.def.values.map(
      (kind) => `optimizer:${kind}`,
    ),
    'splits:validation',
    'input:tail-copies',
  ]);

/** Whether a config can say every method a row speaks of, so that the row is in force. */
export const isExpressible = (row: CombinationRow): boolean => {
  const known = expressibleMethods();
  return row.needs.every((method) => known.has(method));
};

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
  return [...issues, ...checkWeights(config, kept), ...checkPrior(config, [...kept.keys()])];
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

const checkSameSplit = (config: RebalanceConfig): readonly ConfigIssue[] => {
  const { train, validation, test } = config.dataset.splits;
  const at = (key: string): KeyPath => ['dataset', 'splits', key];
  const issues: ConfigIssue[] = [];
  if (test === train) issues.push(error('same-split', at('test'), { name: test, other: 'train' }));
  if (validation === train)
    issues.push(error('same-split', at('validation'), { name: train, other: 'train' }));
  else if (typeof validation === 'string' && validation === test)
    issues.push(error('same-split', at('validation'), { name: test, other: 'test' }));
  return issues;
};

/** Parts of models and stages that cannot go together, whatever the evidence. */
const checkModel = (config: RebalanceConfig): readonly ConfigIssue[] => {
  const { model, stages } = config;
  const issues: ConfigIssue[] = [];
  let head = 'classifier' in model ? model.classifier : undefined;
  for (const [i, stage] of stages.entries()) {
    const at = (key: string): KeyPath => ['stages', i, key];
    head = stage.classifier ?? head;
    const scales = stage.trainable === 'scale' || stage.trainable === 'classifier-and-scale';
    if (scales && head?.kind === 'cosine') issues.push(error('scaled-cosine', at('trainable')));
    if (stage.trainable === 'scale' && stage.classifier !== undefined)
      issues.push(error('scaled-fresh', at('classifier')));
    if (
      model.kind === 'bbn' &&
      stage.trainable === 'all' &&
      (stage.mixing?.kind ?? 'none') !== 'none'
    )
      issues.push(error('bbn-mixing', at('mixing')));
  }
  if ('biasInit' in model && model.biasInit === 'prior' && model.classifier?.kind === 'cosine')
    issues.push(warning('bias-init-cosine', ['model', 'biasInit']));
  return issues;
};

/** Models that read any list of numbers; the others read pictures. */
const flatModels: readonly string[] = ['linear', 'mlp'];

/** Inputs a dataset can be read as. A text column may be picked out of a table. */
const inputsOf = (modality: string, config: RebalanceConfig): readonly string[] => {
  if (modality === 'tabular' && config.input.text?.column !== undefined) return ['tabular', 'text'];
  return ['image', 'tabular', 'text'].filter((kind) => kind === modality);
};

const checkInput = (
  config: RebalanceConfig,
  facts: DatasetFacts | null,
): readonly ConfigIssue[] => {
  const { kind, augment } = config.input;
  const issues: ConfigIssue[] = [];
  const model = config.model.kind;
  if (!flatModels.includes(model) && kind !== 'image')
    issues.push(error('model-input', ['model'], { model, needs: 'image', kind }));
  const sees = kind !== 'image' ? kind : model === 'pretrained' ? 'features' : null;
  if (config.input.tailAugment !== undefined && sees !== null)
    issues.push(error('tail-augment', ['input', 'tailAugment'], { sees }));
  if (facts === null) return issues;
  const { modality } = facts;
  const inputs = inputsOf(modality, config);
  if (inputs.length > 0 && !inputs.includes(kind))
    issues.push(error('input-modality', ['input', 'kind'], { kind, modality }));
  const unsafe = augment.includes('flip') ? mirrorUnsafe(facts.classes.map((c) => c.name)) : [];
  if (unsafe.length > 0)
    issues.push(warning('flip-unsafe', ['input', 'augment'], { names: unsafe.slice(0, 10) }));
  return issues;
};

/** Mixed inputs of a stage that sees none. */
const checkMixing = ({ stages }: RebalanceConfig): readonly ConfigIssue[] =>
  stages.flatMap(({ name, mixing, trainable }, i) => {
    const at = ['stages', i, 'mixing'];
    const { place } = mixingTraits(mixing);
    return place === 'inputs' && trainable !== 'all'
      ? [error('mixed-features', at, { stage: name })]
      : [];
  });

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

/** What in a config must not be combined, by the table: the methods alone, not classes or splits. */
export const checkRecipe = (
  config: RebalanceConfig,
  facts: DatasetFacts | null,
): readonly ConfigIssue[] => {
  const plan = planOf(config);
  return combinationRows.flatMap((row) =>
    row.find(plan, facts).map(({ at, params, severity }): ConfigIssue => ({
      code: `config/row/${row.id}`,
      params,
      severity: severity ?? row.severity,
      at,
    })),
  );
};

/**
 * What in a config contradicts itself, the evidence, or the dataset. Errors must stop a run;
 * warnings are shown beside it. Without facts only the config itself is checked. Everybody who
 * reads a config asks this; `readConfig` does both.
 */
export const checkCombinations = (
  config: RebalanceConfig,
  facts: DatasetFacts | null = null,
): readonly ConfigIssue[] => {
  const rows = checkRecipe(config, facts);
  const frozen =
    (config.stages[0]?.trainable ?? 'all') === 'all' || config.model.kind === 'pretrained'
      ? []
      : [error('first-stage-frozen', ['stages', 0, 'trainable'])];
  const data =
    facts === null
      ? []
      : [
          ...checkClasses(config, facts),
          ...checkSplits(config, facts),
          ...checkLabels(config, facts),
        ];
  return [
    ...rows,
    ...frozen,
    ...checkSameSplit(config),
    ...checkMixing(config),
    ...checkModel(config),
    ...checkInput(config, facts),
    ...data,
  ];
};

/** Why a dataset cannot be trained on here (its advice and exporters still work), or nothing. */
export const checkTrainable = (facts: DatasetFacts): readonly ConfigIssue[] => {
  if (facts.task !== 'single-label' && facts.task !== 'multi-label')
    return [error('task-not-trained', ['dataset'], { task: facts.task })];
  return ['image', 'tabular', 'text'].includes(facts.modality)
    ? []
    : [error('modality-not-trained', ['dataset'], { modality: facts.modality })];
};

/**
 * The door for a config from a file: parses it, checks it against itself and, where given, the
 * dataset. `config` is null as soon as one issue is an error.
 */
export const readConfig = (
  text: string,
  path: string,
  facts: DatasetFacts | null = null,
): ParsedConfig => {
  const { config, issues } = parseConfig(text, path);
  if (config === null) return { config, issues };
  const found = placeIssues(text, path, checkCombinations(config, facts));
  const failed = found.some(({ severity }) => severity === 'error');
  return { config: failed ? null : config, issues: [...issues, ...found] };
};
