import { describe, expect, it } from 'vitest';
import { expressibleMethods } from '../support/expressible';
import { samplerSchema, samplerTraits } from '../../src/config/samplers';
import type { SamplerConfig } from '../../src/config/schema';
import { createSampler } from '../../src/config/samplers/createSampler';
import type { Sampler, SamplerSource } from '../../src/methods/drawing/types';

/** Every sampler of the table; some also with other settings. */
const variants: Readonly<Record<string, readonly object[]>> = {
  power: [{ q: -1 }, { q: 0.3 }, { q: 1.5 }],
  'repeat-factor': [{}, { threshold: 0.3, squareRoot: false, most: 4 }],
  over: [{}, { ratio: 0.3 }, { strategy: 'minority' }],
  under: [{}, { ratio: 0.05 }, { strategy: 'majority' }],
};
const configs: readonly SamplerConfig[] = [...expressibleMethods()]
  .filter((method) => method.startsWith('sampler:'))
  .map((method) => method.slice('sampler:'.length))
  .flatMap((kind) =>
    (variants[kind] ?? [{}]).map((settings) => samplerSchema.parse({ kind, ...settings })),
  );

/** Classes of 500, 200, 60, none, 7 and 1 items, shuffled together. */
const counts = [500, 200, 60, 0, 7, 1];
const labels = Int32Array.from(
  counts.flatMap((count, label) => new Array<number>(count).fill(label)),
).sort((a, b) => ((a * 7 + 3) % 5) - ((b * 7 + 3) % 5));
const source: SamplerSource = { labels, counts, seed: 3 };
const epochs = 40;

const make = (config: SamplerConfig, more: Partial<SamplerSource> = {}): Sampler =>
  createSampler(config, { ...source, ...more }, { epochs });

const drawn = (config: SamplerConfig): { byClass: number[]; byItem: number[]; draws: number } => {
  const sampler = make(config);
  const byItem = new Array<number>(labels.length).fill(0);
  let draws = 0;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const position of sampler.epoch(epoch)) {
      byItem[position]!++;
      draws++;
    }
  const byClass = counts.map(() => 0);
  byItem.forEach((n, position) => (byClass[labels[position]!]! += n));
  return { byClass, byItem, draws };
};

/** Class probabilities in the mean over the epochs. */
const meanProbabilities = (config: SamplerConfig): Float64Array => {
  const traits = samplerTraits(config);
  const { draw } = traits;
  const fixed = traits.probabilities(counts);
  if (draw.kind !== 'class-first' || draw.at === undefined) return fixed;
  const { at } = draw;
  const all = Array.from({ length: epochs }, (_, epoch) => at(counts, epoch, epochs));
  return fixed.map((_, j) => all.reduce((sum, p) => sum + p[j]!, 0) / epochs);
};

describe.each(configs.map((config) => [JSON.stringify(config), config] as const))(
  'sampler %s',
  (_, config) => {
    it('draws as many positions as it says, none of an empty class', () => {
      const sampler = make(config);
      const order = sampler.epoch(0);
      expect(order).toHaveLength(sampler.draws(0));
      for (const position of order) expect(position).toBeLessThan(labels.length);
      expect(drawn(config).byClass[3]).toBe(0);
    });

    it('draws classes with the probabilities that methods gives', () => {
      const { byClass, draws } = drawn(config);
      const p = meanProbabilities(config);
      const present = counts.map((_, j) => j).filter((j) => p[j]! > 0);
      const chiSquare = present.reduce((sum, j) => {
        const expected = p[j]! * draws;
        return sum + (byClass[j]! - expected) ** 2 / expected;
      }, 0);
      // 99.9 % point of chi-square with 4 degrees of freedom.
      expect(chiSquare).toBeLessThan(18.47);
    });

    it('spreads a class’s draws evenly over its items', () => {
      const { byItem, byClass } = drawn(config);
      const first = byItem.filter((_, position) => labels[position] === 0);
      const mean = byClass[0]! / counts[0]!;
      expect(Math.max(...first) - Math.min(...first)).toBeLessThanOrEqual(epochs);
      const variance = first.reduce((sum, n) => sum + (n - mean) ** 2, 0) / first.length;
      // With replacement the variance would be about the mean; without it is at most that.
      expect(variance).toBeLessThanOrEqual(Math.max(mean, 0.01) * 1.3);
    });

    it('depends on seed and epoch alone, so that a resumed epoch is the same one', () => {
      const sampler = make(config);
      sampler.epoch(0);
      const second = sampler.epoch(1);
      expect(make(config).epoch(1)).toEqual(second);
      expect(sampler.epoch(1)).toEqual(second);
      expect(sampler.epoch(2)).not.toEqual(second);
      expect(make(config, { seed: 4 }).epoch(1)).not.toEqual(second);
    });

    it('draws plainly before it comes into force, and as from the start after that', () => {
      const plain = make({ kind: 'instance' });
      const late = createSampler(config, source, { epochs, switchAt: 10 });
      expect(late.epoch(9)).toEqual(plain.epoch(9));
      expect(late.draws(9)).toBe(labels.length);
      expect(late.draws(10)).toBe(make(config).draws(0));
      expect(createSampler(config, source, { epochs, switchAt: 0 }).epoch(3)).toEqual(
        make(config).epoch(3),
      );
      const never = createSampler(config, source, { epochs, switchAt: epochs });
      for (const epoch of [0, epochs - 1]) expect(never.epoch(epoch)).toEqual(plain.epoch(epoch));
    });
  },
);

