import type { Message } from '../../common/errors';
import { viewClasses } from '../../dataset/classView';
import { resolveBands } from '../../methods/bands';
import { shares, sum } from '../../methods/numbers';
import { defaultTestShare, heldOutCount } from '../../methods/sampling';
import { stepsPerEpoch } from '../../methods/schedules';
import type { LongTailProfile } from '../../profile/types';
import type { RebalanceConfig } from '../schema';
import { stageCounts } from '../stageCounts';
import { countSteps } from '../stageSteps';
import { trainedPrior } from '../trainedPrior';
import { weightTraits } from '../weights';
import { overEpochs, stageDraws, withReversedBranch, type DrawnItems } from './draws';
import { memoryEstimate, timeEstimate, type EarlierRun } from './estimates';
import { inputShapeOf, pixelBoundBytes, type Pictures } from './inputShape';
import type { ClassInStage, DryRun, PreviewStage } from './types';

/** What a dry run is told besides config and profile. */
export interface DryRunContext {
  /** Size and channels of the dataset's pictures, where some were looked at. */
  readonly pictures?: Pictures | undefined;
  /** Runs of the store, newest first. */
  readonly earlier?: readonly EarlierRun[];
  /** What `backend: auto` comes to here. */
  readonly backend?: 'native' | 'wasm';
}

/** Labels of each class [C] and samples of a part. */
interface Part {
  readonly counts: readonly number[];
  readonly samples: number;
}

interface Split {
  readonly before: Part;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
  readonly heldOut: { readonly validation: readonly number[]; readonly test: readonly number[] };
  readonly names: readonly string[];
}

/** The parts of a profile's samples as the config's classes and splits make them. */
const splitOf = (config: RebalanceConfig, profile: LongTailProfile): Split => {
  const { splits, classes } = config.dataset;
  const several = profile.dataset.task === 'multi-label';
  const view = viewClasses({ classNames: profile.classes.map(({ name }) => name) }, classes);
  const names = Object.keys(profile.splits);
  const part = (name: string | null): Part => {
    const counts = view.names.map(() => 0);
    profile.classes.forEach(({ count, splits: own }, id) => {
      const to = view.map[id] ?? -1;
      if (to >= 0) counts[to] = (counts[to] ?? 0) + (name === null ? count : (own[name] ?? 0));
    });
    const all = name === null ? profile.samples : (profile.splits[name]?.samples ?? 0);
    return { counts, samples: several ? all : sum(counts) };
  };
  const isSplit = names.includes(splits.train);
  const before = part(isSplit ? splits.train : names.length === 1 ? (names[0] ?? null) : null);
  const shareOf = (value: string | number, missing: number): number =>
    typeof value === 'number' ? value : names.includes(value) ? 0 : missing;
  const heldOut = (share: number): Part => ({
    counts: before.counts.map((n) => (share === 0 ? 0 : heldOutCount(n, share))),
    samples: 0,
  });
  const of = (value: string | number, missing: number): { own: Part; held: Part } => {
    const share = shareOf(value, missing);
    const held = heldOut(share);
    const samples = several ? Math.round(share * before.samples) : sum(held.counts);
    const isOwn = typeof value === 'string' && names.includes(value);
    return { held: { ...held, samples }, own: isOwn ? part(value) : { ...held, samples } };
  };
  const test = of(splits.test, defaultTestShare);
  const validation = of(splits.validation, 0);
  return {
    before,
    train: {
      counts: before.counts.map(
        (n, j) => n - (test.held.counts[j] ?? 0) - (validation.held.counts[j] ?? 0),
      ),
      samples: before.samples - test.held.samples - validation.held.samples,
    },
    validation: validation.own,
    test: test.own,
    heldOut: { validation: validation.held.counts, test: test.held.counts },
    names: view.names,
  };
};

/** Shares that the model is meant for. */
const targetOf = (
  { prior }: RebalanceConfig['goal'],
  names: readonly string[],
  counts: readonly number[],
): Float64Array => {
  if (prior === 'as-trained') return shares(counts);
  return shares(names.map((name) => (prior === 'uniform' ? 1 : (prior[name] ?? 0))));
};

interface StageNumbers {
  readonly stage: PreviewStage;
  /** In the order of the classes. */
  readonly classes: readonly ClassInStage[];
  /** Steps of the plain baseline's stage. */
  readonly plainSteps: number;
}

