import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { pairedInterval, scoreLabelSets } from '../../../src/methods/metrics';
import { runCurvesOf } from '../../../src/report/comparison/curves';
import { comparisonCsv, comparisonData } from '../../../src/report/comparison/data';
import { comparisonSchema } from '../../../src/report/comparison/schema';
import {
  compareGroups,
  comparedWith,
  groupsOf,
  isDifference,
  usualReference,
} from '../../../src/report/comparison/difference';
import { differencesFigure } from '../../../src/report/figures';
import { groupRuns, letterOf, meanOver } from '../../../src/report/comparison/groups';
import { comparisonMarkdown, comparisonText } from '../../../src/report/comparison/render';
import type {
  ComparedRun,
  GroupDifference,
  TestItems,
  TestLabels,
} from '../../../src/report/comparison/types';
import type { TrainerEvent } from '../../../src/protocol/trainer';
import { comparedRun, itemsOf } from '../../support/comparedRuns';

/** 40, 40, 10 and 10 test items of the classes. */
const labels = [40, 40, 10, 10].flatMap((size, j) => new Array<number>(size).fill(j));
/** Predictions that have the first `right[j]` items of each class right. */
const predicting = (right: readonly number[]): number[] => {
  const seen = [0, 0, 0, 0];
  return labels.map((label) => {
    const place = seen[label] ?? 0;
    seen[label] = place + 1;
    return place < (right[label] ?? 0) ? label : (label + 1) % 4;
  });
};
const items = (right: readonly number[]): TestItems => itemsOf(labels, predicting(right));

const plain = (seed = 0): ComparedRun =>
  comparedRun({ id: `plain-${seed}`, title: 'Plain', seed, items: items([36, 32, 5, 1]) });
const softmax = (seed = 0, right: readonly number[] = [32, 32, 6, 9]): ComparedRun =>
  comparedRun({
    id: `softmax-${seed}`,
    title: 'Balanced softmax',
    seed,
    loss: 'balanced-softmax',
    items: items(right),
  });

const differenceOf = (...runs: readonly ComparedRun[]): GroupDifference => {
  const [first, second] = groupRuns(runs);
  if (first === undefined || second === undefined) throw new Error('two groups');
  const found = compareGroups(first, second);
  if (!isDifference(found)) throw new Error(found.code);
  return found;
};

describe('two runs on the same items', () => {
  const found = differenceOf(plain(), softmax());

  it('differ by what the recalls say, with intervals that cover the items of one seed', () => {
    // Recalls .9 .8 .5 .1 against .8 .8 .6 .9.
    expect(found.balanced?.value).toBeCloseTo((-0.1 + 0 + 0.1 + 0.8) / 4, 12);
    expect(found.accuracy?.value).toBeCloseTo((-4 + 0 + 1 + 8) / 100, 12);
    expect(found.bands.many?.value).toBeCloseTo(-0.05, 12);
    expect(found.bands.few?.value).toBeCloseTo(0.8, 12);
    expect(found.covers).toBe('items');
    const [low, high] = found.balanced?.interval ?? [0, 0];
    expect(low).toBeGreaterThan(0.05);
    expect(high).toBeLessThan(0.3);
  });

  it('are not sure of a band of a few items that all changed', () => {
    const { bands } = differenceOf(
      plain(),
      comparedRun({ id: 'all', title: 'All', seed: 0, items: items([36, 32, 5, 10]) }),
    );
    expect(bands.few?.value).toBeCloseTo(0.9, 12);
    const own = pairedInterval({ items: 10, both: 1, onlyA: 0, onlyB: 9 });
    expect(bands.few?.interval?.[0]).toBeCloseTo(own[0], 12);
    expect(bands.few?.interval?.[1]).toBeCloseTo(Math.min(1, own[1]), 12);
    // No item moved: resampling would say that none can.
    expect(bands.medium?.value).toBe(0);
    expect(bands.medium?.interval?.[0]).toBeLessThan(-0.1);
  });

  it('are tested by McNemar, and the classes again together', () => {
    // Discordant: 4 of the first class, 1 of the third, 8 of the fourth. 4 or fewer of 13, twice.
    const tail = (1 + 13 + 78 + 286 + 715) / 2 ** 13;
    expect(found.accuracyP).toBeCloseTo(2 * tail, 10);
    const p = found.classes.map((one) => one.p);
    // 0 of 4, none, 0 of 1, 0 of 8: twice a half to their power, at most 1.
    [2 / 16, 1, 1, 2 / 256].forEach((value, j) => expect(p[j]).toBeCloseTo(value, 10));
    // Of four the smallest is held against .0125.
    expect(found.classes.map((one) => one.found)).toEqual([false, false, false, true]);
  });

  it('show how many of a small class were right, and no interval of the difference', () => {
    const [many, , , few] = found.classes;
    expect(many?.few).toBeNull();
    expect(many?.difference?.interval).not.toBeNull();
    expect(few).toMatchObject({ testCount: 10, counts: { before: 1, after: 9 } });
    expect(few?.difference).toEqual({ value: 0.8, interval: null, deviation: null });
    expect(few?.few?.after[0]).toBeCloseTo(0.596, 3);
  });

  it('turn over with the reference', () => {
    const turned = differenceOf(softmax(), plain());
    expect(turned.balanced?.value).toBeCloseTo(-(found.balanced?.value ?? 0), 12);
  });
});

