import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiLabelMeasures, rarePairs, togetherTable } from '../../../src/methods/distribution';
import { countDistinctSets, countOfLabels, samplesOfLabels } from '../../../src/methods/labelSets';
import { wilsonInterval } from '../../../src/methods/metrics';
import { labelSetsOf } from '../../support/labelSets';

const labels = 6;
const someSets = fc.array(fc.uniqueArray(fc.nat({ max: labels - 1 }), { maxLength: labels }), {
  maxLength: 40,
});

describe('columns of label sets', () => {
  it('count, list and tell apart the sets as arrays would', () => {
    fc.assert(
      fc.property(someSets, (samples) => {
        const sets = labelSetsOf(samples);
        const index = samplesOfLabels(sets, labels);
        const counts = countOfLabels(sets, labels);
        for (let label = 0; label < labels; label++) {
          const own = samples.flatMap((set, i) => (set.includes(label) ? [i] : []));
          expect(counts[label]).toBe(own.length);
          expect([...index.samples.subarray(index.starts[label], index.starts[label + 1])]).toEqual(
            own,
          );
        }
        const texts = samples.map((set) => [...set].sort().join());
        expect(countDistinctSets(sets)).toBe(new Set(texts).size);
      }),
    );
  });

  it('tell more sets apart than the table starts with', () => {
    const sets = Array.from({ length: 9000 }, (_, i) => [i % 3000, 3000 + (i % 7)]);
    expect(countDistinctSets(labelSetsOf(sets))).toBe(9000);
    const twice = Array.from({ length: 9000 }, (_, i) => [i % 1500, 3000 + (i % 4)]);
    // Least common multiple of 1500 and 4.
    expect(countDistinctSets(labelSetsOf(twice))).toBe(1500);
  });
});

describe('measures of label sets', () => {
  it('are those of arrays, sample by sample', () => {
    fc.assert(
      fc.property(someSets, (samples) => {
        const found = multiLabelMeasures(labelSetsOf(samples), labels);
        const counts = Array.from({ length: labels }, (_, label) =>
          samples.reduce((sum, set) => sum + (set.includes(label) ? 1 : 0), 0),
        );
        const top = Math.max(...counts);
        samples.forEach((set, i) => {
          const ratios = set.map((label) => top / (counts[label] ?? NaN));
          const product = ratios.reduce((a, b) => a * b, 1);
          const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
          const expected = set.length === 0 ? 0 : 1 - product ** (1 / set.length) / mean;
          expect(found.scumblePerSample[i]).toBeCloseTo(expected, 10);
        });
        const most = samples.reduce((sum, set) => sum + set.length, 0) / (samples.length || 1);
        expect(found.cardinality).toBeCloseTo(most, 12);
        expect(found.density).toBeCloseTo(most / labels, 12);
      }),
    );
  });
});

describe('pairs of rare and frequent labels', () => {
  // 0 is everywhere, 1 in half; 2 comes with 0 in 9 of 10, 3 once, alone with 1.
  const samples = [
    ...Array.from({ length: 50 }, () => [0, 1]),
    ...Array.from({ length: 41 }, () => [0]),
    ...Array.from({ length: 9 }, () => [0, 2]),
    [2],
    [1, 3],
  ];
  const sets = labelSetsOf(samples);
  const counts = countOfLabels(sets, 4);

  it('are ordered by what is sure, not by a share of one sample', () => {
    const found = rarePairs({ sets, counts, rare: [2, 3], most: 5 });
    expect(found).toEqual({
      complete: true,
      pairs: [
        { rare: 2, frequent: 0, together: 9, share: 0.9 },
        { rare: 3, frequent: 1, together: 1, share: 1 },
      ],
    });
    expect(rarePairs({ sets, counts, rare: [2, 3], most: 1 }).pairs).toHaveLength(1);
  });

  it('say so where they were not all looked at', () => {
    expect(rarePairs({ sets, counts, rare: [2, 3], most: 5, budget: 4 })).toEqual({
      complete: false,
      pairs: [],
    });
  });

  it('make a table of the frequent labels that rows share most with', () => {
    const rare = [2, 3];
    expect(togetherTable({ sets, counts, rows: [3, 2], rare, most: 5 })).toEqual({
      rare: [2, 3],
      frequent: [0, 1],
      together: [
        [9, 0],
        [0, 1],
      ],
    });
    // Label 1 has all of 3, label 0 only nine tenths of 2.
    expect(togetherTable({ sets, counts, rows: rare, rare, most: 1 })).toMatchObject({
      frequent: [1],
    });
    expect(togetherTable({ sets, counts, rows: [], rare, most: 5 }).frequent).toEqual([]);
  });

  it('are those a full matrix gives', () => {
    fc.assert(
      fc.property(someSets, fc.subarray([0, 1, 2, 3, 4, 5]), (made, rare) => {
        const own = labelSetsOf(made);
        const ownCounts = countOfLabels(own, labels);
        const together = (a: number, b: number): number =>
          made.filter((set) => set.includes(a) && set.includes(b)).length;
        const frequent = [0, 1, 2, 3, 4, 5].filter((label) => !rare.includes(label));
        const sure = rare
          .map((label) => Math.max(0, ...frequent.map((other) => together(label, other))))
          .map((both, i) => [both, ownCounts[rare[i] ?? 0] ?? 0] as const)
          .filter(([both]) => both > 0)
          .map(([both, n]) => wilsonInterval(both, n)[0])
          .sort((a, b) => b - a)
          .slice(0, 2);
        const { pairs } = rarePairs({ sets: own, counts: ownCounts, rare, most: 2 });
        expect(
          pairs.map((pair) => wilsonInterval(pair.together, ownCounts[pair.rare] ?? 0)[0]),
        ).toEqual(sure);
        for (const pair of pairs) {
          expect(pair.together).toBe(together(pair.rare, pair.frequent));
          expect(pair.share).toBe(pair.together / (ownCounts[pair.rare] ?? 0));
        }
      }),
    );
  });
});
