import { combinationRows } from './combinationRows';
import { checkDataset } from './datasetChecks';
import { mirrorUnsafe, type DatasetFacts } from './facts';
import { error, warning } from './issues';
import type { KeyPath } from './keys';
import { mixingTraits } from './mixing';
import { parseConfig, placeIssues, type ConfigIssue, type ParsedConfig } from './parse';
import { planOf } from './plan';
import type { ModelConfig, RebalanceConfig } from './schema';

type PretrainedConfig = Extract<ModelConfig, { kind: 'pretrained' }>;

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

/** What a network brings along, and what has to be said of one from elsewhere. */
const checkPretrained = (model: PretrainedConfig): readonly ConfigIssue[] => {
  const { net, weights, features, scale, layer } = model;
  if (features !== undefined) return [];
  if (net !== 'tfjs') {
    const key = scale !== undefined ? 'scale' : layer !== undefined ? 'layer' : null;
    if (key !== null) return [error('pretrained-tfjs-only', ['model', key], { key, net })];
    const own = net === 'efficientnet-lite0';
    return own || weights !== undefined
      ? []
      : [error('pretrained-weights', ['model', 'net'], { net })];
  }
  if (weights === undefined) return [error('pretrained-model', ['model', 'net'])];
  return scale === undefined ? [error('pretrained-scale', ['model', 'net'])] : [];
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
  if (model.kind === 'pretrained') issues.push(...checkPretrained(model));
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
  const data = facts === null ? [] : checkDataset(config, facts);
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
export const checkTrainable = (
  facts: Pick<DatasetFacts, 'task' | 'modality'>,
): readonly ConfigIssue[] => {
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
