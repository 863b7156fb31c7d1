import * as z from 'zod';

const share = z.number().gt(0).lt(1);
const splitChoice = z.union([z.string(), share]);

export const samplerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instance') }),
  z.strictObject({ kind: z.literal('square-root') }),
  z.strictObject({ kind: z.literal('class-balanced') }),
  z.strictObject({ kind: z.literal('power'), q: z.number().min(-2).max(2) }),
]);

export const lossSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cross-entropy') }),
  z.strictObject({ kind: z.literal('logit-adjusted'), tau: z.number().min(0).max(4).default(1) }),
]);

export const optimizerSchema = z.strictObject({
  kind: z.literal('sgd').default('sgd'),
  learningRate: z.number().gt(0).default(0.1),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(true),
  weightDecay: z.number().min(0).default(2e-4),
  schedule: z.enum(['constant', 'cosine']).default('cosine'),
  warmupEpochs: z.number().min(0).default(0),
  batchSize: z.int().min(1).max(4096).default(128),
});

export const stageSchema = z.strictObject({
  name: z.string().min(1),
  epochs: z.int().min(1).max(10000),
  trainable: z.enum(['all', 'classifier']).default('all'),
  init: z.enum(['keep', 'again']).default('keep'),
  sampler: samplerSchema.default({ kind: 'instance' }),
  loss: lossSchema.default({ kind: 'cross-entropy' }),
  optimizer: optimizerSchema.prefault({}),
});

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resnet-8'), width: z.int().min(4).max(256).default(16) }),
  z.strictObject({ kind: z.literal('mlp'), hidden: z.array(z.int().min(1)).min(1).default([256]) }),
  z.strictObject({ kind: z.literal('linear') }),
]);

export const posthocSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('logit-adjustment'),
    tau: z.union([z.number().min(0).max(4), z.literal('auto')]).default(1),
  }),
]);

export const configSchema = z.strictObject({
  version: z.literal(1),
  seed: z.int().min(0).max(0xffffffff).default(0),
  dataset: z.strictObject({
    root: z.string().min(1),
    format: z.string().optional(),
    labelColumn: z.string().optional(),
    pathColumn: z.string().optional(),
    splitColumn: z.string().optional(),
    splits: z
      .strictObject({
        train: z.string().default('train'),
        validation: z.union([splitChoice, z.literal('none')]).default(0.1),
        test: splitChoice.default('test'),
      })
      .prefault({}),
    classes: z
      .strictObject({
        ignore: z.array(z.string()).default([]),
        merge: z.record(z.string(), z.array(z.string())).default({}),
      })
      .prefault({}),
  }),
  bands: z
    .union([
      z.enum(['auto', 'count', 'rank', 'lvis']),
      z.strictObject({ manyAbove: z.number().min(0), fewBelow: z.number().min(0) }),
    ])
    .default('auto'),
  goal: z
    .strictObject({
      prior: z
        .union([z.enum(['uniform', 'as-trained']), z.record(z.string(), z.number().min(0))])
        .default('uniform'),
      metric: z.enum(['balanced-accuracy', 'accuracy', 'macro-f1']).default('balanced-accuracy'),
    })
    .prefault({}),
  input: z
    .strictObject({
      kind: z.enum(['image', 'tabular']).default('image'),
      /** Height and width the network sees; larger pictures are resized (short side) and centre-cropped. */
      size: z.tuple([z.int().min(4).max(1024), z.int().min(4).max(1024)]).optional(),
      channels: z.union([z.literal(1), z.literal(3)]).optional(),
      augment: z.array(z.enum(['crop', 'flip'])).default([]),
    })
    .prefault({}),
  model: modelSchema,
  stages: z.array(stageSchema).min(1).max(8),
  posthoc: posthocSchema.default({ kind: 'none' }),
  backend: z.enum(['auto', 'native', 'wasm', 'cpu']).default('auto'),
});

/** `longtail.yaml` after parsing: every default filled in. */
export type RebalanceConfig = z.infer<typeof configSchema>;
export type StageConfig = RebalanceConfig['stages'][number];
export type SamplerConfig = StageConfig['sampler'];
export type LossConfig = StageConfig['loss'];
export type OptimizerConfig = StageConfig['optimizer'];
export type ModelConfig = RebalanceConfig['model'];
export type PosthocConfig = RebalanceConfig['posthoc'];
