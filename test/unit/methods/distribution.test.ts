import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distributionMeasures,
  longTailProfile,
  lorenz,
  multiLabelMeasures,
  severity,
} from '../../../src/methods/distribution';
import { labelSetsOf } from '../../support/labelSets';
import { cifar10, someCounts, total } from './counts';

const step = longTailProfile(5000, 100, 10, 'step');
const flat = Array<number>(10).fill(500);

/** Values of the same formulas worked out apart from this code, as many digits as they are given. */
const table: readonly (readonly [
  string,
  number,
  readonly number[],
  Readonly<Record<string, number>>,
])[] = [
  [
    'CIFAR-10-LT, factor 100',
    3,
    cifar10,
    {
      imbalanceRatio: 100,
      gini: 0.613,
      giniUnbiased: 0.681,
      entropy: 1.644,
      entropyNormalised: 0.714,
      effectiveClasses: 5.174,
      cvPopulation: 1.239,
      headShare: 0.645,
      classShareFor80Percent: 0.4,
      'expFit.logSlope': -0.512,
      geometricDecayMle: 0.512,
      zipfExponentMle: 1.416,
      'zipfFit.exponent': 2.012,
      countPowerLawAlpha: 1.435,
    },
  ],
  [
    'CIFAR-100-LT, factor 100',
    3,
    longTailProfile(500, 100, 100),
    {
      gini: 0.592,
      entropyNormalised: 0.87,
      cvPopulation: 1.176,
      headShare: 0.613,
      classShareFor80Percent: 0.34,
      'expFit.logSlope': -0.047,
      geometricDecayMle: 0.047,
      zipfExponentMle: 0.749,
      countPowerLawAlpha: 1.438,
    },
  ],
  [
    'ten classes in two steps, factor 100',
    3,
    step,
    {
      gini: 0.49,
      entropy: 1.665,
      hill2: 5.1,
      cvPopulation: 0.98,
      headShare: 0.396,
      classShareFor80Percent: 0.5,
      geometricDecayMle: 0.355,
      zipfExponentMle: 0.922,
      'zipfFit.exponent': 2.633,
      countPowerLawAlpha: 1.434,
    },
  ],
  [
    'ten equal classes',
    6,
    flat,
    {
      imbalanceRatio: 1,
      gini: 0,
      entropyNormalised: 1,
      effectiveClasses: 10,
      hill2: 10,
      hillInfinity: 10,
      cvPopulation: 0,
      classShareFor80Percent: 0.8,
      'expFit.imbalance': 1,
      geometricDecayMle: 0,
      zipfExponentMle: 0,
    },
  ],
];

describe.each(table)('%s', (_name, digits, counts, expected) => {
  it.each(Object.entries(expected))('%s is %d', (name, value) => {
    // Half a unit of the last digit given, and the digit may have been cut.
    const got = distributionMeasures(counts)[name] ?? NaN;
    expect(Math.abs(got - value)).toBeLessThanOrEqual(1.01 * 10 ** -digits);
  });
});

