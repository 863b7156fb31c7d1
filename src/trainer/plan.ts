import { createHash } from 'node:crypto';
import { LongtailError, type Issue } from '../common/errors';
import { applyEdits, setAt } from '../config/editor/edits';
import { plainLoss, plainModel, plainStages } from '../config/defaults';
import { readConfig } from '../config/combinations';
import type { DatasetFacts } from '../config/facts';
import type { ModelConfig, RebalanceConfig, StageConfig } from '../config/schema';
import type { Task } from '../dataset/types';
import { say, words } from '../words/say';
import type { Backend } from './backend/types';
import { encodeSplit } from './data/split';
import type { TrainingData } from './data/trainingData';

/**
 * Reads a config and checks it against itself and, when given, the dataset. Throws `train/config`
 * with the first problem, its line and how many more there are; gives the warnings.
 */
export const openConfig = (
  text: string,
  path: string,
  facts: DatasetFacts | null,
): { readonly config: RebalanceConfig; readonly warnings: readonly Issue[] } => {
  const { config, issues } = readConfig(text, path, facts);
  const errors = issues.filter((issue) => issue.severity === 'error');
  const [first] = errors;
  if (config !== null && first === undefined)
    return { config, warnings: issues.filter((issue) => issue.severity === 'warning') };
  throw new LongtailError('train/config', {
    path,
    line: first?.line ?? 1,
    problem: first === undefined ? '' : say(first),
    more: Math.max(0, errors.length - 1),
  });
};

/** A config's text with another seed where one is given; comments and all else as they were. */
export const withSeed = (text: string, seed: number | undefined): string =>
  seed === undefined ? text : applyEdits(text, setAt(text, ['seed'], seed));

/**
 * The config of the baseline: the same stages with plain cross-entropy, every item once, no copies,
 * and a linear classifier on one network.
 */
export const plainConfigOf = (config: RebalanceConfig, task: Task): RebalanceConfig => {
  const { kind, size, channels, augment, text } = config.input;
  return {
    ...config,
    input: {
      kind,
      ...(size === undefined ? {} : { size }),
      ...(channels === undefined ? {} : { channels }),
      augment,
      ...(text === undefined ? {} : { text }),
    },
    model: plainModel(config.model, task),
    stages: [...plainStages(config, task)],
    posthoc: { kind: 'none' },
  };
};

/** How many of a config's first stages are those of its baseline. */
export const sharedStages = (config: RebalanceConfig, task: Task): number => {
  if (config.input.tailAugment !== undefined) return 0;
  const plainNet = plainModel(config.model, task);
  if (JSON.stringify(plainNet) !== JSON.stringify(config.model)) return 0;
  const plain = plainStages(config, task);
  const differs = config.stages.findIndex(
    (stage, i) => JSON.stringify(stage) !== JSON.stringify(plain[i]),
  );
  return differs === -1 ? config.stages.length : differs;
};

/** Whether a config's stages are those of its baseline: what differs, if anything, comes after. */
export const hasPlainStages = (config: RebalanceConfig, task: Task): boolean =>
  sharedStages(config, task) === config.stages.length;

/** Whether a config is a plain baseline itself. */
export const isBaseline = (config: RebalanceConfig, task: Task): boolean =>
  hasPlainStages(config, task) && config.posthoc.kind === 'none';

const hash = (parts: readonly (string | Uint8Array)[]): string => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
};

/**
 * What decides the weights a training run ends with: dataset, split, classes, input, model, stages,
 * seed, backend and its versions. The baseline key is that of the plain config.
 */
export const trainingKey = (
  config: RebalanceConfig,
  data: TrainingData,
  backend: Pick<Backend, 'id' | 'versions'>,
): string =>
  hash([
    data.fingerprint,
    encodeSplit(data.split, data.samples),
    JSON.stringify([
      data.classNames,
      config.dataset.classes,
      data.input.shape,
      data.input.key ?? '',
      config.input.augment,
      config.input.text,
      ...(config.input.tailAugment === undefined ? [] : [config.input.tailAugment]),
      config.model,
      config.stages,
      config.seed,
      backend.id,
      Object.entries(backend.versions).sort(),
    ]),
  ]);

/** What a stage does that plain training does not, by the codes of its titles. */
const stageTitles = (stage: StageConfig, task: Task): readonly string[] => [
  ...(stage.loss.kind === plainLoss(task).kind ? [] : [stage.loss.kind]),
  ...(stage.trainable === 'all' ? [] : [stage.trainable]),
  ...(stage.classifier === undefined ? [] : [`head-${stage.classifier.kind}`]),
  ...(stage.sampler.kind === 'instance' ? [] : [stage.sampler.kind]),
  ...((stage.weights?.kind ?? 'none') === 'none' ? [] : [`weights-${stage.weights?.kind}`]),
  ...(stage.switchAt === undefined ? [] : ['deferred']),
  ...((stage.mixing?.kind ?? 'none') === 'none' ? [] : [stage.mixing?.kind ?? 'none']),
  ...(stage.hardExamples === undefined ? [] : ['hard-examples']),
];

/** What a model has that the baseline's has not, by the codes of its titles. */
const modelTitles = (model: ModelConfig, task: Task): readonly string[] => {
  if (model.kind === 'bbn') return ['bbn'];
  const { classifier, biasInit } = model;
  return [
    ...(classifier === undefined ? [] : [`head-${classifier.kind}`]),
    ...(biasInit === 'prior' && task === 'single-label' ? ['bias-init'] : []),
  ];
};

/** What a run is called: the parts of its recipe that are not plain. */
export const titleOf = (config: RebalanceConfig, task: Task = 'single-label'): string => {
  const parts = [
    ...modelTitles(config.model, task),
    ...config.stages.flatMap((stage) => stageTitles(stage, task)),
  ];
  if (config.input.tailAugment !== undefined) parts.push('tail-augment');
  if (config.posthoc.kind !== 'none') parts.push(config.posthoc.kind);
  if (parts.length === 0) return words('train/title-plain');
  return [...new Set(parts)].map((part) => words(`train/title-${part}`)).join(' + ');
};
