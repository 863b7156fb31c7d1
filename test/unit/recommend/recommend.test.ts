import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/combinations';
import { factsOf } from '../../../src/config/facts';
import { configFor } from '../../../src/recommend/configFor';
import { publishedRuns } from '../../../src/recommend/evidence';
import { firstConfigurable, recommend } from '../../../src/recommend/recommend';
import { rules } from '../../../src/recommend/rules';
import { ruleFactsOf } from '../../../src/recommend/facts';
import { situationOf, situations, type Situation } from '../../../src/recommend/situations';
import type { Goals } from '../../../src/recommend/types';
import { catalogue } from '../../../src/words/en';
import { say } from '../../../src/words/say';
import { cifarCounts, profileOf, type ProfileSpec } from '../../support/configs';

const uniform: Goals = { deployment: { kind: 'uniform' } };
/** n_k = head·ratio^(−k/(C−1)), the exponential profile of the benchmarks. */
const exponential = (classes: number, head: number, ratio: number): number[] =>
  Array.from({ length: classes }, (_, k) =>
    Math.floor(head * ratio ** (-k / (classes - 1)) + 1e-9),
  );

/** [situation of the guide, profile, goals, situation id, the first advice, others that have to be there] */
const table: readonly [string, ProfileSpec, Goals, Situation, string, string[]][] = [
  ['IF under about 3', { counts: [300, 250, 120] }, uniform, 'balanced', 'leave-alone', []],
  [
    'IF 3 to 10',
    { counts: exponential(10, 5000, 9) },
    uniform,
    'mild',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'leave-alone'],
  ],
  [
    'IF 10 to 200, up to 20 classes',
    { counts: cifarCounts },
    uniform,
    'few-classes',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'decoupled-crt', 'class-balanced-sampling'],
  ],
  [
    'IF 10 to 200, 21 to 999 classes',
    { counts: exponential(100, 5000, 100) },
    uniform,
    'medium-classes',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'decoupled-crt'],
  ],
  [
    'IF over 200',
    { counts: exponential(10, 5000, 500), names: '0123456789'.split('') },
    uniform,
    'extreme',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'collect-data'],
  ],
  [
    'a class with under 5 samples',
    { counts: [400, 90, 4] },
    uniform,
    'extreme',
    'logit-adjustment-posthoc',
    ['collect-data', 'frozen-backbone'],
  ],
  [
    '1000 classes and more',
    { counts: exponential(1000, 1280, 60) },
    uniform,
    'many-classes',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'decoupled-crt'],
  ],
  [
    'photos, few images',
    { counts: [300, 100, 40, 20] },
    uniform,
    'few-photos',
    'frozen-backbone',
    ['logit-adjustment-posthoc', 'logit-adjusted-loss'],
  ],
  [
    'photos, most classes in the few band',
    { counts: [2000, 1500, 900, 18, 17, 16, 15, 15] },
    uniform,
    'few-photos',
    'frozen-backbone',
    ['collect-data'],
  ],
  [
    'photos, small N',
    { counts: [2500, 900, 300, 60] },
    uniform,
    'small-photos',
    'logit-adjustment-posthoc',
    ['logit-adjusted-loss', 'decoupled-crt'],
  ],
  [
    'table, binary, 1:1000',
    { counts: [100_000, 100], modality: 'tabular' },
    uniform,
    'severe-binary',
    'calibrated-trees',
    ['decision-thresholds'],
  ],
  [
    'probabilities needed',
    { counts: cifarCounts },
    { ...uniform, needsProbabilities: true },
    'probabilities',
    'logit-adjustment-posthoc',
    ['calibrate-probabilities'],
  ],
  [
    'multi-label',
    { counts: [900, 200, 30], task: 'multi-label' },
    uniform,
    'multi-label',
    'repeat-factor',
    ['asymmetric-loss', 'decision-thresholds'],
  ],
  [
    'detection',
    { counts: [9000, 200, 30], task: 'detection' },
    uniform,
    'detection',
    'repeat-factor',
    ['focal-detection'],
  ],
  [
    'segmentation, as detection',
    { counts: [9000, 200, 30], task: 'segmentation' },
    uniform,
    'detection',
    'repeat-factor',
    ['focal-detection'],
  ],
  [
    'label noise declared',
    { counts: cifarCounts },
    { ...uniform, labelNoise: true },
    'label-noise',
    'fix-labels',
    ['square-root-sampling'],
  ],
  [
    'accuracy only, heavy compute',
    { counts: cifarCounts },
    { ...uniform, heavyCompute: true },
    'heavy-compute',
    'expert-ensemble',
    ['logit-adjustment-posthoc'],
  ],
  [
    'IF under 3 and under 20 samples: too little data, photos',
    { counts: [15, 12, 9] },
    uniform,
    'too-little-data',
    'frozen-backbone',
    ['collect-data'],
  ],
  [
    'IF under 3 and under 20 samples: too little data, a table',
    { counts: [15, 12, 9], modality: 'tabular' },
    uniform,
    'too-little-data',
    'collect-data',
    [],
  ],
  [
    'the world is as skewed as training, accuracy is the goal (first question)',
    { counts: cifarCounts },
    { deployment: { kind: 'as-trained' } },
    'as-trained',
    'leave-alone',
    ['decision-thresholds'],
  ],
  [
    'the class shares are known (first question)',
    { counts: [500, 50], names: ['a b', 'c d'], modality: 'tabular' },
    { deployment: { kind: 'given', shares: { 'a b': 0.3, 'c d': 0.7 } } },
    'given-shares',
    'logit-adjustment-posthoc',
    [],
  ],
  [
    'a model is there already (second question)',
    { counts: cifarCounts },
    { ...uniform, model: 'logits' },
    'few-classes',
    'logit-adjustment-posthoc',
    [],
  ],
  [
    'labels in sequences',
    { counts: [900, 20], task: 'sequence', modality: 'text' },
    uniform,
    'sequence',
    'per-class-scores',
    [],
  ],
  [
    'labels in sequences, even',
    { counts: [90, 60], task: 'sequence', modality: 'text' },
    uniform,
    'sequence',
    'leave-alone',
    [],
  ],
  [
    'classes without a sample',
    { counts: [500, 0, 60], modality: 'tabular' },
    uniform,
    'mild',
    'logit-adjustment-posthoc',
    ['drop-empty-classes'],
  ],
  ['one class', { counts: [9, 0] }, uniform, 'one-class', 'collect-data', []],
  ['no labels', { counts: [] }, uniform, 'nothing-labelled', 'collect-data', []],
];

