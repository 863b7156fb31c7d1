import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { profileDataset } from '../../../src/profile/profile';
import type { ProfileOptions } from '../../../src/profile/profile';
import type { LongTailProfile } from '../../../src/profile/types';
import { catalogue } from '../../../src/words/en';
import { memorySource, pictureTree } from '../dataset/memorySource';

fc.configureGlobal({ seed: 20261123 });

type Counts = Readonly<Record<string, number>>;

/** The profile of pictures in folders with these counts: `counts[split][class]`. */
const profileOf = (
  counts: Readonly<Record<string, Counts>>,
  options: ProfileOptions = {},
): LongTailProfile => {
  // One folder without a picture keeps a class that has none.
  const empty = Object.entries(counts).flatMap(([split, classes]) =>
    Object.entries(classes)
      .filter(([, count]) => count === 0)
      .map(([name]): [string, string] => [`/data/${split}/${name}/none.txt`, '']),
  );
  const source = memorySource({ ...pictureTree('/data', counts), ...Object.fromEntries(empty) });
  return profileDataset(scanDatasetSync(source, '/data', { format: 'image-folder' }), options);
};

const bandsOf = ({ classes }: LongTailProfile): Record<string, string> =>
  Object.fromEntries(classes.map(({ name, band }) => [name, band]));
const bandSizes = ({ classes }: LongTailProfile): number[] =>
  ['many', 'medium', 'few'].map((band) => classes.filter((one) => one.band === band).length);
const codes = ({ issues }: LongTailProfile): string[] => issues.map(({ code }) => code);

/** floor(5000 × 100^(−k/9)), k = 0 … 9: the exponential profile of imbalance factor 100. */
const cifar10 = [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50];

const expectCifar = (profile: LongTailProfile): void => {
  expect(profile.samples).toBe(12_406 + 10_000);
  expect(profile.splits).toEqual({
    train: { samples: 12_406, labels: 12_406 },
    test: { samples: 10_000, labels: 10_000 },
  });
  expect(profile.profiledSplit).toBe('train');
  expect(profile.bands.scheme).toBe('rank');
  expect(bandSizes(profile)).toEqual([3, 4, 3]);
  expect(profile.metrics).toMatchObject({ imbalanceRatio: 100, max: 5000, min: 50, total: 12_406 });
  // Independent arithmetic: sum (2i − C − 1) n_(i) / (C N) over the ascending counts.
  const gini =
    [...cifar10].reverse().reduce((sum, n, i) => sum + (2 * (i + 1) - 11) * n, 0) / (10 * 12_406);
  expect(profile.metrics['gini']).toBeCloseTo(gini, 12);
  expect(profile.classes.map(({ splits }) => splits['train'])).toEqual(cifar10);
  expect(profile.classes.map(({ splits }) => splits['test'])).toEqual(cifar10.map(() => 1000));
};

