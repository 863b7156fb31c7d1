import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, readBaseline, writeBaseline } from '../../../src/check/baseline';
import { checkProfile } from '../../../src/check/check';
import { noLimits, readClassLimits, readLimits, shareOf } from '../../../src/check/limits';
import type { Baseline, Finding, Limits } from '../../../src/check/types';
import { say } from '../../../src/words/say';
import { profileOf, type ProfileSpec } from '../../support/configs';

const limitsOf = (text: string): Limits => {
  const { limits, issues } = readLimits(text, 'longtail-check.yaml');
  expect(issues).toEqual([]);
  if (limits === null) throw new Error('no limits');
  return limits;
};

const check = (spec: ProfileSpec, text: string, before: Baseline | null = null) =>
  checkProfile(profileOf(spec), limitsOf(text), before);

/** Code, and what it is about. */
const short = ({ code, split, class: name, metric }: Finding): string =>
  [code.replace('check/', ''), split, name ?? metric].filter((x) => x !== undefined).join(' ');

describe('limits', () => {
  it('hold every class of the profiled split to the smallest count, or to its own', () => {
    const spec = { counts: [40, 10, 3], test: 5 };
    const own = 'version: 1\nminClass: 5\nclasses: { class0: 50, class2: { min: 3 } }';
    expect(check(spec, 'version: 1\nminClass: 3').passed).toBe(true);
    const found = check(spec, own);
    expect(found.findings.map(short)).toEqual(['class-too-small class0']);
    expect(found).toMatchObject({ passed: false, limits: 3, classes: 3 });
    expect(found.findings[0]).toMatchObject({ now: 40, limit: 50, level: 'error' });
  });

  it('name the classes that are too many or too far below the largest; exactly the limit holds', () => {
    const spec = { counts: [60, 12, 11, 0] };
    const text = 'version: 1\nmaxImbalance: 5\nclasses: { class0: { max: 59 } }';
    expect(check(spec, text).findings.map(short)).toEqual([
      'class-empty class3',
      'class-too-skewed class2',
      'class-too-large class0',
    ]);
  });

  it('speak of objects where objects are counted', () => {
    const spec = { counts: [40, 1, 0], task: 'detection' as const };
    const { findings } = check(spec, 'version: 1\nminClass: 2\nmaxImbalance: 20');
    expect(findings.map((one) => say(one))).toEqual([
      'class2: 0 objects, fewer than 2',
      'class2: no object at all',
      'class1: 1 object, fewer than 2',
      'class1: 1 object, class0 has 40 times as many (allowed: 20)',
    ]);
  });

  it('take any number of the profile; one without a value breaks its limit', () => {
    const spec = { counts: [60, 20, 0] };
    const profile = profileOf(spec);
    const metrics = { gini: 0.5, imbalanceRatioStrict: null, total: 80 };
    const limits = limitsOf(
      'version: 1\nmax: { gini: 0.4, imbalanceRatioStrict: 9, total: 80 }\nmin: { total: 81 }',
    );
    expect(checkProfile({ ...profile, metrics }, limits).findings.map(short)).toEqual([
      'metric-above gini',
      'metric-undefined imbalanceRatioStrict',
      'metric-below total',
    ]);
  });

  it('are set for a split by its name, with its own measures', () => {
    const spec = { counts: [40, 10], test: 6 };
    const text = [
      'version: 1',
      'splits:',
      '  test: { minClass: 7, max: { total: 11 }, classes: { class1: 6 } }',
      '  val: { minClass: 1 }',
    ].join('\n');
    const { findings } = check(spec, text);
    expect(findings.map(short)).toEqual([
      'class-too-small test class0',
      'metric-above test total',
      'split-missing val',
    ]);
    expect(findings[1]).toMatchObject({ now: 12, limit: 11 });
  });

  it('of a class that is not there fail, with the nearest name', () => {
    const spec = { counts: [40, 10], names: ['bee', 'fly'] };
    const [first, second] = check(spec, 'version: 1\nclasses: { beee: 1, walrus: 1 }').findings;
    expect(first).toMatchObject({ code: 'check/class-missing-near', params: { near: 'bee' } });
    expect(second).toMatchObject({ code: 'check/class-missing' });
  });

  it('refuse a number that no profile has, with the nearest one', () => {
    expect(() => check({ counts: [1] }, 'version: 1\nmax: { ginni: 1 }')).toThrow(
      /metric-near.*gini/,
    );
    expect(() => check({ counts: [1] }, 'version: 1\nmin: { loveliness: 1 }')).toThrow(
      /unknown-metric /,
    );
  });
});

