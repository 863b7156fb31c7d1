import { describe, expect, it } from 'vitest';
import { compareCounts, sideOf } from '../../../src/check/compareCounts';
import type { Baseline } from '../../../src/check/types';
import { svgText } from '../../../src/charts/shape';
import { changeSentences, shownChanges } from '../../../src/report/countChanges';
import { changesFigure } from '../../../src/report/figures';

const side = (title: string, counts: Readonly<Record<string, number>>) => ({
  title,
  counts: new Map(Object.entries(counts)),
});

describe('an earlier state', () => {
  const before = side('before', { cat: 5000, 'class 17': 40, dog: 300, gone: 7, none: 0 });
  const now = side('now', { cat: 4900, 'class 17': 3, dog: 300, added: 2, none: 0 });
  const comparison = compareCounts(before, now, 'counts');

  it('puts the class that fell to a fraction before the one that lost more labels', () => {
    // By (now + 1) / (before + 1): 4/41, 1/8, 3/1, 4901/5001, 1; “none” is on neither side.
    expect(comparison.classes.map(({ name }) => name)).toEqual([
      'class 17',
      'gone',
      'added',
      'cat',
      'dog',
    ]);
    expect(comparison.classes[0]).toEqual({ name: 'class 17', before: 40, now: 3, change: -37 });
  });

  it('says the largest falls, then what is gone and what is new', () => {
    const [falls = '', gone = '', added = ''] = changeSentences(comparison);
    expect(falls).toContain('class 17 fell from 40 to 3, cat fell from 5,000 to 4,900');
    expect(gone).toContain('gone');
    expect(added).toContain('added');
  });

  it('is drawn with before and now of each class, and has every number', () => {
    const { svg, sentence, data, walk } = changesFigure(shownChanges(comparison), {
      width: 700,
      height: 0,
    });
    const text = svgText(svg);
    expect(text).toContain('40 → 3');
    expect(text).toContain('class 17: 40 in before, 3 in now');
    expect(text.match(/data-item/g)).toHaveLength(5);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(walk?.across).toBe(1);
    expect(sentence).toContain('class 17 fell from 40 to 3');
    expect(data.columns.map(({ label }) => label)).toEqual(['class', 'before', 'now']);
    expect(data.rows[0]).toEqual(['class 17', 40, 3]);
  });

  it('keeps names as text', () => {
    const changes = shownChanges(
      compareCounts(side('a', { '<b>': 3 }), side('now', { '<b>': 1 }), 'counts'),
    );
    expect(svgText(changesFigure(changes, { width: 700, height: 0 }).svg)).not.toContain('<b>');
  });
});

describe('two splits', () => {
  it('are compared by shares, whatever their sizes', () => {
    const even = compareCounts(
      side('train', { a: 80, b: 20 }),
      side('test', { a: 8, b: 2 }),
      'shares',
    );
    expect(even.distance).toBe(0);
    expect(changeSentences(even)).toHaveLength(1);
    // Shares 0.8 and 0.2 against 0.5 and 0.5: 0.3 of the labels would have to change class.
    const other = compareCounts(
      side('train', { a: 80, b: 20 }),
      side('test', { a: 5, b: 5 }),
      'shares',
    );
    expect(other.distance).toBeCloseTo(0.3, 12);
    expect(changeSentences(other)[0]).toContain('a from 80 % to 50 %');
    const { data, svg } = changesFigure(shownChanges(other), { width: 700, height: 0 });
    expect(data.rows).toEqual([
      ['b', 20, 0.2, 5, 0.5],
      ['a', 80, 0.8, 5, 0.5],
    ]);
    expect(svgText(svg)).toContain('20 % → 50 %');
  });

  it('have no distance where one is empty', () => {
    const { distance, classes } = compareCounts(side('x', { a: 3 }), side('y', { a: 0 }), 'shares');
    expect(distance).toBeNull();
    expect(classes).toEqual([{ name: 'a', before: 3, now: 0, change: 0 }]);
  });
});

it('takes the counts of a split out of a state', () => {
  const state: Baseline = {
    schema: 'longtail.baseline/1',
    fingerprint: 'f',
    task: 'single-label',
    profiledSplit: 'train',
    splits: ['train', 'test'].map((name) => ({ name, samples: 1, labels: 1 })),
    classes: [{ name: 'a', counts: [4, 2] }],
    metrics: {},
  };
  expect([...sideOf(state, 'test', '').counts]).toEqual([['a', 2]]);
  expect([...sideOf(state, 'gone', '').counts]).toEqual([['a', 0]]);
});