const idsOf = (spec: ProfileSpec, goals: Goals): string[] =>
  recommend(profileOf(spec), goals).items.map(({ id }) => id);

const counts = fc.array(fc.oneof(fc.nat(30), fc.nat(5000), fc.constant(0)), { maxLength: 40 });
const anySpec: fc.Arbitrary<ProfileSpec> = fc.record({
  counts,
  task: fc.constantFrom('single-label', 'multi-label', 'detection', 'segmentation', 'sequence'),
  modality: fc.constantFrom('image', 'tabular', 'text', 'audio', 'none'),
});
const anyGoals: fc.Arbitrary<Goals> = fc.record(
  {
    deployment: fc.constantFrom({ kind: 'uniform' as const }, { kind: 'as-trained' as const }),
    labelNoise: fc.boolean(),
    needsProbabilities: fc.boolean(),
    model: fc.constantFrom('none', 'logits', 'weights'),
    metric: fc.constantFrom('balanced-accuracy', 'accuracy', 'macro-f1', 'calibration'),
    budgetMinutes: fc.constantFrom(0, 5, 500),
    withoutNative: fc.boolean(),
    pictures: fc.constantFrom({ imageSize: [32, 32] as const, channels: 3 as const }),
    heavyCompute: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('the guide, row by row', () => {
  it.each(table)('%s', (_, spec, goals, situation, first, others) => {
    const profile = profileOf(spec);
    const world = goals.deployment?.kind ?? 'uniform';
    expect(situationOf(ruleFactsOf(profile), goals, world)).toBe(situation);
    const ids = idsOf(spec, goals);
    expect(ids[0]).toBe(first);
    expect(ids).toEqual(expect.arrayContaining(others));
  });

  it('has a row for every situation and shows every rule', () => {
    expect(new Set(table.map(([, , , situation]) => situation))).toEqual(
      new Set(situations.map(({ id }) => id)),
    );
    const shown = new Set(table.flatMap(([, spec, goals]) => idsOf(spec, goals)));
    expect([...shown].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('asks in order: task, noise, smallest class, few band, ratio, classes', () => {
    const all = { labelNoise: true, needsProbabilities: true };
    expect(idsOf({ counts: [900, 3], task: 'detection' }, { ...uniform, ...all })[0]).toBe(
      'repeat-factor',
    );
    expect(idsOf({ counts: [900, 3] }, { ...uniform, ...all })[0]).toBe('fix-labels');
    const situation = (spec: ProfileSpec, goals: Goals = uniform) =>
      situationOf(ruleFactsOf(profileOf(spec)), goals, 'uniform');
    expect(situation({ counts: [900, 3, 3, 3] })).toBe('extreme');
    expect(situation({ counts: [9000, 19, 19, 19] })).toBe('extreme');
    expect(situation({ counts: [2500, 19, 19, 19] })).toBe('few-photos');
    expect(situation({ counts: [...exponential(1000, 200, 9)] })).toBe('mild');
  });

  it.each([
    [2.99, 'balanced'],
    [3, 'mild'],
    [9.99, 'mild'],
    [10, 'few-classes'],
    [200, 'few-classes'],
    [200.1, 'extreme'],
  ] as const)('ratio %d is %s', (ratio, expected) => {
    const facts = ruleFactsOf(profileOf({ counts: [Math.round(ratio * 10_000), 10_000] }));
    expect(situationOf(facts, uniform, 'uniform')).toBe(expected);
  });

  it.each([
    [20, 'few-classes'],
    [21, 'medium-classes'],
    [999, 'medium-classes'],
    [1000, 'many-classes'],
  ] as const)('%d classes: %s', (classes, expected) => {
    const facts = ruleFactsOf(profileOf({ counts: exponential(classes, 9000, 50) }));
    expect(situationOf(facts, uniform, 'uniform')).toBe(expected);
  });
});

describe('recommend', () => {
  it('has advice for every profile, each id once, with words and numbers for all of it', () => {
    fc.assert(
      fc.property(anySpec, anyGoals, (spec, goals) => {
        const { items } = recommend(profileOf(spec), goals);
        expect(items.length).toBeGreaterThan(0);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const { title, reason, expected, cost, whenNot } of items)
          for (const message of [title, reason, ...expected, cost, whenNot]) {
            expect(catalogue).toHaveProperty([message.code]);
            expect(say(message)).not.toMatch(/\?|NaN|undefined|Infinity|∞/);
          }
      }),
    );
  });

  it('is deterministic and does not depend on the order of the classes', () => {
    fc.assert(
      fc.property(anySpec, anyGoals, (spec, goals) => {
        const names = spec.counts.map((_, i) => `name ${i}`);
        const forwards = recommend(profileOf({ ...spec, names }), goals);
        expect(recommend(profileOf({ ...spec, names }), goals)).toEqual(forwards);
        const backwards = recommend(
          profileOf({ ...spec, counts: spec.counts.toReversed(), names: names.toReversed() }),
          goals,
        );
        const shape = (list: typeof forwards) => list.items.map(({ id, assumes }) => [id, assumes]);
        expect(shape(backwards)).toEqual(shape(forwards));
      }),
    );
  });

  it('makes configs that pass every check, without a warning, for datasets it can train on', () => {
    const spec = fc.record({
      counts: fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 2, maxLength: 30 }),
      modality: fc.constantFrom('image' as const, 'tabular' as const),
      test: fc.constant(10),
    });
    fc.assert(
      fc.property(spec, anyGoals, (given, goals) => {
        const profile = profileOf(given);
        for (const item of recommend(profile, goals).items.filter(({ patch }) => patch !== null)) {
          const { config, text } = configFor(profile, { root: './data' }, item);
          expect(readConfig(text, 'longtail.yaml', factsOf(profile))).toEqual({
            config,
            issues: [],
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives both rankings where nobody said what the model will meet', () => {
    const { items } = recommend(profileOf({ counts: cifarCounts }));
    expect(items.map(({ id, assumes }) => [id, assumes])).toEqual([
      ['logit-adjustment-posthoc', 'uniform'],
      ['logit-adjusted-loss', 'uniform'],
      ['decoupled-crt', 'uniform'],
      ['class-balanced-sampling', 'uniform'],
      ['leave-alone', 'as-trained'],
      ['decision-thresholds', 'as-trained'],
    ]);
    const noisy = recommend(profileOf({ counts: cifarCounts }), { labelNoise: true });
    expect(noisy.items[0]).toMatchObject({ id: 'fix-labels', assumes: 'any' });
    expect(recommend(profileOf({ counts: [50, 40] })).items).toMatchObject([
      { id: 'leave-alone', assumes: 'any' },
    ]);
  });

  it('offers to leave out empty classes by name', () => {
    const { items } = recommend(profileOf({ counts: [500, 0, 60], names: ['a b', '10', 'c d'] }));
    const item = items.find(({ id }) => id === 'drop-empty-classes');
    expect(item?.patch).toEqual({ dataset: { classes: { ignore: ['10'] } } });
  });

  it('claims an effect on this dataset only where a run measured it', () => {
    const profile = profileOf({ counts: cifarCounts });
    const codes = (list: ReturnType<typeof recommend>) =>
      list.items.flatMap(({ id, expected }) =>
        expected.filter(({ code }) => code.startsWith('recommend/measured')).map(() => id),
      );
    expect(codes(recommend(profile, uniform))).toEqual([]);
    const run = {
      id: 'decoupled-crt',
      baseline: 0.47,
      recipe: 0.62,
      baselineFew: 0.1,
      recipeFew: 0.6,
    };
    expect(codes(recommend(profile, uniform, [run]))).toEqual(['decoupled-crt']);
  });

  it('keeps tau at 1 unless every class has 20 validation items', () => {
    const tau = (smallest: number) =>
      recommend(profileOf({ counts: [5000, smallest], test: 9 }), uniform).items[0]?.patch;
    expect(tau(199)).toEqual({ posthoc: { kind: 'logit-adjustment', tau: 1 } });
    expect(tau(200)).toEqual({ posthoc: { kind: 'logit-adjustment', tau: 'auto' } });
  });

  it('has nothing to configure for what cannot be trained here', () => {
    const sounds = profileOf({ counts: cifarCounts, modality: 'audio' });
    for (const { patch } of recommend(sounds).items) expect(patch).toBeNull();
  });

  it('gives detectors a config that repeats images, for exporters', () => {
    for (const task of ['detection', 'segmentation'] as const) {
      const list = recommend(profileOf({ counts: cifarCounts, task }), uniform);
      const { id, patch } = firstConfigurable(list)!;
      expect(id).toBe('repeat-factor');
      expect(patch).toMatchObject({ stages: [{ sampler: { kind: 'repeat-factor' } }] });
      for (const other of list.items.filter((item) => item.id !== id))
        expect(other.patch).toBeNull();
    }
  });

  it('names the best advice that a config can carry out', () => {
    const list = recommend(profileOf({ counts: [9000, 200, 4] }), uniform);
    const tables = recommend(profileOf({ counts: [100_000, 100], modality: 'tabular' }), uniform);
    expect(tables.items[0]?.patch).toBeNull();
    expect(firstConfigurable(list)?.id).toBe('logit-adjustment-posthoc');
    expect(firstConfigurable(recommend(profileOf({ counts: [] })))).toBeNull();
  });
});

describe('the pretrained backbone', () => {
  const first = (imageSize: [number, number], more: Partial<Goals> = {}) =>
    recommend(profileOf({ counts: cifarCounts }), {
      ...uniform,
      pictures: { imageSize, channels: 3 },
      ...more,
    }).items[0];

  it('comes first for colour photos that would train for over ten minutes from scratch', () => {
    // 64 × 64 of a larger photo: 0.067 s · 4096 / 784 a step, 2 · 1600 steps: 18.7 minutes.
    const item = first([375, 500]);
    expect(item?.id).toBe('frozen-backbone');
    expect(item?.reason).toMatchObject({
      code: 'recommend/frozen-backbone/because-slow',
      params: { minutes: 19 },
    });
    // 32 × 32: 4.7 minutes on TensorFlow, 37 on WebAssembly.
    expect(first([32, 32])?.id).toBe('logit-adjustment-posthoc');
    expect(first([32, 32], { withoutNative: true })?.id).toBe('frozen-backbone');
  });

  it('is not offered for grey pictures, or where nothing is to be corrected', () => {
    const grey = recommend(profileOf({ counts: [300, 100, 40, 20] }), {
      ...uniform,
      pictures: { imageSize: [500, 500], channels: 1 },
    });
    expect(grey.items.some(({ id }) => id === 'frozen-backbone')).toBe(false);
    const even = recommend(profileOf({ counts: [300, 250, 220] }), {
      ...uniform,
      pictures: { imageSize: [500, 500], channels: 3 },
    });
    expect(even.items[0]?.id).toBe('leave-alone');
  });

  it('gives a config that can be read, at the size the weights want', () => {
    const profile = profileOf({ counts: cifarCounts });
    const item = first([375, 500]);
    const { config, text } = configFor(
      profile,
      { root: './data', imageSize: [375, 500], channels: 3 },
      item ?? null,
    );
    expect(config.model).toMatchObject({ kind: 'pretrained', net: 'efficientnet-lite0' });
    expect(config.input.size).toBeUndefined();
    expect(config.stages[0]?.loss.kind).toBe('logit-adjusted');
    expect(readConfig(text, 'longtail.yaml', factsOf(profile)).config).toEqual(config);
  });
});

describe('published runs', () => {
  it('quotes accuracies in percent, each run of a method on a set once', () => {
    const keys = publishedRuns.map(({ method, set, run }) => `${method} ${set} ${run}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { from, to } of publishedRuns) {
      expect(from).toBeGreaterThan(30);
      expect(to).toBeLessThan(95);
    }
  });

  it('shows the range over the runs on the set that is most like this one', () => {
    // Four runs of post-hoc adjustment on CIFAR-10-LT at ratio 100: gains 4.56, 5.96, 6.89, 3.13.
    const [item] = recommend(profileOf({ counts: cifarCounts }), uniform).items;
    const [message] = item!.expected;
    expect(message).toMatchObject({ code: 'recommend/published-range', params: { count: 4 } });
    expect(message?.params['low']).toBeCloseTo(3.13, 10);
    expect(message?.params['high']).toBeCloseTo(6.89, 10);
    expect(say(message!)).toContain('3.1 to 6.9 points');
  });
});