describe('test sets', () => {
  it('in another order are matched item by item', () => {
    const run = softmax();
    const back = (values: Int32Array): Int32Array => values.slice().reverse();
    const own = items([32, 32, 6, 9]);
    const turned: TestItems = {
      rows: back(own.rows),
      labels: back(own.labels),
      predicted: back(own.predicted),
    };
    const found = differenceOf(plain(), { ...run, items: turned });
    expect(found.classes).toEqual(differenceOf(plain(), run).classes);
  });

  it('that overlap are compared where they do', () => {
    const shifted = itemsOf(labels.slice(20), predicting([32, 32, 6, 9]).slice(20), 20);
    const found = differenceOf(plain(), { ...softmax(), items: shifted });
    expect(found.items).toEqual({ common: 80, own: 80, other: 100 });
    expect(found.classes[0]?.testCount).toBe(20);
  });

  it.each<readonly [string, ComparedRun]>([
    ['comparison/other-data', comparedRun({ fingerprint: 'f01', loss: 'balanced-softmax' })],
    [
      'comparison/other-test',
      { ...softmax(), items: itemsOf(labels, predicting([0, 0, 0, 0]), 1000) },
    ],
    [
      'comparison/other-classes',
      comparedRun({ names: ['cat', 'dog', 'owl', 'emu'], loss: 'balanced-softmax' }),
    ],
  ])('are refused: %s', (code, run) => {
    const [first, second] = groupsOf([plain(), run]);
    if (second === undefined) throw new Error('two groups');
    expect(compareGroups(first, second)).toEqual({
      code,
      params: { a: 'Plain', b: run.title },
    });
  });

  it('without predictions give differences without intervals', () => {
    const found = differenceOf(
      comparedRun({ recalls: [0.9, 0.8, 0.5, 0.1] }),
      comparedRun({ loss: 'balanced-softmax' }),
    );
    expect(found.covers).toBe('nothing');
    expect(found.balanced).toMatchObject({ interval: null });
    expect(found.balanced?.value).toBeCloseTo(0.1, 12);
    expect(found.classes.every(({ found: marked }) => !marked)).toBe(true);
  });
});

