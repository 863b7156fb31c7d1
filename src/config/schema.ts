// The functional build of the library: the fluent one is 40 KB larger in every bundle.
import * as z from 'zod/mini';
import { lossSchema } from './losses';
import { samplerSchema } from './samplers';

const share = z.number().check(z.gt(0), z.lt(1));
const splitChoice = z.union([z.string(), share]);

export const optimizerSchema = z.strictObject({
  kind: z._default(z.literal('sgd'), 'sgd'),
  learningRate: z._default(z.number().check(z.gt(0)), 0.1),
  momentum: z._default(z.number().check(z.gte(0), z.lt(1)), 0.9),
  nesterov: z._default(z.boolean(), true),
  weightDecay: z._default(z.number().check(z.gte(0)), 2e-4),
  schedule: z._default(z.enum(['constant', 'cosine']), 'cosine'),
  warmupEpochs: z._default(z.number().check(z.gte(0)), 0),
  batchSize: z._default(z.int().check(z.gte(1), z.lte(4096)), 128),
});

export const stageSchema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  epochs: z.int().check(z.gte(1), z.lte(10000)),
  trainable: z._default(z.enum(['all', 'classifier']), 'all'),
  init: z._default(z.enum(['keep', 'again']), 'keep'),
  sampler: z._default(samplerSchema, { kind: 'instance' }),
  loss: z._default(lossSchema, { kind: 'cross-entropy' }),
  optimizer: z.prefault(optimizerSchema, {}),
});

const hiddenWidths = z.array(z.int().check(z.gte(1))).check(z.minLength(1));

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('resnet-8'),
    width: z._default(z.int().check(z.gte(4), z.lte(256)), 16),
  }),
  z.strictObject({ kind: z.literal('mlp'), hidden: z._default(hiddenWidths, [256]) }),
  z.strictObject({ kind: z.literal('linear') }),
]);

const tau = z.number().check(z.gte(0), z.lte(4));

export const posthocSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('logit-adjustment'),
    tau: z._default(z.union([tau, z.literal('auto')]), 1),
  }),
]);

const splitsSchema = z.strictObject({
  train: z._default(z.string(), 'train'),
  validation: z._default(z.union([splitChoice, z.literal('none')]), 0.1),
  test: z._default(splitChoice, 'test'),
});

const classesSchema = z.strictObject({
  ignore: z._default(z.array(z.string()), []),
  merge: z._default(z.record(z.string(), z.array(z.string())), {}),
});

const bandsSchema = z.union([
  z.enum(['auto', 'count', 'rank', 'lvis']),
  z.strictObject({
    manyAbove: z.number().check(z.gte(0)),
    fewBelow: z.number().check(z.gte(0)),
  }),
]);

const priorSchema = z.union([
  z.enum(['uniform', 'as-trained']),
  z.record(z.string(), z.number().check(z.gte(0))),
]);

const goalSchema = z.strictObject({
  prior: z._default(priorSchema, 'uniform'),
  metric: z._default(z.enum(['balanced-accuracy', 'accuracy', 'macro-f1']), 'balanced-accuracy'),
});

const side = z.int().check(z.gte(4), z.lte(1024));

const inputSchema = z.strictObject({
  kind: z._default(z.enum(['image', 'tabular']), 'image'),
  /** Height and width the network sees; larger pictures are resized (short side) and centre-cropped. */
  size: z.optional(z.tuple([side, side])),
  channels: z.optional(z.union([z.literal(1), z.literal(3)])),
  augment: z._default(z.array(z.enum(['crop', 'flip'])), []),
});

export const configSchema = z.strictObject({
  version: z.literal(1),
  seed: z._default(z.int().check(z.gte(0), z.lte(0xffffffff)), 0),
  dataset: z.strictObject({
    root: z.string().check(z.minLength(1)),
    format: z.optional(z.string()),
    labelColumn: z.optional(z.string()),
    pathColumn: z.optional(z.string()),
    splitColumn: z.optional(z.string()),
    splits: z.prefault(splitsSchema, {}),
    classes: z.prefault(classesSchema, {}),
  }),
  bands: z._default(bandsSchema, 'auto'),
  goal: z.prefault(goalSchema, {}),
  input: z.prefault(inputSchema, {}),
  model: modelSchema,
  stages: z.array(stageSchema).check(z.minLength(1), z.maxLength(8)),
  posthoc: z._default(posthocSchema, { kind: 'none' }),
  backend: z._default(z.enum(['auto', 'native', 'wasm', 'cpu']), 'auto'),
});

/** `longtail.yaml` after parsing: every default filled in. */
export type RebalanceConfig = z.infer<typeof configSchema>;
export type StageConfig = RebalanceConfig['stages'][number];
export type SamplerConfig = StageConfig['sampler'];
export type LossConfig = StageConfig['loss'];
export type OptimizerConfig = StageConfig['optimizer'];
export type ModelConfig = RebalanceConfig['model'];
export type PosthocConfig = RebalanceConfig['posthoc'];
