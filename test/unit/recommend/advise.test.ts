import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossMethods } from '../../../src/config/losses';
import { mixingMethods } from '../../../src/config/mixing';
import { presets } from '../../../src/config/presets';
import { samplerMethods } from '../../../src/config/samplers';
import { posthocSchema } from '../../../src/config/schema';
import { weightMethods } from '../../../src/config/weights';
import { advise } from '../../../src/recommend/advise';
import { catalogue, configNames } from '../../../src/recommend/catalogue';
import { gainMargin, orderByGain } from '../../../src/recommend/order';
import { rules } from '../../../src/recommend/rules';
import type { Goals } from '../../../src/recommend/types';
import { catalogue as sentences } from '../../../src/words/en';
import { say } from '../../../src/words/say';
import { cifarCounts, profileOf, type ProfileSpec } from '../../support/configs';

const uniform: Goals = { deployment: { kind: 'uniform' } };
const pictures = { imageSize: [32, 32], channels: 3 } as const;

const ids = (spec: ProfileSpec, goals: Goals): readonly string[] =>
  advise(profileOf(spec), goals).items.map(({ id }) => id);

const anySpec: fc.Arbitrary<ProfileSpec> = fc.record({
  counts: fc.array(fc.oneof(fc.nat(30), fc.nat(5000)), { maxLength: 30 }),
  task: fc.constantFrom('single-label', 'multi-label', 'detection', 'segmentation', 'sequence'),
  modality: fc.constantFrom('image', 'tabular', 'text', 'audio', 'none'),
});
const anyGoals: fc.Arbitrary<Goals> = fc.record(
  {
    deployment: fc.constantFrom({ kind: 'uniform' as const }, { kind: 'as-trained' as const }),
    metric: fc.constantFrom('balanced-accuracy', 'accuracy', 'macro-f1', 'calibration'),
    model: fc.constantFrom('none', 'logits', 'weights'),
    budgetMinutes: fc.constantFrom(0, 5, 500),
    labelNoise: fc.boolean(),
    heavyCompute: fc.boolean(),
    pictures: fc.constant(pictures),
  },
  { requiredKeys: [] },
);

/** The `kind` a method's schema has. */
const kindsOf = (
  methods: readonly { readonly schema: { readonly shape: { readonly kind: unknown } } }[],
): readonly string[] =>
  methods.map(({ schema }) => {
    const { kind } = schema.shape as { kind: { _zod: { def: { values: readonly string[] } } } };
    return kind._zod.def.values[0] ?? '';
  });

/** Plain training is no method, and two tables have one of the same name. */
const plain = ['none', 'instance', 'cross-entropy'];

describe('the catalogue', () => {
  it('has every loss, sampler, weighting, mixing, correction and recipe that can be configured', () => {
    const known = catalogue.map(({ id }) => id);
    const kinds = [
      ...kindsOf(lossMethods),
      ...kindsOf(samplerMethods),
      ...kindsOf(weightMethods),
      ...kindsOf(mixingMethods),
      ...kindsOf(posthocSchema._zod.def.options.map((schema) => ({ schema }))),
      ...presets.map(({ id }) => id),
    ].filter((kind) => !plain.includes(kind));
    expect(kinds.length).toBeGreaterThan(35);
    for (const kind of kinds) expect(known).toContain(configNames[kind] ?? kind);
    for (const { id } of rules) expect(known).toContain(id);
    expect(new Set(known).size).toBe(known.length);
    for (const { sameAs } of catalogue) if (sameAs !== undefined) expect(known).toContain(sameAs);
  });
});

describe('why not', () => {
  it('has a reason in words for every method that is not recommended, and for no other', () => {
    fc.assert(
      fc.property(anySpec, anyGoals, (spec, goals) => {
        const { items, notRecommended = [] } = advise(profileOf(spec), goals);
        const all = [...items, ...notRecommended].map(({ id }) => id);
        expect(new Set(all).size).toBe(all.length);
        expect([...all].sort()).toEqual(catalogue.map(({ id }) => id).sort());
        for (const one of notRecommended) {
          expect(sentences).toHaveProperty([one.code]);
          expect(say(one)).not.toMatch(/\?|NaN|undefined|Infinity|∞/);
        }
      }),
      { numRuns: 60 },
    );
  });

  const why = (spec: ProfileSpec, goals: Goals, id: string) =>
    advise(profileOf(spec), goals).notRecommended?.find((one) => one.id === id);

  it.each([
    ['focal', { counts: cifarCounts }, uniform, 'gains-less-papers', { gain: 0.2, low: -0.4 }],
    ['bbn', { counts: cifarCounts }, uniform, 'gains-less-paper', { gain: 8.4, low: 9.5 }],
    ['drw', { counts: cifarCounts }, uniform, 'no-better-papers', { gain: 14.8, best: 14.7 }],
    ['balanced-softmax', { counts: cifarCounts }, uniform, 'same-as-recommended', {}],
    ['smote', { counts: cifarCounts }, uniform, 'smote', {}],
    ['focal', { counts: [50, 40] }, uniform, 'balanced', { ratio: 1.25 }],
    ['focal', { counts: [9, 0] }, uniform, 'nothing-to-tell-apart', { count: 1 }],
    ['focal', { counts: [90, 9], task: 'multi-label' }, uniform, 'task', { task: 'multi-label' }],
    ['mixup', { counts: [90, 9], modality: 'tabular' }, uniform, 'modality', {}],
    [
      'logit-adjusted-loss',
      { counts: cifarCounts },
      { deployment: { kind: 'as-trained' } },
      'as-trained',
      {},
    ],
    [
      'class-balanced-sampling',
      { counts: Array.from({ length: 100 }, (_, i) => Math.round(500 * 100 ** (-i / 99))) },
      uniform,
      'many-classes',
      { classes: 100 },
    ],
    [
      'decoupled-crt',
      { counts: cifarCounts },
      { ...uniform, model: 'logits' },
      'needs-network',
      {},
    ],
    [
      'focal',
      { counts: cifarCounts },
      { ...uniform, pictures, budgetMinutes: 3 },
      'over-budget',
      {},
    ],
    ['inverse', { counts: cifarCounts }, { ...uniform, labelNoise: true }, 'label-noise', {}],
    ['decision-thresholds', { counts: cifarCounts }, uniform, 'thresholds-many', { classes: 10 }],
  ] as const satisfies readonly (readonly [string, ProfileSpec, Goals, string, object])[])(
    '%s on %j for %j: %s',
    (id, spec, goals, code, params) => {
      expect(why(spec, goals, id)).toMatchObject({ code: `whynot/${code}`, params });
    },
  );
});