const stageNumbers = (config: RebalanceConfig, train: Part, at: number): StageNumbers[] => {
  const stage = config.stages[at];
  if (stage === undefined) return [];
  const { tailAugment } = config.input;
  const counts = stageCounts(train.counts, { config: stage, tailAugment });
  const items = train.samples + sum(counts) - sum(train.counts);
  const from: DrawnItems = { counts, items };
  const isTwice = config.model.kind === 'bbn' && stage.trainable === 'all';
  const epochs = Array.from({ length: stage.epochs }, (_, epoch) => stageDraws(stage, from, epoch));
  const drawn = isTwice ? epochs.map((one) => withReversedBranch(one, from)) : epochs;
  const steps = countSteps(stage, { draws: (epoch) => epochs[epoch]?.samples ?? 0 });
  const inForce = (stage.switchAt ?? 0) < stage.epochs;
  const weights = inForce ? weightTraits(stage.weights).weights(counts) : null;
  const { batchSize } = stage.optimizer;
  return [
    {
      stage: {
        name: stage.name,
        epochs: stage.epochs,
        draws: overEpochs(drawn.map(({ samples }) => samples)),
        batchSize,
        steps: steps.total,
        warmupSteps: steps.warmup,
      },
      classes: train.counts.map((count, j) => {
        const draws = overEpochs(drawn.map(({ classes }) => classes[j] ?? 0));
        const repeats = count === 0 ? null : draws.mean / count;
        return { draws, repeats, weight: weights?.[j] ?? null };
      }),
      plainSteps: stage.epochs * stepsPerEpoch(train.samples, batchSize),
    },
  ];
};

/**
 * What a config would do to a dataset: training counts after hold-out, expected draws, repeats and
 * weights of every class and stage, the prior the model will carry, steps, memory and time. Nothing
 * is read but the profile. The config must have passed its checks against the dataset; throws what
 * `viewClasses` throws for classes the dataset lacks.
 */
export const dryRun = (
  config: RebalanceConfig,
  profile: LongTailProfile,
  { pictures, earlier = [], backend = 'wasm' }: DryRunContext = {},
): DryRun => {
  const task = profile.dataset.task === 'multi-label' ? 'multi-label' : 'single-label';
  const split = splitOf(config, profile);
  const { train, before, names } = split;
  const numbers = config.stages.flatMap((_, at) => stageNumbers(config, train, at));
  const stages = numbers.map(({ stage }) => stage);
  const input = inputShapeOf(config, pictures);
  const question = {
    config,
    classes: names.length,
    input,
    stages,
    earlier,
    backend,
    task,
  } as const;
  const samples = train.samples + split.validation.samples + split.test.samples;
  const memory = memoryEstimate(question, samples);
  const prior = trainedPrior(config, train.counts);
  const share = shares(train.counts);
  const target = targetOf(config.goal, names, train.counts);
  // Of the counts before any hold-out, as the run will report them.
  const { bands, assignment } = resolveBands(before.counts, config.bands);
  const notes: Message[] = [];
  const note = (code: string): void =>
    void notes.push({ code: `preview/note/${code}`, params: {} });
  if (task === 'multi-label') note('labels');
  if (config.model.kind === 'bbn') note('bbn');
  if (config.model.kind === 'pretrained') note('pretrained');
  if (config.posthoc.kind !== 'none') note('posthoc');
  if (input === null) note('width');
  if (config.input.kind === 'image' && (memory?.pixels ?? 0) > pixelBoundBytes) note('pixels');
  return {
    schema: 'longtail.preview/1',
    task,
    bands,
    classes: names.map((name, j) => ({
      name,
      band: assignment[j] ?? 'medium',
      before: before.counts[j] ?? 0,
      heldOut: {
        validation: split.heldOut.validation[j] ?? 0,
        test: split.heldOut.test[j] ?? 0,
      },
      count: train.counts[j] ?? 0,
      share: share[j] ?? 0,
      effectivePrior: prior[j] ?? 0,
      target: target[j] ?? 0,
      stages: numbers.flatMap(({ classes }) => classes[j] ?? []),
    })),
    stages,
    parts: {
      train: train.samples,
      validation: split.validation.samples,
      test: split.test.samples,
    },
    memory,
    time: timeEstimate(
      question,
      numbers.map(({ plainSteps }) => plainSteps),
    ),
    notes,
  };
};
