import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lossTraits } from '../../src/config/losses';
import { presets } from '../../src/config/presets';
import {
  configSchema,
  modelSchema,
  stageSchema,
  type RebalanceConfig,
  type StageConfig,
} from '../../src/config/schema';
import type { BackendId } from '../../src/trainer/backend/types';
import { isConvolutional } from '../../src/trainer/models';
import { expressibleMethods } from '../support/expressible';

/** Folders with the small problems that methods are tried on. */
export interface Problems {
  /** Pictures of three classes. */
  readonly pictures: string;
  /** A table with numbers, words and holes. */
  readonly table: string;
  /** Rows with none to four labels. */
  readonly labels: string;
  readonly texts: string;
}

/** A training that covers one method or several, one a stage. */
export interface CoveringRun {
  /** Its methods, or why it cannot be tried. */
  readonly name: string;
  readonly skipped: boolean;
  readonly config: RebalanceConfig;
}

interface CoveringStages {
  readonly name: string;
  readonly stages: readonly StageConfig[];
}

const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const weightsPath = join(cache, 'longtail', 'pretrained', 'efficientnet-lite0.ltw');

/** Settings without a default. */
const required: Readonly<Record<string, object>> = { 'sampler:power': { q: 0.5 } };

/** Every method of a family that the schema knows, with its settings. */
const methodsOf = (family: string): readonly (object & { readonly kind: string })[] =>
  [...expressibleMethods()]
    .filter((method) => method.startsWith(`${family}:`))
    .map((method) => ({ kind: method.slice(family.length + 1), ...required[method] }));

/** A short stage with a method in it. Two epochs where something changes from one to the next. */
const stageWith = (name: string, own: object): StageConfig =>
  stageSchema.parse({
    ...{ name, epochs: 1, optimizer: { learningRate: 0.02, batchSize: 48 } },
    ...own,
  });

const takesSeveral = (loss: { readonly kind: string }): boolean =>
  lossTraits(stageWith('s', { loss }).loss).multi !== null;

/** Losses that ask for a classifier. */
const classifierFor = (kind: string): object =>
  kind === 'ldam' ? { classifier: { kind: 'cosine' } } : {};

/** One stage a method of one label an item that trains the whole network. */
const wholeStages = (): readonly StageConfig[] => [
  ...methodsOf('sampler').map((sampler) =>
    stageWith(sampler.kind, { sampler, epochs: sampler.kind === 'progressive' ? 2 : 1 }),
  ),
  ...methodsOf('loss')
    .filter((loss) => !takesSeveral(loss))
    .map((loss) => stageWith(loss.kind, { loss, ...classifierFor(loss.kind) })),
  ...methodsOf('weights').map((weights) => stageWith(`weights ${weights.kind}`, { weights })),
  ...methodsOf('mixing').map((mixing) => stageWith(`mixing ${mixing.kind}`, { mixing })),
  stageWith('hard examples', { hardExamples: {} }),
  stageWith('deferred weights', { weights: { kind: 'inverse' }, switchAt: 1, epochs: 2 }),
  stageWith('deferred sampler', { sampler: { kind: 'class-balanced' }, switchAt: 1, epochs: 2 }),
];

/** One stage a kind of stage and of classifier, each after the one before. */
const headStages = (): readonly StageConfig[] => [
  ...methodsOf('trainable').map(({ kind: trainable }) =>
    stageWith(`trainable ${trainable}`, { trainable, sampler: { kind: 'class-balanced' } }),
  ),
  ...methodsOf('head').map((classifier) =>
    stageWith(`classifier ${classifier.kind}`, { trainable: 'classifier', classifier }),
  ),
  stageWith('classifier again', {
    ...{ trainable: 'classifier', init: 'again', batchNorm: 'update' },
  }),
];

/** One stage a loss of several labels an item, and the sampler that minds them all. */
const multiLabelStages = (): readonly StageConfig[] => [
  ...methodsOf('loss')
    .filter(takesSeveral)
    .map((loss) => stageWith(loss.kind, { loss })),
  stageWith('repeat', { loss: { kind: 'sigmoid' }, sampler: { kind: 'repeat-factor' } }),
];