describe('longtail-check.yaml', () => {
  it.each([
    ['version: 1\nminClas: 3', 2, 'config/unknown-key-near'],
    ['version: 1\nsplits:\n  test: { minclass: 3 }', 3, 'config/unknown-key-near'],
    ['version: 1\nbaseline: { gone: errror }', 2, 'config/choice-near'],
    ['version: 1\nbaseline: { maxDrop: 2 }', 2, 'config/too-big'],
    ['version: 1\nminClass: many', 2, 'config/type-number'],
    ['version: 2', 1, 'config/choice'],
    ['- 1', 1, 'config/not-a-map'],
    ['version: 1\nversion: 1', 2, 'config/duplicate-key'],
  ])('%j is refused with line and reason', (text, line, code) => {
    const { limits, issues } = readLimits(text, 'x.yaml');
    expect(limits).toBeNull();
    expect(issues.map((issue) => [issue.line, issue.code])).toContainEqual([line, code]);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.string(), (text) => void readLimits(text, 'x')));
    fc.assert(fc.property(fc.json(), (text) => void readLimits(text, 'x')));
  });

  it('names a baseline and what may change since', () => {
    const text = 'version: 1\nbaseline: { file: ../base.json, maxDrop: 5%, added: ignore }';
    expect(readLimits(text, 'x')).toMatchObject({
      baselineFile: '../base.json',
      limits: { baseline: { maxDrop: 0.05, gone: 'error', added: 'ignore', splits: 'warning' } },
    });
  });

  it('takes shares as people write them', () => {
    expect(['20%', '20 %', '0.2', 0.2, '0', 1].map(shareOf)).toEqual([0.2, 0.2, 0.2, 0.2, 0, 1]);
    expect(['%', '', 'a lot', '120%', -1, NaN].map(shareOf)).toEqual(Array(6).fill(null));
  });

  it('has class limits in a file of their own', () => {
    const { classes } = readClassLimits('bee: 3\nfly: { max: 9 }', 'x');
    expect([...(classes ?? [])]).toEqual([
      ['bee', { min: 3 }],
      ['fly', { max: 9 }],
    ]);
    expect(readClassLimits('bee: -3', 'x')).toMatchObject({ classes: null });
  });
});

const stateOf = (spec: ProfileSpec): Baseline => baselineOf(profileOf(spec));

describe('a baseline', () => {
  it('compares equal with itself, whatever the counts', () => {
    const counts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.nat(9), (own, test) => {
        const spec = { counts: own, test };
        const found = checkProfile(profileOf(spec), noLimits, stateOf(spec));
        expect(found).toMatchObject({ passed: true, findings: [] });
      }),
    );
  });

  it('finds classes that fell by more than is allowed; exactly as much is allowed', () => {
    const before = stateOf({ counts: [100, 40, 10, 5], test: 10 });
    // Of 100 and 10 exactly 20 % are gone; class1 fell from 40 to 3, class3 from 5 to 3.
    const now = profileOf({ counts: [80, 3, 8, 3], test: 10 });
    const { findings, passed } = checkProfile(now, noLimits, before);
    expect(passed).toBe(false);
    expect(findings.filter(({ level }) => level === 'error').map(short)).toEqual([
      'class-fell class1',
      'class-fell class3',
    ]);
    expect(findings[0]).toMatchObject({ before: 40, now: 3, limit: 32 });
    const half = limitsOf('version: 1\nbaseline: { maxDrop: 50% }');
    expect(checkProfile(now, half, before).findings.map(short)).toEqual(['class-fell class1']);
  });

  it('names the split where another than the profiled one lost samples', () => {
    const before = stateOf({ counts: [100, 40], test: 10 });
    const { findings } = checkProfile(profileOf({ counts: [100, 40], test: 4 }), noLimits, before);
    expect(findings.map(short)).toEqual([
      'class-fell test class0',
      'class-fell test class1',
      'split-fell test',
    ]);
  });

  it('tells classes that are gone from new ones', () => {
    const before = stateOf({ counts: [9, 9, 0], names: ['bee', 'fly', 'empty'] });
    const now = profileOf({ counts: [9, 2, 0], names: ['bee', 'wasp', 'empty'] });
    const { findings } = checkProfile(now, noLimits, before);
    expect(findings.map((one) => [one.level, short(one)])).toEqual([
      ['error', 'class-gone fly'],
      ['note', 'class-new wasp'],
    ]);
    const calm = limitsOf('version: 1\nbaseline: { gone: ignore, added: error }');
    expect(checkProfile(now, calm, before).findings.map(short)).toEqual(['class-new wasp']);
  });

  it('names splits that are gone, new, or profiled instead', () => {
    const before = stateOf({ counts: [9, 9], test: 3 });
    const { findings, passed } = checkProfile(profileOf({ counts: [12, 12] }), noLimits, before);
    expect(passed).toBe(true);
    expect(findings.map((one) => [one.level, short(one)])).toEqual([
      ['warning', 'profiled-split-changed'],
      ['warning', 'split-gone train'],
      ['warning', 'split-gone test'],
      ['warning', 'split-new all'],
    ]);
  });

  it('is a file with a class a line that reads back as it was, whatever the names', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, (own) => {
        const state = stateOf({ counts: own.map((_, i) => i), names: own, test: 2 });
        const text = writeBaseline(state);
        expect(readBaseline(text, 'b.json')).toEqual(state);
        expect(text.split('\n').filter((line) => line.startsWith('    {"name"'))).toHaveLength(
          own.length,
        );
      }),
    );
  });

  it('may be a profile as the scan prints it', () => {
    const profile = profileOf({ counts: [9, 5], test: 3 });
    expect(readBaseline(JSON.stringify(profile), 'p.json')).toEqual(baselineOf(profile));
  });

  it('is refused where it is none', () => {
    expect(() => readBaseline('{', 'b.json')).toThrow(/baseline-unreadable.*b\.json/);
    expect(() => readBaseline('{"schema":"longtail.report/1"}', 'b.json')).toThrow(/no-baseline/);
  });
});
