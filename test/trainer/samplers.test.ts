import { describe, expect, it } from 'vitest';
import { expressibleMethods } from '../../src/config/combinations';
import { samplerSchema, samplerTraits } from '../../src/config/samplers';
import type { SamplerConfig } from '../../src/config/schema';
import { createSampler } from '../../src/trainer/samplers';
import { createPermutationSampler } from '../../src/trainer/samplers/byClass';

/** Every sampler of the table; `power` at exponents on both sides of the others. */
const configs: readonly SamplerConfig[] = [...expressibleMethods()]
  .filter((method) => method.startsWith('sampler:'))
  .map((method) => method.slice('sampler:'.length))
  .flatMap((kind) =>
    kind === 'power'
      ? [-1, 0.3, 1.5].map((q) => samplerSchema.parse({ kind, q }))
      : [samplerSchema.parse({ kind })],
  );

/** Classes of 500, 200, 60, none, 7 and 1 items, shuffled together. */
const counts = [500, 200, 60, 0, 7, 1];
const labels = Int32Array.from(
  counts.flatMap((count, label) => new Array<number>(count).fill(label)),
).sort((a, b) => ((a * 7 + 3) % 5) - ((b * 7 + 3) % 5));
const source = { labels, counts, seed: 3 };
const epochs = 40;

const drawn = (config: SamplerConfig): { byClass: number[]; byItem: number[] } => {
  const sampler = createSampler(config, source);
  const byItem = new Array<number>(labels.length).fill(0);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const position of sampler.epoch(epoch)) byItem[position]!++;
  const byClass = counts.map(() => 0);
  byItem.forEach((n, position) => (byClass[labels[position]!]! += n));
  return { byClass, byItem };
};

const probabilitiesOf = (config: SamplerConfig): Float64Array =>
  samplerTraits(config).probabilities(counts);

describe.each(configs.map((config) => [JSON.stringify(config), config] as const))(
  'sampler %s',
  (_, config) => {
    it('draws N positions an epoch, none of an empty class', () => {
      const order = createSampler(config, source).epoch(0);
      expect(order).toHaveLength(labels.length);
      for (const position of order) expect(position).toBeLessThan(labels.length);
      expect(drawn(config).byClass[3]).toBe(0);
    });

    it('draws classes with the probabilities that methods gives', () => {
      const { byClass } = drawn(config);
      const p = probabilitiesOf(config);
      const draws = epochs * labels.length;
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
      // Within an epoch an item of the class differs from another by one draw at most.
      expect(Math.max(...first) - Math.min(...first)).toBeLessThanOrEqual(epochs);
      const variance = first.reduce((sum, n) => sum + (n - mean) ** 2, 0) / first.length;
      // With replacement the variance would be about the mean; without it is at most that.
      expect(variance).toBeLessThanOrEqual(Math.max(mean, 0.01) * 1.3);
    });

    it('depends on seed and epoch alone, so that a resumed epoch is the same one', () => {
      const sampler = createSampler(config, source);
      sampler.epoch(0);
      const second = sampler.epoch(1);
      expect(createSampler(config, source).epoch(1)).toEqual(second);
      expect(sampler.epoch(1)).toEqual(second);
      expect(sampler.epoch(2)).not.toEqual(second);
      expect(createSampler(config, { ...source, seed: 4 }).epoch(1)).not.toEqual(second);
    });
  },
);

describe('instance sampling', () => {
  it('shows every item once an epoch', () => {
    const order = createPermutationSampler(source).epoch(5);
    expect([...order].sort((a, b) => a - b)).toEqual(
      labels.reduce<number[]>((all, _, i) => [...all, i], []),
    );
  });
});

describe('equal counts', () => {
  it('give every sampler the same class probabilities', () => {
    const even = [9, 9, 9];
    for (const config of configs)
      for (const p of samplerTraits(config).probabilities(even)) expect(p).toBeCloseTo(1 / 3, 14);
  });
});