const timesOf = (order: Uint32Array): number[] => {
  const times = new Array<number>(labels.length).fill(0);
  for (const position of order) times[position]!++;
  return times;
};

describe('instance sampling', () => {
  it('shows every item once an epoch', () => {
    expect(new Set(timesOf(make({ kind: 'instance' }).epoch(5)))).toEqual(new Set([1]));
  });
});

describe('progressive sampling', () => {
  it('ends balanced after the epochs that are left from its switch', () => {
    const late = createSampler({ kind: 'progressive' }, source, { epochs: 20, switchAt: 10 });
    const byClass = (epoch: number): number[] => {
      const found = counts.map(() => 0);
      for (const position of late.epoch(epoch)) found[labels[position]!]!++;
      return found;
    };
    // 768 draws: about 500 of the largest class of 500 at first, about 154 of each of five at last.
    expect(byClass(10)[0]).toBeGreaterThan(440);
    expect(byClass(10)[5]).toBeLessThan(10);
    expect(byClass(19)[0]).toBeLessThan(200);
    expect(byClass(19)[5]).toBeGreaterThan(110);
  });
});

describe('class-aware sampling', () => {
  it('takes four of a class in a row and every class once in a round', () => {
    const drawnLabels = [...make({ kind: 'class-aware', perClass: 4 }).epoch(0)].map(
      (position) => labels[position]!,
    );
    for (let round = 0; round + 20 <= drawnLabels.length; round += 20) {
      const fours = [0, 4, 8, 12, 16].map((at) => drawnLabels.slice(round + at, round + at + 4));
      for (const four of fours) expect(new Set(four).size).toBe(1);
      expect(fours.map(([label]) => label!).sort()).toEqual([0, 1, 2, 4, 5]);
    }
  });
});

describe('over- and under-sampling', () => {
  it('keep every item when growing, and none twice when shrinking', () => {
    const over = timesOf(make(samplerSchema.parse({ kind: 'over', ratio: 0.3 })).epoch(0));
    expect(Math.min(...over)).toBe(1);
    // 500, 200, and three grown to 150.
    expect(over.reduce((a, b) => a + b, 0)).toBe(500 + 200 + 3 * 150);
    const under = timesOf(make(samplerSchema.parse({ kind: 'under', ratio: 0.05 })).epoch(0));
    expect(Math.max(...under)).toBe(1);
    // At most 1 / 0.05 = 20 of a class.
    expect(under.reduce((a, b) => a + b, 0)).toBe(20 + 20 + 20 + 7 + 1);
  });
});

describe('repeat-factor sampling', () => {
  const lists = [...labels]
    .map((label, i) => (i % 11 === 0 ? [] : i % 3 === 0 ? [0, label] : [label]))
    .map((own) => [...new Set(own)]);
  const ownCounts = counts.map((_, j) => lists.filter((own) => own.includes(j)).length);
  const config = samplerSchema.parse({ kind: 'repeat-factor' });
  const sampler = make(config, { labelLists: lists, counts: ownCounts });
  const { draw } = samplerTraits(config);
  const ofLabel = draw.kind === 'repeat' ? draw.repeats(ownCounts, lists.length) : null;
  const factors = lists.map((own) => Math.max(1, ...own.map((label) => ofLabel![label]!)));

  it('shows each item ⌊r⌋ or ⌈r⌉ times, by its fraction; one without labels once', () => {
    const rounds = 400;
    const sums = factors.map(() => 0);
    for (let epoch = 0; epoch < rounds; epoch++)
      timesOf(sampler.epoch(epoch)).forEach((times, i) => {
        expect(times).toBeGreaterThanOrEqual(Math.floor(factors[i]!));
        expect(times).toBeLessThanOrEqual(Math.ceil(factors[i]!));
        sums[i]! += times;
      });
    expect(factors.filter((r, i) => lists[i]!.length === 0 && r !== 1)).toEqual([]);
    // The sum of fractions is rounded, and each fraction with it.
    const fractions = factors.reduce((sum, r) => sum + (r % 1), 0);
    const kept = Math.round(fractions) / fractions;
    expect(kept).toBeGreaterThan(0.9);
    factors.forEach((r, i) => {
      // Five deviations of a mean of `rounds` draws of 0 or 1.
      expect(Math.abs(sums[i]! / rounds - Math.floor(r) - (r % 1) * kept)).toBeLessThan(
        5 * Math.sqrt(0.25 / rounds),
      );
    });
  });

  it('has epochs of the same length, the rounded sum of factors', () => {
    const sum = factors.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(lists.length);
    expect(sampler.draws(0)).toBe(Math.round(sum));
    for (const epoch of [0, 1, 2]) expect(sampler.epoch(epoch)).toHaveLength(sampler.draws(epoch));
  });
});

describe('equal counts', () => {
  it('give every sampler the same class probabilities', () => {
    const even = [9, 9, 9];
    for (const config of configs)
      for (const p of samplerTraits(config).probabilities(even)) expect(p).toBeCloseTo(1 / 3, 14);
  });
});
