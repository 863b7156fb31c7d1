import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/common/random';
import { countOfLabels, type LabelSets } from '../../../src/methods/labelSets';
import { allot, groupSplit, stratifiedSplit } from '../../../src/methods/sampling';
import { labelSetsOf } from '../../support/labelSets';

const labels = 7;
/** Shares of two to four parts in hundredths, none below 5 %. */
const someShares = fc
  .array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 3 })
  .filter((rest) => rest.reduce((a, b) => a + b, 0) <= 95)
  .map((rest) => [100 - rest.reduce((a, b) => a + b, 0), ...rest].map((share) => share / 100));
const someSets = fc.array(fc.uniqueArray(fc.nat({ max: labels - 1 }), { maxLength: 4 }), {
  maxLength: 120,
});
const oneLabel = fc.array(fc.nat({ max: labels - 1 }), { maxLength: 200 });

const split = (sets: LabelSets, shares: readonly number[], seed = 0): Uint8Array =>
  stratifiedSplit({ sets, labels, shares, random: createRandom(seed) });

/** [part][label] samples. */
const table = (
  samples: readonly (readonly number[])[],
  partOf: Uint8Array,
  parts: number,
): number[][] =>
  Array.from({ length: parts }, (_, part) =>
    Array.from(
      { length: labels },
      (_label, label) =>
        samples.filter((set, i) => partOf[i] === part && set.includes(label)).length,
    ),
  );

describe('an allotment', () => {
  const none = [0, 0, 0, 0];

  it('gives all, within one of the exact shares where these are at least one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), someShares, (count, shares) => {
        const given = allot(count, shares, none);
        expect(given.reduce((a, b) => a + b, 0)).toBe(count);
        const exact = shares.map((share) => share * count);
        if (exact.every((quota) => quota >= 1))
          given.forEach((items, part) => {
            expect(Math.abs(items - (exact[part] ?? 0))).toBeLessThan(1);
          });
        const filled = given.filter((items) => items > 0).length;
        if (count >= 2) expect(filled).toBe(Math.min(count, shares.length));
      }),
    );
  });

  it.each([
    [1, [1, 0, 0]],
    [2, [1, 1, 0]],
    [3, [1, 1, 1]],
    [4, [2, 1, 1]],
    [10, [8, 1, 1]],
    [29, [23, 3, 3]],
    [1000, [800, 100, 100]],
  ])('of %i samples is %j', (count, expected) => {
    expect([...allot(count, [0.8, 0.1, 0.1], none)]).toEqual(expected);
  });

  it('takes quotas that rounding spoils for whole', () => {
    // 0.29 × 100 is 28.999999999999996.
    expect([...allot(100, [0.71, 0.29], none)]).toEqual([71, 29]);
  });

  it('gives to the part that is behind on a tie', () => {
    expect([...allot(2, [0.8, 0.1, 0.1], [0, 0, 0.2])]).toEqual([1, 0, 1]);
  });
});

describe('a stratified split', () => {
  it('parts every class of single labels by its allotment', () => {
    fc.assert(
      fc.property(oneLabel, someShares, fc.nat(), (classes, shares, seed) => {
        const samples = classes.map((own) => [own]);
        const sets = labelSetsOf(samples);
        const parts = table(samples, split(sets, shares, seed), shares.length);
        countOfLabels(sets, labels).forEach((count, label) => {
          const own = parts.map((part) => part[label] ?? 0);
          expect(own.reduce((a, b) => a + b, 0)).toBe(count);
          if (count >= 2)
            expect(own.filter((n) => n > 0)).toHaveLength(Math.min(count, shares.length));
          if (shares.every((share) => share * count >= 1))
            own.forEach((n, part) =>
              expect(Math.abs(n - (shares[part] ?? 0) * count)).toBeLessThan(1),
            );
        });
      }),
    );
  });

  it('gives every sample one part, the same for the same seed', () => {
    fc.assert(
      fc.property(someSets, someShares, fc.nat(), (samples, shares, seed) => {
        const sets = labelSetsOf(samples);
        const one = split(sets, shares, seed);
        expect(one).toHaveLength(samples.length);
        for (const part of one) expect(part).toBeLessThan(shares.length);
        expect([...split(sets, shares, seed)]).toEqual([...one]);
      }),
    );
  });

  it('shares out samples without a label too', () => {
    const partOf = split(labelSetsOf(Array.from({ length: 100 }, () => [])), [0.7, 0.2, 0.1]);
    expect([0, 1, 2].map((part) => partOf.filter((own) => own === part).length)).toEqual([
      70, 20, 10,
    ]);
  });

  // 2,000 samples, label l in every 2^l-th, by chance together.
  const random = createRandom(3);
  const samples = Array.from({ length: 2000 }, () =>
    Array.from({ length: labels }, (_, label) => label).filter(
      (label) => random.nextFloat() < 0.5 ** (label + 1),
    ),
  );
  const shares = [0.8, 0.1, 0.1];
  const farthest = (partOf: Uint8Array): number => {
    const counts = countOfLabels(labelSetsOf(samples), labels);
    return Math.max(
      ...table(samples, partOf, 3).flatMap((part, p) =>
        part.map((n, label) => Math.abs(n - (shares[p] ?? 0) * (counts[label] ?? 0))),
      ),
    );
  };

  it('of several labels keeps the shares of each, far nearer than chance', () => {
    const found = split(labelSetsOf(samples), shares);
    expect(farthest(found)).toBeLessThanOrEqual(2);
    // The first label has about 1,000 samples: by chance its number among 200 has a deviation of
    // sqrt(200 × 0.5 × 0.5 × 0.9) = 6.7, so it misses by 5.4 on average and the farthest by more.
    const sizes = shares.map((share) => Math.round(share * samples.length));
    const parts = Uint8Array.from(sizes.flatMap((size, part) => Array<number>(size).fill(part)));
    const draws = Array.from({ length: 40 }, (_, seed) =>
      farthest(shuffle(parts.slice(), createRandom(seed))),
    );
    expect(draws.reduce((a, b) => a + b, 0) / draws.length).toBeGreaterThan(5);
  });

  it('does not lean to one part where rounding does: a thousand classes of five', () => {
    const classes = Array.from({ length: 5000 }, (_, i) => [i % 1000]);
    const partOf = stratifiedSplit({
      sets: labelSetsOf(classes),
      labels: 1000,
      shares,
      random: createRandom(0),
    });
    const sizes = [0, 1, 2].map((part) => partOf.filter((own) => own === part).length);
    // At least one of five in each part: three, one and one.
    expect(sizes).toEqual([3000, 1000, 1000]);
    const pairs = stratifiedSplit({
      sets: labelSetsOf(Array.from({ length: 2000 }, (_, i) => [i % 1000])),
      labels: 1000,
      shares,
      random: createRandom(0),
    });
    expect([1, 2].map((part) => pairs.filter((own) => own === part).length)).toEqual([500, 500]);
  });
});

