import { factsOf, mirrorUnsafe, type DatasetFacts } from './facts';
import { configSchema, type ModelConfig, type RebalanceConfig, type StageConfig } from './schema';
import type { ClassChoice } from '../dataset/classView';
import type { FormatOptions, Task } from '../dataset/types';
import type { Bands, LongTailProfile } from '../profile/types';

export interface PlainOptions {
  /** `dataset.root` as the file will write it: relative to the file, or absolute. */
  readonly root: string;
  /** Height and width of the pictures, where one was looked at. */
  readonly imageSize?: readonly [number, number];
  /** Channels of the pictures: 1 grey, 3 colour. */
  readonly channels?: 1 | 3;
  /** What the user named for the scan, to be named again by the trainer. */
  readonly named?: FormatOptions;
  /** Where the profile leaves out or merges classes: how. */
  readonly classes?: ClassChoice;
  /** Bands that were set by hand. */
  readonly bands?: Bands['thresholds'];
}

/** Steps aimed at: a few minutes on two cores, and an order below the published 15 to 30 thousand. */
const targetSteps = { image: 1600, tabular: 3000, text: 1500 };
/** Pictures with a side up to this are used as they are; larger ones shrink to `reducedSide`. */
const largestSide = 96;
const reducedSide = 64;

/** Batch 128 where the data allow ten batches an epoch, a smaller power of two otherwise, at least 8. */
const batchSizeFor = (samples: number): number =>
  2 ** Math.min(7, Math.max(3, Math.floor(Math.log2(Math.max(1, samples / 10)))));

const trainSamples = (facts: DatasetFacts): number =>
  facts.classes.reduce((sum, { count }) => sum + count, 0);

/** Learning rates at batch 128, scaled in proportion to the batch. */
const rateAt128 = { image: 0.1, tabular: 0.05, text: 0.5 };

/** What a dataset's samples are read as. */
const inputKind = ({ modality }: DatasetFacts): 'image' | 'tabular' | 'text' =>
  modality === 'image' || modality === 'text' ? modality : 'tabular';

/** The loss that corrects nothing: binary where an item may have several labels. */
export const plainLoss = (task: Task): StageConfig['loss'] =>
  task === 'multi-label' ? { kind: 'sigmoid' } : { kind: 'cross-entropy' };

const plainStage = (facts: DatasetFacts, heldOut: number): Partial<StageConfig> => {
  const kind = inputKind(facts);
  const samples = Math.max(1, Math.round(trainSamples(facts) * (1 - heldOut)));
  const batchSize = batchSizeFor(samples);
  const stepsPerEpoch = Math.ceil(samples / batchSize);
  const epochs = Math.min(60, Math.max(2, Math.round(targetSteps[kind] / stepsPerEpoch)));
  const rate = rateAt128[kind] * (batchSize / 128);
  return {
    name: 'train',
    epochs,
    loss: plainLoss(facts.task),
    optimizer: {
      kind: 'sgd',
      learningRate: Number(rate.toPrecision(3)),
      momentum: 0.9,
      nesterov: true,
      weightDecay: 2e-4,
      schedule: 'cosine',
      warmupEpochs: epochs >= 10 ? 1 : 0,
      batchSize,
    },
  };
};

/** Crop keeps the class of any picture; flip only of colour photos whose classes have no side. */
const augmentFor = (
  facts: DatasetFacts,
  channels: 1 | 3 | undefined,
): RebalanceConfig['input']['augment'] => {
  if (facts.modality !== 'image') return [];
  const unsafe = mirrorUnsafe(facts.classes.map(({ name }) => name));
  return channels === 3 && unsafe.length === 0 ? ['crop', 'flip'] : ['crop'];
};

/** What the plain recipe makes of pictures of a size: small ones stay, larger ones shrink. */
export const plainConfigSize = (size: readonly [number, number]): [number, number] =>
  Math.max(...size) <= largestSide
    ? [Math.max(4, size[0]), Math.max(4, size[1])]
    : [reducedSide, reducedSide];

/**
 * The plain baseline recipe for a dataset: model by modality, epochs and batch sized for about the
 * same number of steps whatever the dataset, label-safe augmentation, plain cross-entropy with
 * instance sampling. Missing validation and test splits become shares of the training split.
 */
export const plainConfig = (profile: LongTailProfile, options: PlainOptions): RebalanceConfig => {
  const facts = factsOf(profile);
  // Without a training split everything is training data, so nothing else may be used twice.
  const has = (name: string): boolean =>
    profile.profiledSplit !== 'all' && facts.splits.includes(name);
  const validation = has('validation') ? 'validation' : 0.1;
  const test = has('test') ? 'test' : 0.2;
  const heldOut = (validation === 0.1 ? 0.1 : 0) + (test === 0.2 ? 0.2 : 0);
  const kind = inputKind(facts);
  const image = kind === 'image';
  const { imageSize, channels, root, named, classes, bands } = options;
  // At even odds the many absent labels outweigh everything else at first.
  const bias = facts.task === 'multi-label' ? { biasInit: 'prior' } : {};
  return configSchema.parse({
    version: 1,
    dataset: {
      root,
      ...named,
      format: profile.dataset.format,
      splits: { train: profile.profiledSplit, validation, test },
      ...(classes === undefined ? {} : { classes }),
    },
    ...(bands === undefined ? {} : { bands }),
    input: {
      kind,
      ...(image && imageSize !== undefined ? { size: plainConfigSize(imageSize) } : {}),
      ...(image && channels !== undefined ? { channels } : {}),
      augment: augmentFor(facts, channels),
    },
    model: { kind: { image: 'resnet-8', tabular: 'mlp', text: 'linear' }[kind], ...bias },
    stages: [plainStage(facts, heldOut)],
  });
};

/**
 * The model of the baseline: one branch and a linear classifier, whose bias starts at zero where
 * items have one label. With several, a start at even odds is nobody's plain training.
 */
export const plainModel = (model: ModelConfig, task: Task = 'single-label'): ModelConfig => {
  if (model.kind === 'bbn') return { kind: model.backbone, width: model.width };
  const plain = { ...model };
  delete plain.classifier;
  if (task === 'single-label') delete plain.biasInit;
  return plain;
};

/**
 * The stages of the baseline a config is compared with: the same stages, epochs and optimizers with
 * plain cross-entropy (binary where items may have several labels) and instance sampling, and
 * nothing weighted, mixed or picked.
 */
export const plainStages = (
  config: RebalanceConfig,
  task: Task = 'single-label',
): readonly StageConfig[] =>
  config.stages.map(({ name, epochs, trainable, init, scaleBias, optimizer }) => ({
    name,
    epochs,
    trainable,
    init,
    ...(scaleBias === undefined ? {} : { scaleBias }),
    sampler: { kind: 'instance' },
    loss: plainLoss(task),
    optimizer,
  }));
