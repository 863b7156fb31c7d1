import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesInBand, resolveBands } from '../../../src/methods/bands';
import { cifar10, someCounts } from './counts';

const sizes = (counts: readonly number[], scheme: Parameters<typeof resolveBands>[1]) => {
  const { assignment } = resolveBands(counts, scheme);
  return (['many', 'medium', 'few'] as const).map((b) => classesInBand(assignment, b).length);
};

describe('bands', () => {
  it('CIFAR-10-LT is 8 / 2 / 0 by count, so auto takes ranks: 3 / 4 / 3', () => {
    expect(sizes(cifar10, 'count')).toEqual([8, 2, 0]);
    expect(sizes(cifar10, 'auto')).toEqual([3, 4, 3]);
    const { bands } = resolveBands(cifar10, 'auto');
    expect(bands).toEqual({ scheme: 'rank', thresholds: { manyAbove: 1796, fewBelow: 139 } });
  });

  it('auto keeps counts where no band is empty', () => {
    expect(resolveBands([500, 50, 5], 'auto').bands).toEqual({
      scheme: 'count',
      thresholds: { manyAbove: 100, fewBelow: 20 },
    });
  });

  it('counts have their bounds inside medium', () => {
    expect(resolveBands([101, 100, 20, 19, 0], 'count').assignment).toEqual([
      'many',
      'medium',
      'medium',
      'few',
      'few',
    ]);
  });

  it('lvis parts at 10 and 100', () => {
    expect(resolveBands([101, 100, 11, 10], 'lvis').assignment).toEqual([
      'many',
      'medium',
      'medium',
      'few',
    ]);
  });

  it('ranks: equal counts share a band, two classes are head and tail, one is medium', () => {
    expect(sizes([9, 9, 9, 9], 'rank')).toEqual([0, 4, 0]);
    expect(resolveBands([10, 30], 'rank').assignment).toEqual(['few', 'many']);
    expect(resolveBands([10, 10], 'rank').assignment).toEqual(['medium', 'medium']);
    expect(resolveBands([10], 'rank').assignment).toEqual(['medium']);
    expect(resolveBands([], 'rank').assignment).toEqual([]);
    // s = 9 9 9 1 1 1, k = 2: s[1] = 9 takes all three nines, s[4] = 1 all three ones.
    expect(sizes([9, 1, 9, 1, 9, 1], 'rank')).toEqual([3, 0, 3]);
  });

  it('takes thresholds as given', () => {
    expect(resolveBands([5, 3, 1], { manyAbove: 4, fewBelow: 2 })).toEqual({
      bands: { scheme: 'custom', thresholds: { manyAbove: 4, fewBelow: 2 } },
      assignment: ['many', 'medium', 'few'],
    });
  });

  it.each(['auto', 'count', 'rank', 'lvis'] as const)(
    '%s: a larger class is never in a lower band, equal ones share theirs',
    (scheme) => {
      const order = { few: 0, medium: 1, many: 2 };
      fc.assert(
        fc.property(someCounts, (counts) => {
          const { assignment } = resolveBands(counts, scheme);
          counts.forEach((n, i) =>
            counts.forEach((m, j) => {
              const [a, b] = [assignment[i] ?? 'few', assignment[j] ?? 'few'];
              if (n >= m) expect(order[a]).toBeGreaterThanOrEqual(order[b]);
            }),
          );
        }),
      );
    },
  );
});