/** A config takes eight stages at most, and the first trains the whole network. */
const groupSize = 7;
const inGroups = (stages: readonly StageConfig[], first: object): readonly CoveringStages[] =>
  Array.from({ length: Math.ceil(stages.length / groupSize) }, (_, i) => {
    const own = stages.slice(i * groupSize, (i + 1) * groupSize);
    return {
      name: own.map(({ name }) => name).join(', '),
      stages: [stageWith('train', first), ...own],
    };
  });

/** Every kind of model, as small as it may be. */
const models = (): readonly RebalanceConfig['model'][] =>
  modelSchema._zod.def.options.map((option) => {
    const [kind] = option.shape.kind._zod.def.values;
    const narrow = 'width' in option.shape ? { width: 4 } : {};
    return modelSchema.parse({ kind, ...narrow });
  });

/**
 * Trainings that together go through every listed method: samplers, losses, weights, mixing, kinds
 * of stages and classifiers, presets, models, corrections and inputs. A new row of a table is in
 * them because it is listed.
 */
export const coveringRuns = (
  backend: BackendId,
  { pictures, table, labels, texts }: Problems,
): readonly CoveringRun[] => {
  const small = backend === 'cpu' ? { kind: 'mlp', hidden: [8] } : { kind: 'resnet-8', width: 4 };
  const parse = (root: string, own: object): RebalanceConfig =>
    configSchema.parse({
      ...{ version: 1, seed: 5, backend, dataset: { root }, model: small },
      ...{ input: { augment: ['crop', 'flip'] }, stages: [stageWith('train', {})] },
      ...own,
    });
  const runs: { readonly name: string; readonly config: RebalanceConfig }[] = [
    ...inGroups(wholeStages(), {}),
    ...inGroups(headStages(), {}),
  ].map(({ name, stages }) => ({ name, config: parse(pictures, { stages }) }));
  const corrections = methodsOf('posthoc').filter(({ kind }) => kind !== 'thresholds');
  const posthoc = (i: number): object => {
    const { kind } = corrections[i % corrections.length] ?? { kind: 'none' };
    const chosen = kind === 'logit-adjustment' || kind === 'tau-norm' ? { tau: 'auto' } : {};
    return { kind, ...chosen };
  };
  models().forEach((model, i) => {
    // A large frozen network, on pictures as small as it takes them.
    const input = model.kind === 'pretrained' ? { input: { size: [32, 32] } } : {};
    const config = parse(pictures, { model, posthoc: posthoc(i), ...input });
    runs.push({ name: model.kind, config });
  });
  const plain = parse(pictures, { stages: [stageWith('train', { epochs: 3 })] });
  for (const preset of presets)
    runs.push({
      name: `preset ${preset.id}`,
      config: preset.apply(plain, { classes: 3, ratio: 9 }),
    });
  const tailAugment = { strength: 0.5 };
  const copies = { input: { augment: ['crop', 'flip'], tailAugment } };
  runs.push({ name: 'copies of rare classes', config: parse(pictures, copies) });
  const mlp = { kind: 'mlp', hidden: [8] };
  const rows = { model: mlp, input: { kind: 'tabular' } };
  runs.push({ name: 'a table', config: parse(table, rows) });
  for (const { name, stages } of inGroups(multiLabelStages(), { loss: { kind: 'sigmoid' } }))
    runs.push({
      name: `several labels: ${name}`,
      config: parse(labels, { ...rows, stages, posthoc: { kind: 'thresholds' } }),
    });
  const words = { kind: 'text', text: { features: 512 } };
  runs.push({ name: 'texts', config: parse(texts, { input: words, model: { kind: 'linear' } }) });
  return runs.flatMap(({ name, config }) => {
    const pretrained = config.model.kind === 'pretrained';
    if (backend === 'cpu' && (pretrained || isConvolutional(config.model))) return [];
    const skipped = pretrained && !existsSync(weightsPath);
    return [{ name: skipped ? `skipped: ${weightsPath} is missing` : name, config, skipped }];
  });
};