describe('goals', () => {
  it('leave out what takes longer than the budget, and say so', () => {
    // 32 × 32 pictures: 0.067 s · 1024 / 784 a step, 1600 steps: 2.3 minutes a training.
    const goals = { ...uniform, pictures };
    expect(ids({ counts: cifarCounts }, { ...goals, budgetMinutes: 5 })).toContain(
      'logit-adjusted-loss',
    );
    const short = ids({ counts: cifarCounts }, { ...goals, budgetMinutes: 3 });
    expect(short).not.toContain('logit-adjusted-loss');
    expect(short[0]).toBe('logit-adjustment-posthoc');
    // With a model there is no baseline to train.
    expect(
      ids({ counts: cifarCounts }, { ...goals, budgetMinutes: 3, model: 'weights' }),
    ).toContain('logit-adjusted-loss');
  });

  it('correct a model that is there before anything is trained', () => {
    const photos = { counts: [300, 100, 40, 20] };
    expect(ids(photos, uniform)[0]).toBe('frozen-backbone');
    for (const model of ['logits', 'weights'] as const)
      expect(ids(photos, { ...uniform, model })[0]).toBe('logit-adjustment-posthoc');
    const own = ids({ counts: cifarCounts }, { ...uniform, model: 'weights' });
    expect(own.slice(0, 2)).toEqual(['logit-adjustment-posthoc', 'decoupled-crt']);
  });

  it('answer accuracy with the ranking for the shares of training first', () => {
    const { items } = advise(profileOf({ counts: cifarCounts }), { metric: 'accuracy' });
    expect(items[0]).toMatchObject({ id: 'leave-alone', assumes: 'as-trained' });
    expect(items.map(({ id }) => id)).toContain('logit-adjusted-loss');
  });

  it('put the metric into the config, beside the shares where they are known', () => {
    const [first] = advise(profileOf({ counts: cifarCounts }), {
      ...uniform,
      metric: 'macro-f1',
    }).items;
    expect(first?.patch).toMatchObject({ goal: { metric: 'macro-f1' } });
    const shares = { a: 0.3, b: 0.7 };
    const spec = { counts: [500, 50], names: ['a', 'b'], modality: 'tabular' as const };
    const given = advise(profileOf(spec), {
      deployment: { kind: 'given', shares },
      metric: 'macro-f1',
    });
    expect(given.items[0]?.patch).toMatchObject({ goal: { prior: shares, metric: 'macro-f1' } });
  });

  it('take calibration for a need of probabilities', () => {
    expect(ids({ counts: cifarCounts }, { ...uniform, metric: 'calibration' })).toContain(
      'calibrate-probabilities',
    );
  });
});

describe('the order', () => {
  const item = fc.record({
    gain: fc.option(fc.record({ points: fc.double({ min: -20, max: 30, noNaN: true }) })),
  });

  it('keeps the first, and puts nothing behind what gains two points less', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const ordered = orderByGain(items);
        expect(ordered[0]).toBe(items[0]);
        expect(new Set(ordered)).toEqual(new Set(items));
        const gains = ordered.slice(1).flatMap(({ gain }) => gain?.points ?? []);
        gains.forEach((points, i) => {
          const later = Math.max(-Infinity, ...gains.slice(i + 1));
          expect(points).toBeGreaterThanOrEqual(later - gainMargin);
        });
        items.forEach((one, i) => {
          if (one.gain === null) expect(ordered[i]).toBe(one);
        });
      }),
    );
  });

  it('is the one that came in where gains are alike: that of cost', () => {
    const gains = [5, 5.5, 6.9, 4.9].map((points) => ({ gain: { points } }));
    expect(orderByGain(gains)).toEqual(gains);
    const last = { gain: { points: 9.5 } };
    expect(orderByGain([...gains, last]).map(({ gain }) => gain.points)).toEqual([
      5, 9.5, 5.5, 6.9, 4.9,
    ]);
  });
});
