import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exporter, ExportJob } from '../../src/exporters';
import { exportFiles, exportPlan } from '../../src/exporters';
import { reduceLoss, weightItems } from '../../src/methods/losses';
import { createRandom } from '../../src/common/random';
import { lossTraits } from '../../src/config/losses';
import { priorOffsets } from '../../src/methods/posthoc';
import type { Task } from '../../src/dataset/types';
import type { LongTailProfile } from '../../src/profile/types';
import { cifarCounts, profileOf } from '../support/configs';
import { configOf, profiles, stagePatch } from '../support/exports';
import { labelCases } from './labelCases';

/** A job with what our own methods make of it, for the script that executes its files. */
export interface ExecutedCase {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly expected: object;
}

interface GoldenBatch {
  readonly counts: readonly number[];
  readonly labels: readonly number[];
  readonly logits: readonly (readonly number[])[];
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/golden/losses.json'), 'utf8'),
) as { readonly batches: Readonly<Record<string, GoldenBatch>> };

/** The golden logits of these counts, extreme ones among them. */
const goldenFor = (counts: readonly number[]): readonly GoldenBatch[] =>
  Object.values(golden.batches).filter((batch) => String(batch.counts) === String(counts));

/** Counts of a golden batch. */
const countsOf = (name: string): readonly number[] => golden.batches[name]?.counts ?? [];

const cifar = profileOf({ counts: cifarCounts, test: 1000 });
const holes = profileOf({ counts: countsOf('z8c10') });
const small = profileOf({ counts: countsOf('b8c3'), names: ['2', '10', 'Ä'] });
const two = profileOf({ counts: countsOf('h8c2') });

interface Row {
  readonly profile: LongTailProfile;
  readonly stages: readonly object[];
  readonly config?: Readonly<Record<string, unknown>>;
}

const one = (stage: object, profile: LongTailProfile = cifar): Row => ({
  profile,
  stages: [stage],
});

