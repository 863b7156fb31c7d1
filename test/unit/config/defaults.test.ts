import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCombinations } from '../../../src/config/combinations';
import { plainConfig } from '../../../src/config/defaults';
import { factsOf } from '../../../src/config/facts';
import { applyPatch, mergePatch } from '../../../src/config/patch';
import {
  namedFrom,
  relativePath,
  resolveConfigPaths,
  resolvePath,
} from '../../../src/config/paths';
import { cifarCounts, profileOf } from '../../support/configs';

const options = { root: './data' };

describe('plainConfig', () => {
  it('is valid and passes its own checks for any single-label dataset of two classes or more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 2, maxLength: 50 }),
        fc.constantFrom('image' as const, 'tabular' as const),
        fc.boolean(),
        (counts, modality, split) => {
          const profile = profileOf({ counts, modality, ...(split ? { test: 3 } : {}) });
          const config = plainConfig(profile, options);
          expect(checkCombinations(config, factsOf(profile))).toEqual([]);
          expect(config.stages[0]!.optimizer.batchSize).toBeLessThanOrEqual(128);
        },
      ),
    );
  });

  it('writes the classes that are left out and merged, and bands that were set', () => {
    const classes = { ignore: ['mule'], merge: { horse: ['pony', 'horse'] } };
    const bands = { manyAbove: 90, fewBelow: 15 };
    const config = plainConfig(profileOf({ counts: [90, 10] }), { ...options, classes, bands });
    expect(config.dataset.classes).toEqual(classes);
    expect(config.bands).toEqual(bands);
  });

  it('mirrors colour photos only', () => {
    const augment = (names: string[] | undefined, channels?: 1 | 3) =>
      plainConfig(profileOf({ counts: [9, 8], ...(names ? { names } : {}) }), {
        ...options,
        ...(channels ? { channels } : {}),
      }).input.augment;
    expect(augment(undefined, 3)).toEqual(['crop', 'flip']);
    expect(augment(undefined, 1)).toEqual(['crop']);
    expect(augment(undefined)).toEqual(['crop']);
    expect(augment(['0', '1'], 3)).toEqual(['crop']);
    expect(augment(['b', 'B'], 3)).toEqual(['crop']);
    expect(augment(['turn left', 'turn right'], 3)).toEqual(['crop']);
    expect(augment(['upright', 'fallen'], 3)).toEqual(['crop', 'flip']);
  });

  it('takes about the same number of steps whatever the size of the dataset', () => {
    for (const n of [1000, 12_406, 100_000]) {
      const config = plainConfig(profileOf({ counts: [n, n], test: 5, validation: 5 }), options);
      const { epochs, optimizer } = config.stages[0]!;
      const steps = epochs * Math.ceil((2 * n) / optimizer.batchSize);
      expect(steps).toBeGreaterThan(800);
      expect(steps).toBeLessThan(3200);
    }
  });

  it('holds out shares for the splits that are missing', () => {
    const splits = (spec: object) =>
      plainConfig(profileOf({ counts: cifarCounts, ...spec }), options).dataset.splits;
    expect(splits({})).toEqual({ train: 'all', validation: 0.1, test: 0.2 });
    expect(splits({ test: 9 })).toEqual({ train: 'train', validation: 0.1, test: 'test' });
    expect(splits({ test: 9, validation: 9 })).toEqual({
      train: 'train',
      validation: 'validation',
      test: 'test',
    });
  });

  it('reads large pictures at a reduced size and small ones as they are', () => {
    const size = (imageSize: [number, number]) =>
      plainConfig(profileOf({ counts: [9, 8] }), { ...options, imageSize }).input.size;
    expect(size([28, 28])).toEqual([28, 28]);
    expect(size([480, 640])).toEqual([64, 64]);
  });
});

describe('mergePatch', () => {
  // The examples of RFC 7396, appendix A.
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  it('refuses a patch that leaves no valid config, naming the key', () => {
    const config = plainConfig(profileOf({ counts: [9, 8] }), options);
    expect(() => applyPatch(config, { stages: [] })).toThrow(/config\/patch.*stages/);
  });
});

describe('paths of a config', () => {
  it.each([
    ['/home/u/p', './data', '/home/u/p/data'],
    ['/home/u/p', '../x/./y', '/home/u/x/y'],
    ['/home/u/p', '/abs', '/abs'],
    ['/', '..', '/'],
    ['C:\\Users\\Ö', 'data\\train', 'C:/Users/Ö/data/train'],
    ['C:/Users', 'D:\\data', 'D:/data'],
    ['//server/share/x', '../../../y', '//server/share/y'],
  ])('%s + %s', (folder, path, expected) => {
    expect(resolvePath(folder, path)).toBe(expected);
  });

  it.each([
    ['/a/b', '/a/b/c', './c'],
    ['/a/b', '/a/b', '.'],
    ['/a/b', '/a/c d', '../c d'],
    ['C:/a', 'D:/b', 'D:/b'],
  ])('from %s to %s', (folder, target, expected) => {
    expect(relativePath(folder, target)).toBe(expected);
    expect(resolvePath(folder, expected)).toBe(target);
  });

  it('resolves the dataset root, and lists of splits as they were written', () => {
    const named = namedFrom('/x/y', { splitLists: '/x/lists' });
    expect(named).toEqual({ splitLists: '../lists' });
    const config = plainConfig(profileOf({ counts: [9, 8] }), { ...options, named });
    const { dataset } = resolveConfigPaths(config, '/x/y');
    expect(dataset.root).toBe('/x/y/data');
    expect(dataset.splitLists).toBe('/x/lists');
  });
});
