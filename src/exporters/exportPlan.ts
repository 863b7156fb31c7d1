import { LongtailError } from '../common/errors';
import { lossTraits } from '../config/losses';
import { classifierAfter } from '../config/plan';
import { samplerTraits } from '../config/samplers';
import { repeatThreshold } from '../config/samplers/repeatFactor';
import type { LossConfig, RebalanceConfig, StageConfig } from '../config/schema';
import { weightTraits } from '../config/weights';
import type { DatasetIndex } from '../dataset/types';
import { labelAwareFactors, logitChange } from '../methods/losses';
import { map, shares, sum } from '../methods/numbers';
import { classPrior, effectivePrior, finiteOffsets } from '../methods/priors';
import { ldamMargins } from '../methods/weights';
import type { LongTailProfile } from '../profile/types';
import { itemsOf } from './items';
import type {
  ExportClass,
  ExportJob,
  ExportLoss,
  ExportOrigin,
  ExportSampler,
  ExportStage,
} from './types';

/** The split a config trains on: the named one where the dataset has it, else the profiled one. */
const trainSplit = (config: RebalanceConfig, profile: LongTailProfile): string =>
  Object.hasOwn(profile.splits, config.dataset.splits.train)
    ? config.dataset.splits.train
    : profile.profiledSplit;

const countsOf = (profile: LongTailProfile, split: string): readonly ExportClass[] =>
  profile.classes.map(({ name, count, splits }, i) => {
    const own = splits[split] ?? (split === 'all' ? count : 0);
    return { name, count: own, images: profile.objects?.classes[i]?.images ?? own };
  });

const originOf = (profile: LongTailProfile, split: string): ExportOrigin => {
  const { root, format, task, modality, fingerprint } = profile.dataset;
  return {
    dataset: root.split(/[/\\]/).findLast((part) => part !== '') ?? root,
    root,
    format,
    task,
    modality,
    split,
    fingerprint,
    items: profile.objects?.images ?? profile.splits[split]?.samples ?? profile.samples,
  };
};

const samplerOf = (
  { sampler, epochs, switchAt = 0 }: StageConfig,
  classes: readonly ExportClass[],
  items: number,
): ExportSampler => {
  // What is drawn are images: with objects their counts are those of images.
  const counts = classes.map(({ images }) => images);
  const traits = samplerTraits(sampler);
  const { draw } = traits;
  const sizes = draw.kind === 'resample' ? Float64Array.from(draw.sizes(counts)) : null;
  const repeats = draw.kind === 'repeat' ? draw.repeats(counts, items) : null;
  const oneLabel = sum(counts) === items;
  return {
    kind: sampler.kind,
    draw: draw.kind,
    power: traits.power,
    shares: traits.probabilities(counts, Math.max(1, epochs - switchAt)),
    changes: draw.kind === 'class-first' && draw.at !== undefined,
    draws:
      sizes !== null
        ? sum(sizes)
        : repeats === null
          ? items
          : oneLabel
            ? Math.round(sum(map(counts, (n, j) => n * (repeats[j] ?? 1))))
            : null,
    perClass: draw.kind === 'class-cycle' ? draw.perClass : null,
    sizes,
    repeats,
    threshold:
      sampler.kind === 'repeat-factor'
        ? repeatThreshold(
            sampler.threshold,
            map(counts, (n) => n / Math.max(1, items)),
          )
        : null,
  };
};

const smoothingOf = (config: LossConfig, counts: readonly number[]): Float64Array | null => {
  if (config.kind === 'label-smoothing') return map(counts, () => config.epsilon);
  return config.kind === 'label-aware-smoothing'
    ? labelAwareFactors(counts, config.head, config.tail, config.shape)
    : null;
};

const anyOf = (values: Float64Array, plain: number): Float64Array | null =>
  values.some((value) => value !== plain) ? values : null;

