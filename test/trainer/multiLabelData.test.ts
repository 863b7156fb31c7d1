import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { countLabels, labelSetsOf } from '../../src/trainer/data/multiLabel';
import { heldOutCount } from '../../src/methods/sampling';
import { makeSplit } from '../../src/trainer/data/split';

/** Label lists as an index keeps them. */
const indexOf = (lists: readonly (readonly number[])[]) => ({
  samples: lists.length,
  labelStart: Uint32Array.from([0, ...lists.map((_, i) => lists.slice(0, i + 1).flat().length)]),
  labels: Uint32Array.from(lists.flat()),
});

describe('label sets', () => {
  it('are seen through the classes of the config, merged ones once', () => {
    const view = { names: ['x', 'y'], map: Int32Array.of(0, 1, 0, -1) };
    const { multi, isUsed } = labelSetsOf(indexOf([[2, 0], [1, 3], [3], [], [1, 0]]), view);
    expect([0, 1, 2, 3, 4].map((row) => [...multi.labelsOf(row)])).toEqual([
      [0],
      [1],
      [],
      [],
      [0, 1],
    ]);
    // Only a left-out label: not used. No label at all: a negative of every class.
    expect([0, 1, 2, 3, 4].map(isUsed)).toEqual([true, true, false, true, true]);
    expect([...multi.targets(Uint32Array.of(4, 3, 1))]).toEqual([1, 1, 0, 0, 0, 1]);
    expect(countLabels(Uint32Array.of(0, 1, 4), multi, 2)).toEqual([2, 2]);
  });
});

describe('the hold-out of items with several labels', () => {
  const shares = [0.5, 0.3, 0.1, 0.03, 0.004];
  const random = createRandom(11);
  const lists = Array.from({ length: 2000 }, () =>
    shares.flatMap((share, id) => (random.nextFloat() < share ? [id] : [])),
  );
  const names = ['a', 'b', 'c', 'd', 'e'];
  const several = labelSetsOf(indexOf(lists), { names, map: Int32Array.of(0, 1, 2, 3, 4) });
  const question = {
    classOf: new Int32Array(lists.length).fill(-1),
    several,
    classNames: names,
    splitOf: new Uint8Array(lists.length),
    splitNames: ['all'],
    wanted: { train: 'train', validation: 0.1, test: 'test' },
    seed: 5,
  };
  const all = Uint32Array.from(lists.keys());
  const counts = countLabels(all, several.multi, names.length);

  it('uses every item once and holds out near its share of every label', () => {
    const split = makeSplit(question);
    const rows = [...split.train, ...split.validation, ...split.test].sort((x, y) => x - y);
    expect(rows).toEqual([...all]);
    expect(split.scoredSplit).toBe('heldOut');
    expect(split.test.length / lists.length).toBeCloseTo(0.2, 1);
    const held = countLabels(split.test, several.multi, names.length);
    const validation = countLabels(split.validation, several.multi, names.length);
    counts.forEach((n, id) => {
      // A draw without regard to labels would miss the rare ones by far more than 1 + 5 %.
      const room = 1 + 0.05 * heldOutCount(n, 0.2);
      expect(Math.abs((held[id] ?? 0) - heldOutCount(n, 0.2))).toBeLessThanOrEqual(room);
      expect(Math.abs((validation[id] ?? 0) - heldOutCount(n, 0.1))).toBeLessThanOrEqual(room);
    });
  });

  it('shares out the items without a label too', () => {
    const none = (rows: Uint32Array) => rows.filter((row) => lists[row]?.length === 0).length;
    const split = makeSplit(question);
    const whole = none(all);
    expect(whole).toBeGreaterThan(400);
    expect(none(split.test) / whole).toBeGreaterThan(0.1);
    expect(none(split.test) / whole).toBeLessThan(0.3);
  });

  it('is the same for a seed and another for another', () => {
    expect(makeSplit(question)).toEqual(makeSplit(question));
    expect(makeSplit({ ...question, seed: 6 }).test).not.toEqual(makeSplit(question).test);
  });

  it('asks nothing of a label of fewer than five items', () => {
    const rare = labelSetsOf(indexOf(Array.from({ length: 60 }, (_, i) => (i < 4 ? [1] : [0]))), {
      names: ['often', 'rare'],
      map: Int32Array.of(0, 1),
    });
    const split = makeSplit({
      ...question,
      several: rare,
      classOf: new Int32Array(60).fill(-1),
      classNames: ['often', 'rare'],
      splitOf: new Uint8Array(60),
    });
    expect(countLabels(split.train, rare.multi, 2)).toEqual([39, 4]);
  });

  it('takes nothing out where the dataset has a test split and validation is none', () => {
    const split = makeSplit({
      ...question,
      splitOf: Uint8Array.from(lists, (_, i) => (i % 4 === 0 ? 1 : 0)),
      splitNames: ['train', 'test'],
      wanted: { train: 'train', validation: 'none', test: 'test' },
    });
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([
      1500, 0, 500,
    ]);
  });
});