describe('two runs on items with several labels', () => {
  /** 100 items: all have the first label, 40 the second, 10 the third, none the fourth. */
  const size = 100;
  const targets = Uint8Array.from({ length: 4 * size }, (_, i) =>
    Math.floor(i / 4) < size * ([1, 0.4, 0.1, 0][i % 4] ?? 0) ? 1 : 0,
  );
  /** Scores that rank the items of the second label right, or at random. */
  const labelsOf = (sure: boolean): TestLabels => {
    const random = createRandom(4, 'ranks');
    const scores = Float32Array.from(targets, (truth, i) =>
      i % 4 === 1 && !sure ? random.nextNormal() : 4 * truth - 2 + random.nextFloat(),
    );
    const rows = Int32Array.from({ length: size }, (_, i) => i);
    return { rows, targets, decisions: Uint8Array.from(scores, (z) => (z >= 0 ? 1 : 0)), scores };
  };
  const run = (id: string, sure: boolean, seed = 0): ComparedRun => {
    const own = comparedRun({
      id,
      title: id,
      seed,
      loss: sure ? 'balanced-softmax' : 'cross-entropy',
    });
    const { classNames } = own.report.dataset;
    const scores = scoreLabelSets(
      {
        ...{ classNames, trainCounts: own.report.trainCounts, targets },
        assignment: ['many', 'many', 'medium', 'few'],
        logits: labelsOf(sure).scores,
        thresholds: [0.5, 0.5, 0.5, 0.5],
      },
      { random: createRandom(1), resamples: 1 },
    );
    return { ...own, report: { ...own.report, scores }, labels: labelsOf(sure) };
  };
  const found = differenceOf(run('chance', false), run('sure', true));

  it('differ with intervals of a bootstrap over the items', () => {
    const [a, b] = [run('chance', false), run('sure', true)].map(({ report }) => report.scores);
    expect(found.covers).toBe('items');
    const gap = (b?.multiLabel?.mAP ?? NaN) - (a?.multiLabel?.mAP ?? NaN);
    expect(found.balanced?.value).toBeCloseTo(gap, 12);
    expect(found.balanced?.interval?.[0]).toBeGreaterThan(0.1);
    expect(found.macroF1?.value).toBeCloseTo((b?.macroF1 ?? NaN) - (a?.macroF1 ?? NaN), 12);
    expect(found.accuracy?.value).toBeCloseTo((b?.accuracy ?? NaN) - (a?.accuracy ?? NaN), 12);
    expect(found.accuracyP).toBeLessThan(0.001);
    expect(found.bands.many?.interval).not.toBeNull();
    expect(found.bands.few).toBeNull();
  });

  it('are tested label by label, those of few items not', () => {
    const [all, second, third, none] = found.classes;
    expect(all).toMatchObject({ testCount: 100, difference: { value: 0 }, p: 1, found: false });
    expect(second).toMatchObject({ testCount: 40, after: 1, found: true });
    expect(second?.difference?.interval?.[0]).toBeGreaterThan(0.3);
    expect(third).toMatchObject({ testCount: 10, p: null, difference: { interval: null } });
    expect(none).toMatchObject({ testCount: 0, difference: null, p: null });
  });

  it('are matched by item, and over seeds', () => {
    const back = labelsOf(true);
    const order = Int32Array.from({ length: size }, (_, i) => size - 1 - i);
    const turn = <T extends Uint8Array | Float32Array>(values: T): T =>
      values.map((_, i) => values[4 * (order[i >> 2] ?? 0) + (i % 4)] ?? NaN) as T;
    const turned: TestLabels = {
      ...{ rows: order, targets: turn(back.targets) },
      ...{ decisions: turn(back.decisions), scores: turn(back.scores) },
    };
    const other = differenceOf(run('chance', false), { ...run('sure', true), labels: turned });
    // Their order is drawn anew, the values stay.
    expect(other.balanced?.value).toBeCloseTo(found.balanced?.value ?? NaN, 12);
    expect(other.classes[1]?.after).toBe(1);
    const seeds = differenceOf(
      ...[run('a', false), run('b', true), run('c', false, 1), run('d', true, 1)],
    );
    expect(seeds).toMatchObject({ pairs: 2, covers: 'seeds', accuracyP: null });
    expect(seeds.classes[1]?.found).toBe(true);
  });

  it('say what is covered in text and data', () => {
    const comparison = comparedWith(groupsOf([run('chance', false), run('sure', true)]), 0);
    const text = comparisonText(comparison, (_, part) => part);
    expect(text).toMatch(/Mean average precision of sure \(B\) is [\d.]+ points above/);
    expect(text).toContain('One of 2 tested labels changed by more than chance (1 up, 0 down).');
    expect(text).toContain('Average precision of each label: B: sure less A: chance');
    expect(text).toContain('paired bootstrap over the test items');
    expect(text).not.toContain('balanced accuracy');
    expect(comparisonCsv(comparison)).toMatch(/B,sure,A,all,macro-f1,.*test sampling, one seed/);
    const data = comparisonData(comparison);
    expect(comparisonSchema.safeParse(data).error).toBeUndefined();
    expect(data.differences[0]).toMatchObject({
      ...{ covers: 'items', macroF1: { value: found.macroF1?.value } },
    });
  });
});