/** One row a part of a config; the names say which. */
const rows: Readonly<Record<string, Row>> = {
  plain: one({}),
  'names-of-all-kinds': one({ sampler: { kind: 'square-root' } }, profiles['names']),
  'empty-class': one({ loss: { kind: 'logit-adjusted', tau: 1 } }, profiles['empty']),
  'hostile-names': one({ weights: { kind: 'balanced', reduction: 'mean' } }, profiles['hostile']),
  'sampler-class-balanced': one({ sampler: { kind: 'class-balanced' } }),
  'sampler-square-root': one({ sampler: { kind: 'square-root' } }),
  'sampler-power': one({ sampler: { kind: 'power', q: 0.25 } }),
  'sampler-reversed': one({ sampler: { kind: 'reversed' } }),
  'sampler-effective-number': one({ sampler: { kind: 'effective-number', beta: 0.999 } }),
  'sampler-progressive': one({ sampler: { kind: 'progressive' }, epochs: 5 }),
  'sampler-class-aware': one({ sampler: { kind: 'class-aware', perClass: 4 } }),
  'sampler-repeat-factor': one({
    sampler: { kind: 'repeat-factor', threshold: 'median', squareRoot: true, most: 10 },
  }),
  'repeat-factor-names': one({ sampler: { kind: 'repeat-factor' } }, profiles['names']),
  'repeat-factor-empty-class': one({ sampler: { kind: 'repeat-factor' } }, profiles['empty']),
  'sampler-over': one({ sampler: { kind: 'over', strategy: 'auto', ratio: 0.5 } }),
  'sampler-under': one({ sampler: { kind: 'under', strategy: 'auto' } }),
  'weights-balanced': one({ weights: { kind: 'balanced', reduction: 'mean' } }),
  'weights-effective': one({
    weights: {
      kind: 'effective-number',
      beta: 0.9999,
      normalisation: 'class-mean',
      reduction: 'weighted-mean',
    },
  }),
  'loss-focal': one({ loss: { kind: 'focal', gamma: 2 } }),
  'loss-focal-weighted': one({
    loss: { kind: 'focal', gamma: 1 },
    weights: {
      kind: 'effective-number',
      beta: 0.999,
      normalisation: 'class-mean',
      reduction: 'mean',
    },
  }),
  'loss-logit-adjusted': one({ loss: { kind: 'logit-adjusted', tau: 1.5 } }),
  'loss-balanced-softmax': one({ loss: { kind: 'balanced-softmax' } }),
  'loss-vector-scaling': one({ loss: { kind: 'vector-scaling', gamma: 0.3, tau: 1 } }),
  'loss-class-temperature': one({ loss: { kind: 'class-temperature', gamma: 0.2 } }),
  'loss-ldam-deferred': {
    ...one({
      loss: { kind: 'ldam', maxMargin: 0.5 },
      weights: {
        kind: 'effective-number',
        beta: 0.9999,
        normalisation: 'class-mean',
        reduction: 'weighted-mean',
      },
      epochs: 10,
      switchAt: 8,
    }),
    config: { model: { kind: 'resnet-8', classifier: { kind: 'cosine', scale: 30 } } },
  },
  'loss-logit-adjusted-empty': one({ loss: { kind: 'logit-adjusted', tau: 1 } }, holes),
  'loss-vector-scaling-empty': one({ loss: { kind: 'vector-scaling', gamma: 0.3, tau: 1 } }, holes),
  'loss-ldam-empty': one({ loss: { kind: 'ldam', maxMargin: 0.5 } }, holes),
  'loss-focal-extreme': one({ loss: { kind: 'focal', gamma: 2 } }, small),
  'loss-balanced-two': one(
    { weights: { kind: 'inverse', reduction: 'weighted-mean', normalisation: 'largest' } },
    two,
  ),
  'loss-label-smoothing': one({ loss: { kind: 'label-smoothing', epsilon: 0.1 } }),
  'loss-label-aware-smoothing': one({
    loss: { kind: 'label-aware-smoothing', head: 0.3, tail: 0.05, shape: 'concave' },
  }),
  'two-stages': {
    profile: cifar,
    stages: [
      { name: 'features', epochs: 4 },
      {
        name: 'classifier',
        epochs: 2,
        trainable: 'classifier',
        init: 'again',
        sampler: { kind: 'class-aware', perClass: 4 },
      },
    ],
  },
  'two-stages-scales': {
    profile: cifar,
    stages: [
      { name: 'features "\n', epochs: 3, optimizer: { learningRate: 0.1, decayOn: 'backbone' } },
      {
        name: 'scales',
        epochs: 3,
        trainable: 'classifier-and-scale',
        sampler: { kind: 'class-balanced' },
        loss: { kind: 'label-aware-smoothing', head: 0.3, tail: 0, shape: 'linear' },
        optimizer: { learningRate: 0.05, schedule: 'step', dropAt: [1], dropTo: 0.1 },
      },
      { name: 'last', epochs: 2, trainable: 'scale', weights: { kind: 'balanced' } },
    ],
  },
  'post-hoc-target': {
    profile: cifar,
    stages: [{ sampler: { kind: 'square-root' }, weights: { kind: 'inverse-sqrt' } }],
    config: {
      posthoc: { kind: 'logit-adjustment', tau: 0.5 },
      goal: { prior: Object.fromEntries(cifarCounts.map((_, j) => [`class${j}`, (j + 1) / 55])) },
    },
  },
  'post-hoc-auto': {
    profile: cifar,
    stages: [{}],
    config: {
      posthoc: { kind: 'logit-adjustment', tau: 'auto' },
      model: { biasInit: 'prior' },
    },
  },
  'tau-norm': {
    profile: cifar,
    stages: [{}],
    config: { posthoc: { kind: 'tau-norm', tau: 0.7 } },
  },
  'post-hoc': {
    profile: profiles['empty'] ?? cifar,
    stages: [{}],
    config: { posthoc: { kind: 'logit-adjustment', tau: 1.5 } },
  },
};

const list = (values: ArrayLike<number> | null): readonly number[] | null =>
  values === null ? null : Array.from(values);