describe('measures', () => {
  it('count 10,694 effective samples on CIFAR-10-LT', () => {
    expect(distributionMeasures(cifar10)['effectiveSamples']).toBeCloseTo(10694, -1);
  });

  it('recover the rate of an exact geometric profile', () => {
    const counts = Array.from({ length: 12 }, (_, k) => 2 ** (20 - k));
    const measures = distributionMeasures(counts);
    expect(measures['geometricDecayMle']).toBeCloseTo(Math.LN2, 10);
    expect(measures['expFit.imbalance']).toBeCloseTo(2 ** 11, 6);
    expect(measures['geometricAic'] ?? NaN).toBeLessThan(measures['zipfAic'] ?? NaN);
  });

  it('recover the exponent of an exact rank law', () => {
    const counts = Array.from({ length: 12 }, (_, k) => 1e9 / (k + 1) ** 2);
    const measures = distributionMeasures(counts);
    expect(measures['zipfExponentMle']).toBeCloseTo(2, 8);
    expect(measures['zipfAic'] ?? NaN).toBeLessThan(measures['geometricAic'] ?? NaN);
  });

  it('are finite or null for any counts, in any order', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const measures = distributionMeasures(counts);
        const turned = distributionMeasures([...counts].reverse());
        for (const [name, value] of Object.entries(measures)) {
          if (value === null) expect(turned[name]).toBeNull();
          else {
            expect(Number.isFinite(value)).toBe(true);
            expect(Math.abs(value - (turned[name] ?? NaN))).toBeLessThan(1e-9 * (1 + value ** 2));
          }
        }
      }),
    );
  });

  it('of one class, of empty classes and of nothing are null where undefined', () => {
    const one = distributionMeasures([7]);
    expect(one).toMatchObject({ imbalanceRatio: 1, entropyNormalised: null, giniUnbiased: null });
    expect(one['expFit.mu']).toBeNull();
    const zero = distributionMeasures([5, 0]);
    expect(zero).toMatchObject({ imbalanceRatio: 1, imbalanceRatioStrict: null, numNonEmpty: 1 });
    const none = distributionMeasures([]);
    expect(none).toMatchObject({ numClasses: 0, total: 0, imbalanceRatio: null, gini: null });
    expect(distributionMeasures([0, 0])).toMatchObject({
      total: 0,
      entropy: null,
      headShare: null,
    });
  });

  it('do not change with the scale of the counts where they should not', () => {
    const a = distributionMeasures(cifar10);
    const b = distributionMeasures(cifar10.map((n) => 3 * n));
    for (const name of ['gini', 'entropy', 'cvPopulation', 'hill2', 'imbalanceRatio'])
      expect(b[name]).toBeCloseTo(a[name] ?? NaN, 10);
  });
});

describe('profiles and curves', () => {
  it('the Lorenz curve runs from 0 to 1, below the diagonal, and holds the Gini index', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const curve = lorenz(counts);
        const area = curve
          .slice(1)
          .reduce((sum, y, i) => sum + (y + (curve[i] ?? NaN)) / (2 * counts.length), 0);
        expect(curve[0]).toBe(0);
        expect(curve.at(-1)).toBeCloseTo(1, 12);
        expect(1 - 2 * area).toBeCloseTo(distributionMeasures(counts)['gini'] ?? NaN, 10);
      }),
    );
  });

  it.each([
    [5000, 10, 10, 20431],
    [5000, 100, 10, 12406],
    [500, 100, 100, 10847],
  ])('n_max %d, factor %d, %d classes make %d samples', (nMax, factor, classes, samples) => {
    expect(total(longTailProfile(nMax, factor, classes))).toBe(samples);
  });

  it('a single class keeps n_max, a factor below 1 is refused', () => {
    expect(longTailProfile(50, 10, 1)).toEqual([50]);
    expect(() => longTailProfile(50, 0.01, 10)).toThrow(RangeError);
  });

  it('severity has its bounds', () => {
    expect([null, 1, 2.9, 3, 10, 50, 200, 200.1].map(severity)).toEqual([
      'none',
      'none',
      'none',
      'mild',
      'moderate',
      'severe',
      'severe',
      'extreme',
    ]);
  });
});

// Label rows 100, 100, 110, 101, 010: counts 4, 2, 1 and IRLbl 1, 2, 4 by hand.
describe('label sets', () => {
  const measures = multiLabelMeasures(labelSetsOf([[0], [0], [0, 1], [0, 2], [1]]), 3);

  it('have the measures worked out by hand', () => {
    expect([...measures.imbalance]).toEqual([1, 2, 4]);
    expect(measures.meanImbalance).toBeCloseTo(7 / 3, 12);
    expect(measures.cvImbalance).toBeCloseTo(0.6547, 4);
    // 1 - sqrt(2) / 1.5 and 1 - 2 / 2.5.
    expect(measures.scumblePerSample[2]).toBeCloseTo(1 - Math.SQRT2 / 1.5, 12);
    expect(measures.scumblePerSample[3]).toBeCloseTo(0.2, 12);
    expect(measures.scumble).toBeCloseTo(0.0514, 4);
  });

  it('leave out a label that never occurs', () => {
    const more = multiLabelMeasures(labelSetsOf([[0], [0], [0, 1], [0, 2], [1]]), 4);
    expect(more.imbalance[3]).toBeNaN();
    expect(more.meanImbalance).toBe(measures.meanImbalance);
    expect(more.scumblePerLabel[3]).toBeNaN();
    expect(multiLabelMeasures(labelSetsOf([]), 2)).toMatchObject({
      cardinality: 0,
      meanImbalance: null,
    });
  });
});