describe('seeds', () => {
  const runs = [plain(0), softmax(1), softmax(0), plain(1), plain(2), softmax(2, [32, 32, 8, 5])];

  it('of one config are one group, in their order', () => {
    const groups = groupRuns(runs);
    expect(groups.map(({ key, title }) => `${key} ${title}`)).toEqual([
      'A Plain',
      'B Balanced softmax',
    ]);
    expect(groups[1]?.runs.map(({ report }) => report.seed)).toEqual([0, 1, 2]);
    expect(groupRuns([plain(), plain()])).toHaveLength(2);
    expect([0, 25, 26, 27].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB']);
  });

  it('give mean and sample deviation', () => {
    const group = groupRuns(
      [0.5, 0.6, 0.7].map((value, seed) =>
        comparedRun({ seed, recalls: [value, value, value, value] }),
      ),
    )[0];
    if (group === undefined) throw new Error('a group');
    const found = meanOver(group, ({ balancedAccuracy }) => balancedAccuracy);
    expect(found?.mean).toBeCloseTo(0.6, 12);
    expect(found?.deviation).toBeCloseTo(0.1, 12);
  });

  it('are compared with their partners, and widen the intervals', () => {
    const found = differenceOf(...runs);
    expect(found).toMatchObject({ pairs: 3, covers: 'seeds', accuracyP: null });
    // (.2 + .2 + (−.1 + 0 + .3 + .4) / 4) / 3
    expect(found.balanced?.value).toBeCloseTo((0.2 + 0.2 + 0.15) / 3, 12);
    expect(found.balanced?.deviation).toBeCloseTo(0.05 / Math.sqrt(3), 12);
    const one = differenceOf(plain(), softmax()).balanced?.interval ?? [0, 0];
    const [low, high] = found.balanced?.interval ?? [0, 0];
    expect(high - low).toBeGreaterThan(one[1] - one[0]);
  });

  it('without partners say that one side is one training', () => {
    expect(differenceOf(plain(7), softmax(0), softmax(1))).toMatchObject({
      pairs: 2,
      covers: 'seeds-one',
    });
  });
});

it('holds one run against its baseline, and several against the first', () => {
  const base = (seed = 0): ComparedRun => ({ ...plain(seed), role: 'plain' });
  expect(usualReference(groupsOf([softmax(), base()]))).toBe(1);
  expect(usualReference(groupsOf([softmax(0), softmax(1), base(0), base(1)]))).toBe(1);
  expect(usualReference(groupsOf([softmax(), plain(), base()]))).toBe(0);
  expect(usualReference(groupsOf([base()]))).toBe(0);
});

it('says below the chart of classes what the chart shows, and not the verdict again', () => {
  const [reference, group] = groupRuns([plain(), softmax()]);
  if (reference === undefined || group === undefined) throw new Error('two groups');
  const of = (...runs: readonly ComparedRun[]): string =>
    differencesFigure(
      { reference, group, difference: differenceOf(...runs) },
      { width: 600, height: 300 },
    ).sentence;
  expect(of(plain(), softmax())).toBe(
    'B gains the most on yak (+0.800). B loses the most on cat (−0.100). Filled dots are more than chance.',
  );
  const same = comparedRun({ loss: 'balanced-softmax', recalls: [0.9, 0.8, 0.5, 0.1] });
  expect(of(comparedRun({ recalls: [0.9, 0.8, 0.5, 0.1] }), same)).toBe('B is as A on every one.');
});

describe('what is shown', () => {
  const other = comparedRun({ title: 'Elsewhere', fingerprint: 'f01', loss: 'balanced-softmax' });
  const comparison = comparedWith(groupsOf([plain(), softmax(), other]), 0);

  it('says every difference, what its interval covers, and why there is none', () => {
    const text = comparisonText(comparison, (_, part) => part);
    expect(text).toContain('Balanced softmax (B) is 20.0 points above that of Plain (A)');
    expect(text).toContain('One of 4 tested classes changed by more than chance (1 up, 0 down).');
    expect(text).toContain('Elsewhere was trained on other data than Plain');
    expect(text).toMatch(/yak ●.*1\/10 \[.*9\/10 \[/);
    expect(text.match(/test sampling, one seed/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).not.toMatch(/comparison\/|\?/);
    expect(comparisonMarkdown(comparison)).not.toMatch(/comparison\/|\?/);
  });

  it('is the same as data and as CSV', () => {
    const data = comparisonData(comparison);
    expect(data.runs[0]).toMatchObject({ key: 'A', seeds: [0], measure: 'balanced' });
    expect(data.differences[1]).toHaveProperty('refused');
    const lines = comparisonCsv(comparison).trim().split('\r\n');
    // Main score, accuracy, three bands and four classes of the one that was compared.
    expect(lines).toHaveLength(1 + 9);
    expect(lines[1]).toMatch(
      /^B,Balanced softmax,A,all,main,,100,,,0\.2\d*,0\.\d+,0\.\d+,,,,"test/,
    );
  });
});

describe('curves of a run', () => {
  it('are its own part of the events', () => {
    const evaluation = (role: 'baseline' | 'recipe', seq: number, value: number): TrainerEvent => ({
      ...{ v: 1, seq, attempt: 1, t: 0, kind: 'eval', stage: 'train', role, epoch: 1 },
      ...{ split: 'validation', accuracy: 0, balancedAccuracy: value, recall: [] },
      bands: { many: null, medium: null, few: null },
    });
    const events = [evaluation('baseline', 0, 0.3), evaluation('recipe', 1, 0.5)];
    expect(runCurvesOf(events, 'run').validation).toEqual([{ at: 1, score: 0.5 }]);
    expect(runCurvesOf(events, 'plain').validation).toEqual([{ at: 1, score: 0.3 }]);
  });
});
