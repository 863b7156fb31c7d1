import fc from 'fast-check';
import { lossMethods, lossSchema } from '../../src/config/losses';
import type { RebalanceConfig } from '../../src/config/schema';
import { weightMethods, weightSchema } from '../../src/config/weights';
import type { LongTailProfile } from '../../src/profile/types';
import type { Modality, Task } from '../../src/dataset/types';

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const name = fc.oneof(
  fc.constantFrom('10', '2', 'Ä', 'b', 'B', 'yes', 'null', '~', '0x10', 'a: b', '# x', '- x', ' '),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((s) => s !== '__proto__'),
);

const sampler = fc.oneof(
  fc.constantFrom(
    { kind: 'instance' as const },
    { kind: 'square-root' as const },
    { kind: 'class-balanced' as const },
  ),
  fc.record({
    kind: fc.constant('power' as const),
    q: fc.double({ min: -2, max: 2, noNaN: true }),
  }),
);
const kindOf = (schema: { shape: { kind: { _zod: { def: { values: unknown[] } } } } }) =>
  schema.shape.kind._zod.def.values[0];
const loss = fc.oneof(
  fc.constantFrom(...lossMethods.map(({ schema }) => lossSchema.parse({ kind: kindOf(schema) }))),
  fc.record({
    kind: fc.constant('logit-adjusted' as const),
    tau: fc.double({ min: 0, max: 4, noNaN: true }),
  }),
);
const weights = fc.constantFrom(
  ...weightMethods.map(({ schema }) => weightSchema.parse({ kind: kindOf(schema) })),
);
const optimizer = fc.record({
  kind: fc.constant('sgd' as const),
  learningRate: positive,
  momentum: fc.double({ min: 0, max: 0.999, noNaN: true }),
  nesterov: fc.boolean(),
  weightDecay: fc.double({ min: 0, max: 10, noNaN: true }),
  schedule: fc.constantFrom('constant' as const, 'cosine' as const),
  warmupEpochs: fc.double({ min: 0, max: 50, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: 4096 }),
});
const stage = fc.record(
  {
    name,
    epochs: fc.integer({ min: 1, max: 10000 }),
    trainable: fc.constantFrom('all' as const, 'classifier' as const),
    init: fc.constantFrom('keep' as const, 'again' as const),
    sampler,
    loss,
    weights,
    optimizer,
  },
  { requiredKeys: ['name', 'epochs', 'trainable', 'init', 'sampler', 'loss', 'optimizer'] },
);
const model = fc.oneof(
  fc.record({ kind: fc.constant('resnet-8' as const), width: fc.integer({ min: 4, max: 256 }) }),
  fc.record({
    kind: fc.constant('mlp' as const),
    hidden: fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 6 }),
  }),
  fc.constant({ kind: 'linear' as const }),
);
const tau = fc.oneof(fc.constant('auto' as const), fc.double({ min: 0, max: 4, noNaN: true }));

/** Any valid config, defaults filled in. */
export const anyConfig: fc.Arbitrary<RebalanceConfig> = fc.record({
  version: fc.constant(1 as const),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  dataset: fc.record(
    {
      root: name,
      format: name,
      labelColumn: name,
      pathColumn: name,
      splitColumn: name,
      splits: fc.record({
        train: name,
        validation: fc.oneof(name, share),
        test: fc.oneof(name, share),
      }),
      classes: fc.record({
        ignore: fc.array(name, { maxLength: 4 }),
        merge: fc.dictionary(name, fc.array(name, { maxLength: 3 }), { maxKeys: 3 }),
      }),
    },
    { requiredKeys: ['root', 'splits', 'classes'] },
  ),
  bands: fc.oneof(
    fc.constantFrom('auto' as const, 'count' as const, 'rank' as const, 'lvis' as const),
    fc.record({ manyAbove: fc.nat(), fewBelow: fc.nat() }),
  ),
  goal: fc.record({
    prior: fc.oneof(
      fc.constantFrom('uniform' as const, 'as-trained' as const),
      fc.dictionary(name, fc.double({ min: 0, max: 1, noNaN: true }), { maxKeys: 4 }),
    ),
    metric: fc.constantFrom('balanced-accuracy' as const, 'accuracy' as const, 'macro-f1' as const),
  }),
  input: fc.record(
    {
      kind: fc.constantFrom('image' as const, 'tabular' as const),
      size: fc.tuple(fc.integer({ min: 4, max: 1024 }), fc.integer({ min: 4, max: 1024 })),
      channels: fc.constantFrom(1 as const, 3 as const),
      augment: fc.array(fc.constantFrom('crop' as const, 'flip' as const), { maxLength: 2 }),
    },
    { requiredKeys: ['kind', 'augment'] },
  ),
  model,
  stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
  posthoc: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({ kind: fc.constant('logit-adjustment' as const), tau }),
  ),
  backend: fc.constantFrom('auto' as const, 'native' as const, 'wasm' as const, 'cpu' as const),
});

export interface ProfileSpec {
  readonly counts: readonly number[];
  readonly names?: readonly string[];
  readonly task?: Task;
  readonly modality?: Modality;
  readonly format?: string;
  /** Further splits with the same number of samples in every class. */
  readonly test?: number;
  readonly validation?: number;
}

/** A profile with the given training counts; enough of it for rules, configs and snippets. */
export const profileOf = (spec: ProfileSpec): LongTailProfile => {
  const { counts, task = 'single-label', modality = 'image', format = 'image-folder' } = spec;
  const extra: [string, number][] = [];
  if (spec.test !== undefined) extra.push(['test', spec.test]);
  if (spec.validation !== undefined) extra.push(['validation', spec.validation]);
  const train = extra.length > 0 ? 'train' : 'all';
  const classes = counts.map((count, i) => ({
    name: spec.names?.[i] ?? `class${i}`,
    count: count + extra.reduce((sum, [, each]) => sum + each, 0),
    splits: Object.fromEntries([[train, count], ...extra]),
    band: count > 100 ? ('many' as const) : count < 20 ? ('few' as const) : ('medium' as const),
  }));
  const total = counts.reduce((a, b) => a + b, 0);
  const present = counts.filter((n) => n > 0);
  const ratio = present.length === 0 ? null : Math.max(...present) / Math.min(...present);
  return {
    schema: 'longtail.profile/1',
    dataset: { root: '/data/Birds of Ö', format, task, modality, fingerprint: 'f00d' },
    samples: classes.reduce((sum, { count }) => sum + count, 0),
    unlabelled: 0,
    profiledSplit: train,
    bands: { scheme: 'count', thresholds: { manyAbove: 100, fewBelow: 20 } },
    classes,
    splits: Object.fromEntries(
      [
        [train, total] as const,
        ...extra.map(([n, each]) => [n, each * counts.length] as const),
      ].map(([n, samples]) => [n, { samples, labels: samples }]),
    ),
    metrics: { imbalanceRatio: ratio },
    issues: [],
  };
};

/** Counts of CIFAR-10-LT, imbalance factor 100. */
export const cifarCounts = [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50];