describe('a split by groups', () => {
  const grouped = fc.array(
    fc.tuple(fc.uniqueArray(fc.nat({ max: labels - 1 }), { maxLength: 3 }), fc.nat({ max: 19 })),
    { maxLength: 120 },
  );
  /** Group numbers without gaps. */
  const dense = (numbers: readonly number[]): { groupOf: Uint32Array; groups: number } => {
    const ids = [...new Set(numbers)];
    return { groupOf: Uint32Array.from(numbers, (n) => ids.indexOf(n)), groups: ids.length };
  };

  it('never parts a group, and leaves no part empty that could have one', () => {
    fc.assert(
      fc.property(grouped, someShares, fc.nat(), (made, shares, seed) => {
        const { groupOf, groups } = dense(made.map(([, group]) => group));
        const partOf = groupSplit({
          sets: labelSetsOf(made.map(([set]) => set)),
          labels,
          shares,
          random: createRandom(seed),
          groupOf,
          groups,
        });
        expect(partOf).toHaveLength(made.length);
        const seen = new Map<number, number>();
        partOf.forEach((part, sample) => {
          const group = groupOf[sample] ?? 0;
          expect(seen.get(group) ?? part).toBe(part);
          seen.set(group, part);
        });
        if (made.every(([set]) => set.length === 0))
          expect(new Set(partOf).size).toBe(Math.min(groups, shares.length));
      }),
    );
  });

  it('brings a class of one label into every part it has groups for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (sizes, seed) => {
          // Group g has samples of class g mod 7.
          const numbers = sizes.flatMap((size, group) => Array<number>(size).fill(group));
          const partOf = groupSplit({
            sets: labelSetsOf(numbers.map((group) => [group % labels])),
            labels,
            shares: [0.7, 0.2, 0.1],
            random: createRandom(seed),
            groupOf: Uint32Array.from(numbers),
            groups: sizes.length,
          });
          for (let label = 0; label < labels; label++) {
            const own = sizes.filter((_, group) => group % labels === label).length;
            const parts = new Set(partOf.filter((_, i) => (numbers[i] ?? 0) % labels === label));
            expect(parts.size).toBeGreaterThanOrEqual(Math.min(own, 3));
          }
        },
      ),
    );
  });

  it('comes near the shares where groups are small', () => {
    const random = createRandom(9);
    const numbers = Array.from({ length: 4000 }, () => random.nextInt(800));
    const { groupOf, groups } = dense(numbers);
    const samples = numbers.map(() => [Math.floor(labels * random.nextFloat() ** 3)]);
    const shares = [0.7, 0.2, 0.1];
    const sets = labelSetsOf(samples);
    const partOf = groupSplit({ sets, labels, shares, random, groupOf, groups });
    const counts = countOfLabels(sets, labels);
    table(samples, partOf, 3).forEach((part, p) =>
      part.forEach((n, label) =>
        expect(Math.abs(n / (counts[label] ?? 1) - (shares[p] ?? 0))).toBeLessThan(0.03),
      ),
    );
  });
});