describe('profileDataset', () => {
  it('profiles the training split of a long-tailed CIFAR-10', () => {
    const names = cifar10.map((_, i) => `class ${String(i)}`);
    const train = Object.fromEntries(names.map((name, i) => [name, cifar10[i] ?? 0]));
    const test = Object.fromEntries(names.map((name) => [name, 1000]));
    expectCifar(profileOf({ train, test }));
  });

  const folder = process.env['CIFAR10_LT'] ?? '';
  it.skipIf(!existsSync(folder))(
    'profiles the real one (CIFAR10_LT names the unpacked folder)',
    () => expectCifar(profileDataset(scanDatasetSync(nodeFileSource, folder))),
  );

  it('counts every split and profiles all of them where there is no training split', () => {
    const profile = profileOf({ test: { a: 3, b: 1 }, val: { a: 1, b: 1 } });
    expect(profile.profiledSplit).toBe('all');
    expect(Object.keys(profile.splits)).toEqual(['validation', 'test']);
    expect(profile.metrics).toMatchObject({ total: 6, max: 4, min: 2, imbalanceRatio: 2 });
    expect(codes(profile)).toContain('dataset/no-train');
  });

  it('says nothing definite about a dataset without samples', () => {
    const profile = profileOf({ train: { a: 0, b: 0 } });
    expect(profile.samples).toBe(0);
    expect(profile.classes.map(({ count }) => count)).toEqual([0, 0]);
    expect(profile.metrics).toMatchObject({ imbalanceRatio: null, gini: null, entropy: null });
    expect(codes(profile)).toContain('dataset/no-samples');
  });

  it('leaves measures that compare classes undefined for a single one', () => {
    const profile = profileOf({ train: { a: 7 } });
    expect(bandsOf(profile)).toEqual({ a: 'medium' });
    expect(profile.metrics).toMatchObject({
      imbalanceRatio: 1,
      gini: 0,
      giniUnbiased: null,
      entropy: 0,
      entropyNormalised: null,
    });
    expect(codes(profile)).toEqual(
      expect.arrayContaining(['dataset/one-class', 'profile/undefined-for-one']),
    );
  });

  it('keeps an empty class, with a ratio over the others', () => {
    const profile = profileOf({ train: { a: 8, b: 2, c: 0 } });
    expect(profile.metrics).toMatchObject({
      imbalanceRatio: 4,
      imbalanceRatioStrict: null,
      numClasses: 3,
      numNonEmpty: 2,
    });
    expect(profile.issues).toContainEqual(
      expect.objectContaining({
        code: 'profile/ratio-with-empty',
        params: { count: 1, names: ['c'] },
      }),
    );
  });

  it('puts equal counts into one band', () => {
    expect(bandsOf(profileOf({ train: { a: 5, b: 5, c: 5, d: 5 } }))).toEqual({
      a: 'medium',
      b: 'medium',
      c: 'medium',
      d: 'medium',
    });
    // s = 9 4 4 4 1 1, k = 2: many from 4, few to 1.
    expect(bandsOf(profileOf({ train: { a: 4, b: 9, c: 1, d: 4, e: 1, f: 4 } }))).toEqual({
      a: 'many',
      b: 'many',
      c: 'few',
      d: 'many',
      e: 'few',
      f: 'many',
    });
  });

  it('uses the bands it is given', () => {
    const bands = { manyAbove: 8, fewBelow: 3 };
    const profile = profileOf({ train: { a: 9, b: 8, c: 3, d: 2 } }, { bands });
    expect(profile.bands).toEqual({ scheme: 'custom', thresholds: bands });
    expect(bandsOf(profile)).toEqual({ a: 'many', b: 'medium', c: 'medium', d: 'few' });
  });

  it('looks at classes as the config wants them', () => {
    const counts = { train: { ant: 4, bee: 2, cat: 1, dog: 9 }, test: { ant: 1, dog: 1 } };
    const classes = { ignore: ['dog'], merge: { insect: ['ant', 'bee'] } };
    const profile = profileOf(counts, { classes });
    expect(profile.classes).toMatchObject([
      { name: 'insect', count: 7, splits: { train: 6, test: 1 } },
      { name: 'cat', count: 1 },
    ]);
    expect(profile.samples).toBe(8);
    expect(profile.metrics).toMatchObject({ total: 7, imbalanceRatio: 6 });
  });

  it('has a sentence for each of its issues', () => {
    for (const { code } of profileOf({ train: { a: 8, b: 2, c: 0 }, test: { d: 1 } }).issues)
      expect(catalogue).toHaveProperty([code]);
  });
});

describe('for any counts', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 });
  const letters = 'abcdefghi';
  const named = (values: readonly number[]): Counts =>
    Object.fromEntries(values.map((n, i) => [letters[i] ?? '', n]));

  it('gives numbers JSON has, and bands that part the classes by count', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const profile = profileOf({ train: named(values) });
        expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
        const rank = { few: 0, medium: 1, many: 2 };
        for (const one of profile.classes)
          for (const other of profile.classes)
            if (one.count > other.count)
              expect(rank[one.band]).toBeGreaterThanOrEqual(rank[other.band]);
            else if (one.count === other.count) expect(one.band).toBe(other.band);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on which class has which count', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const one = profileOf({ train: named(values) });
        const other = profileOf({ train: named([...values].reverse()) });
        expect(other.metrics).toEqual(one.metrics);
        expect(other.bands).toEqual(one.bands);
        expect(other.classes.map(({ band }) => band).reverse()).toEqual(
          one.classes.map(({ band }) => band),
        );
      }),
      { numRuns: 60 },
    );
  });
});