/** Logits and labels: the golden ones of these counts, else drawn; labels of classes with samples. */
const batchFor = (job: ExportJob) => {
  const classes = job.classes.length;
  const counts = job.classes.map(({ count }) => count);
  const found = goldenFor(counts);
  const random = createRandom(7, 'exporters', classes);
  const filled = counts.flatMap((count, j) => (count > 0 ? [j] : []));
  const items = 24;
  return {
    classes,
    counts,
    labels:
      found.length > 0
        ? Int32Array.from(found.flatMap(({ labels }) => labels))
        : Int32Array.from({ length: items }, (_, i) => filled[i % filled.length] ?? 0),
    logits:
      found.length > 0
        ? Float64Array.from(found.flatMap(({ logits }) => logits.flat()))
        : Float64Array.from({ length: items * classes }, () =>
            Math.fround(6 * random.nextFloat() - 3),
          ),
  };
};

/** null where a class is never predicted: JSON has no infinity. */
const posthocOffsetsOf = (job: ExportJob, tau: number) =>
  Array.from(
    priorOffsets(
      {
        trained: job.trainedPrior.map(Math.log),
        // Equal shares are a constant, which moves no decision: left out, as in training here.
        target: job.targetPrior.map((p) => (job.config.goal.prior === 'uniform' ? 0 : Math.log(p))),
      },
      tau,
    ),
    (value) => (Number.isFinite(value) ? value : null),
  );

const expectedOf = (job: ExportJob): object => {
  const batch = batchFor(job);
  return {
    classNames: job.classes.map(({ name }) => name),
    counts: batch.counts,
    prior: list(job.prior),
    trainedPrior: list(job.trainedPrior),
    targetPrior: list(job.targetPrior),
    posthoc: job.config.posthoc,
    posthocOffsets:
      job.config.posthoc.kind === 'logit-adjustment' && job.config.posthoc.tau !== 'auto'
        ? posthocOffsetsOf(job, job.config.posthoc.tau)
        : null,
    logits: Array.from({ length: batch.labels.length }, (_, i) =>
      list(batch.logits.subarray(i * batch.classes, (i + 1) * batch.classes)),
    ),
    labels: list(batch.labels),
    stages: job.stages.map((stage) => {
      const { sampler, weights, cosineScale } = stage;
      const traits = lossTraits(stage.loss.config);
      const plain = traits.single?.(batch, cosineScale ?? 1) ?? null;
      const weighted =
        plain === null || weights.values === null
          ? plain
          : weightItems(plain, batch.labels, weights.values);
      return {
        name: stage.name,
        epochs: stage.epochs,
        switchAt: stage.switchAt,
        weightDecay: stage.config.optimizer.weightDecay,
        decayOn: stage.config.optimizer.decayOn ?? 'kernels',
        sampler: {
          kind: sampler.kind,
          shares: list(sampler.shares),
          draws: sampler.draws,
          changes: sampler.changes,
          perClass: sampler.perClass,
          sizes: list(sampler.sizes),
          repeats: list(sampler.repeats),
        },
        weights: list(weights.values),
        loss: {
          kind: stage.loss.config.kind,
          plain: plain === null ? null : list(plain.perExample),
          each: weighted === null ? null : list(weighted.perExample),
          mean: weighted === null ? null : reduceLoss(weighted, weights.reduction).loss,
        },
      };
    }),
  };
};

const caseFor = (
  exporter: Exporter,
  { profile, stages, config }: Row,
  task: Task,
): Omit<ExecutedCase, 'name'> => {
  const own = { ...profile, dataset: { ...profile.dataset, task } };
  const made = configOf(own, { ...stagePatch(own, ...stages), ...config });
  const job = exportPlan({ profile: own, config: made, index: null });
  const { files, issues } = exportFiles(job, exporter);
  return {
    files: files.map(({ path, parts }) => ({ path, text: [...parts].join('') })),
    expected: {
      ...expectedOf(job),
      task,
      leftOut: issues.map(({ code }) => code.replace('exporters/left-out-', '')),
    },
  };
};

/** Every case an exporter serves: of single labels, of objects, of several labels. */
export const casesFor = (exporter: Exporter): readonly ExecutedCase[] => [
  ...(['single-label', 'detection'] as const)
    .filter((task) => exporter.tasks.includes(task))
    .flatMap((task) =>
      Object.entries(rows).map(([name, row]) => ({
        name: task === 'single-label' ? name : `${name}-of-objects`,
        ...caseFor(exporter, row, task),
      })),
    ),
  ...(exporter.canLabels === undefined ? [] : labelCases(exporter)),
];
