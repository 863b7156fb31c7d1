// The functional build of the library: the fluent one is 40 KB larger in every bundle.
import * as z from 'zod/mini';
import { lossSchema } from './losses';
import { mixingSchema } from './mixing';
import { samplerSchema } from './samplers';
import { weightSchema } from './weights';

const share = z.number().check(z.gt(0), z.lt(1));
const splitChoice = z.union([z.string(), share]);

export const optimizerSchema = z.strictObject({
  kind: z._default(z.literal('sgd'), 'sgd'),
  learningRate: z._default(z.number().check(z.gt(0)), 0.1),
  momentum: z._default(z.number().check(z.gte(0), z.lt(1)), 0.9),
  nesterov: z._default(z.boolean(), true),
  weightDecay: z._default(z.number().check(z.gte(0)), 2e-4),
  /** What decays: every kernel but those of projections, or of these only the backbone's. */
  decayOn: z.optional(z.enum(['kernels', 'backbone'])),
  schedule: z._default(z.enum(['constant', 'cosine', 'step']), 'cosine'),
  /** With `schedule: step`: epochs of the stage at which the rate is multiplied by `dropTo`. */
  dropAt: z.optional(z.array(z.int().check(z.gte(1)))),
  dropTo: z.optional(share),
  /** With `trainable: classifier-and-scale`: the classifier's rate as a share of the scales'. */
  classifierRate: z.optional(z.number().check(z.gt(0), z.lte(1))),
  warmupEpochs: z._default(z.number().check(z.gte(0)), 0),
  batchSize: z._default(z.int().check(z.gte(1), z.lte(4096)), 128),
});

const hiddenWidths = z.array(z.int().check(z.gte(1))).check(z.minLength(1));

/** What turns features into logits. */
export const classifierSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear'), bias: z.optional(z.boolean()) }),
  z.strictObject({
    kind: z.literal('cosine'),
    scale: z._default(z.number().check(z.gt(0), z.lte(1000)), 30),
  }),
  z.strictObject({ kind: z.literal('mlp'), hidden: z._default(hiddenWidths, [256]) }),
]);

// Keys that few recipes use are optional rather than defaulted, so that files stay short.
export const stageSchema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  epochs: z.int().check(z.gte(1), z.lte(10000)),
  trainable: z._default(z.enum(['all', 'classifier', 'scale', 'classifier-and-scale']), 'all'),
  init: z._default(z.enum(['keep', 'again']), 'keep'),
  /** A new classifier in place of the one so far; its weights are fresh. */
  classifier: z.optional(classifierSchema),
  /** With `trainable: scale`: the bias is kept and scaled along. */
  scaleBias: z.optional(z.boolean()),
  /** `update`: batch-norm statistics are taken anew with the stage's sampler before it begins. */
  batchNorm: z.optional(z.enum(['keep', 'update'])),
  sampler: z._default(samplerSchema, { kind: 'instance' }),
  loss: z._default(lossSchema, { kind: 'cross-entropy' }),
  weights: z.optional(weightSchema),
  mixing: z.optional(mixingSchema),
  /** Epoch of the stage, from 0, at which its weights and sampler come into force. */
  switchAt: z.optional(z.int().check(z.gte(0))),
  /** Only the share of each batch with the largest losses is trained on. */
  hardExamples: z.optional(
    z.strictObject({ share: z._default(z.number().check(z.gt(0), z.lte(1)), 0.7) }),
  ),
  optimizer: z.prefault(optimizerSchema, {}),
});

const width = z._default(z.int().check(z.gte(4), z.lte(256)), 16);
/** Share of the old running statistics that batch norm keeps at a step; 0.9 where not given. */
const normMomentum = z.optional(z.number().check(z.gte(0), z.lt(1)));

/** Keys of every model: its classifier, linear where none is named, and where its bias starts. */
const head = {
  classifier: z.optional(classifierSchema),
  /** `prior`: log of the class shares; for sigmoid losses the log-odds of each label. */
  biasInit: z.optional(z.enum(['zero', 'prior'])),
};