const lossOf = (config: LossConfig, counts: readonly number[]): ExportLoss => {
  const change = logitChange(config.kind, counts, {
    ...('tau' in config ? { tau: config.tau } : {}),
    ...('gamma' in config ? { gamma: config.gamma } : {}),
  });
  return {
    config,
    tau: lossTraits(config).adjustedTau,
    offsets: anyOf(finiteOffsets(change.offsets), 0),
    temperatures: anyOf(change.temperatures, 1),
    margins: config.kind === 'ldam' ? ldamMargins(counts, config.maxMargin) : null,
    smoothing: smoothingOf(config, counts),
    focus: config.kind === 'focal' ? config.gamma : 0,
  };
};

const stageOf = (
  config: RebalanceConfig,
  index: number,
  { classes, items }: { readonly classes: readonly ExportClass[]; readonly items: number },
): ExportStage | null => {
  const stage = config.stages[index];
  if (stage === undefined) return null;
  const counts = classes.map(({ count }) => count);
  const weighting = weightTraits(stage.weights);
  const classifier = classifierAfter(config, index + 1);
  return {
    name: stage.name,
    epochs: stage.epochs,
    switchAt: stage.switchAt ?? 0,
    config: stage,
    sampler: samplerOf(stage, classes, items),
    weights: {
      kind: stage.weights?.kind ?? 'none',
      values: weighting.weights(counts),
      reduction: weighting.reduction,
    },
    loss: lossOf(stage.loss, counts),
    cosineScale: classifier?.kind === 'cosine' ? classifier.scale : null,
  };
};

/** The prior the last stage's softmax carries: a correction afterwards divides by it. */
const trainedPriorOf = (
  { sampler, weights, loss, switchAt, epochs }: ExportStage,
  counts: readonly number[],
): Float64Array =>
  effectivePrior(counts, {
    adjustedTau: loss.tau,
    // A stage that ends before its switch never drew or weighed otherwise than plainly.
    ...(switchAt < epochs
      ? {
          samplingProbabilities: sampler.shares,
          ...(weights.values === null ? {} : { classWeights: weights.values }),
        }
      : {}),
  });

/** The class shares the model will meet. */
const targetPriorOf = (
  { goal }: RebalanceConfig,
  classes: readonly ExportClass[],
  prior: Float64Array,
): Float64Array => {
  const { prior: target } = goal;
  if (target === 'as-trained') return prior;
  return shares(
    Float64Array.from(classes, ({ name }) => (target === 'uniform' ? 1 : (target[name] ?? 0))),
  );
};

export interface ExportQuestion {
  readonly config: RebalanceConfig;
  /** Of the config's dataset, with its classes left out and merged as the config says. */
  readonly profile: LongTailProfile;
  readonly index: DatasetIndex | null;
}

/**
 * Works out once, in float64 and by `methods`, what any exporter may write: counts by class name,
 * and for each stage its sampler, class weights and loss. Counts are of the training split before
 * any hold-out. Throws `exporters/too-few-classes` where nothing can be balanced.
 */
export const exportPlan = ({ config, profile, index }: ExportQuestion): ExportJob => {
  const split = trainSplit(config, profile);
  const origin = originOf(profile, split);
  const classes = countsOf(profile, split);
  const present = classes.filter(({ count }) => count > 0).length;
  if (present < 2) throw new LongtailError('exporters/too-few-classes', { classes: present });
  const stages = config.stages.flatMap(
    (_, i) => stageOf(config, i, { classes, items: origin.items }) ?? [],
  );
  const stage = stages.at(-1);
  if (stage === undefined) throw new LongtailError('common/unexpected', { detail: 'stages' });
  const counts = classes.map(({ count }) => count);
  const prior = classPrior(counts);
  return {
    config,
    origin,
    classes,
    prior,
    stages,
    stage,
    trainedPrior: trainedPriorOf(stage, counts),
    targetPrior: targetPriorOf(config, classes, prior),
    items: index === null ? null : itemsOf(index, config.dataset.classes, split),
  };
};