export const modelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resnet-8'), width, normMomentum, ...head }),
  z.strictObject({ kind: z.literal('resnet-20'), width, normMomentum, ...head }),
  z.strictObject({ kind: z.literal('resnet-32'), width, normMomentum, ...head }),
  z.strictObject({ kind: z.literal('small-cnn'), width, ...head }),
  z.strictObject({ kind: z.literal('mlp'), hidden: z._default(hiddenWidths, [256]), ...head }),
  z.strictObject({ kind: z.literal('linear'), ...head }),
  z.strictObject({
    kind: z.literal('bbn'),
    /** The net whose last stage the two branches do not share. */
    backbone: z._default(z.enum(['resnet-8', 'resnet-20', 'resnet-32']), 'resnet-8'),
    width,
    /** How the conventional branch's share falls over the epochs. */
    adaptor: z._default(
      z.enum([
        'parabolic-decay',
        'linear-decay',
        'cosine-decay',
        'parabolic-increment',
        'fixed',
        'separate-stage',
      ]),
      'parabolic-decay',
    ),
  }),
  z.strictObject({
    kind: z.literal('pretrained'),
    net: z._default(
      z.enum(['efficientnet-lite0', 'resnet18', 'resnet34', 'resnet50', 'mobilenet_v2', 'tfjs']),
      'efficientnet-lite0',
    ),
    /**
     * A PyTorch state dict of the net, or the model.json of a TensorFlow.js model, by path relative
     * to the config; only the first net has its own.
     */
    weights: z.optional(z.string().check(z.minLength(1))),
    /** Of a TensorFlow.js model: where features are taken; its last pooling layer where none. */
    layer: z.optional(z.string().check(z.minLength(1))),
    /** Of a TensorFlow.js model: the numbers it wants for bytes. */
    scale: z.optional(z.enum(['0..255', '0..1', '-1..1', 'imagenet'])),
    /** Features of another backbone, made by an exported script, by path. */
    features: z.optional(z.string().check(z.minLength(1))),
    ...head,
  }),
]);

const tau = z.number().check(z.gte(0), z.lte(4));
const tauChoice = z._default(z.union([tau, z.literal('auto')]), 1);

export const posthocSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('logit-adjustment'),
    tau: tauChoice,
  }),
  /** Rows of the classifier divided by their norm to the power tau, without bias. */
  z.strictObject({ kind: z.literal('tau-norm'), tau: tauChoice }),
  z.strictObject({
    kind: z.literal('nearest-mean'),
    variant: z._default(
      z.enum(['cosine', 'l2', 'un-l2', 'un-cos', 'l2n-l2', 'l2n-cos', 'cl2n-l2', 'cl2n-cos']),
      'cosine',
    ),
  }),
  /** One threshold for two classes, one a label for several, chosen on validation; or as given. */
  z.strictObject({
    kind: z.literal('thresholds'),
    /**
     * Thresholds by class, given instead of chosen: the class of the largest p / t is predicted, and
     * with several labels an item each label from its own on. One half for a class not named; of two
     * classes the other has the rest to 1.
     */
    at: z.optional(z.record(z.string(), z.number().check(z.gt(0), z.lte(1)))),
    metric: z._default(z.enum(['f1', 'balanced-accuracy', 'g-mean', 'recall', 'cost']), 'f1'),
    /** With `metric: cost`: what a miss and a false alarm cost. */
    costs: z.optional(
      z.strictObject({
        falseNegative: z.number().check(z.gt(0)),
        falsePositive: z.number().check(z.gt(0)),
      }),
    ),
    /** Thresholds whose precision on validation is below this are left out. */
    precisionFloor: z.optional(share),
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
  kind: z._default(z.enum(['image', 'tabular', 'text']), 'image'),
  /** Height and width the network sees; larger pictures are resized (short side) and centre-cropped. */
  size: z.optional(z.tuple([side, side])),
  channels: z.optional(z.union([z.literal(1), z.literal(3)])),
  augment: z._default(z.array(z.enum(['crop', 'flip'])), []),
  /**
   * Rare classes are shown in more variants: class j gets min(most, (n_max / n_j)^strength) times
   * the copies, each augmented anew.
   */
  tailAugment: z.optional(
    z.strictObject({
      strength: z._default(z.number().check(z.gte(0), z.lte(1)), 0.5),
      most: z._default(z.number().check(z.gte(1), z.lte(100)), 10),
    }),
  ),
  /** Text: word sequences up to this length, hashed into so many features. */
  text: z.optional(
    z.strictObject({
      column: z.optional(z.string()),
      ngrams: z._default(z.int().check(z.gte(1), z.lte(3)), 2),
      features: z._default(z.int().check(z.gte(256), z.lte(262144)), 16384),
    }),
  ),
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
    splitLists: z.optional(z.string().check(z.minLength(1))),
    delimiter: z.optional(z.string()),
    depth: z.optional(z.int().check(z.minimum(1))),
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
export type WeightsConfig = NonNullable<StageConfig['weights']>;
export type MixingConfig = NonNullable<StageConfig['mixing']>;
export type ClassifierConfig = z.infer<typeof classifierSchema>;
export type LossConfig = StageConfig['loss'];
export type OptimizerConfig = StageConfig['optimizer'];
export type ModelConfig = RebalanceConfig['model'];
export type PosthocConfig = RebalanceConfig['posthoc'];
