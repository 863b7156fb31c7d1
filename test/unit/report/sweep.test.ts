import { describe, expect, it } from 'vitest';
import { plainConfig } from '../../../src/config/defaults';
import { configSchema, posthocSchema, stageSchema } from '../../../src/config/schema';
import { sweepRecipes } from '../../../src/config/sweepRecipes';
import { sweepMarkdown, sweepText } from '../../../src/report/sweep/render';
import { recommend } from '../../../src/recommend/recommend';
import { sweepChoice } from '../../../src/recommend/sweepChoice';
import { adviceRegret } from '../../../src/report/sweep/regret';
import { parseSweep } from '../../../src/report/sweep/schema';
import type { SweepReport, SweepRow, SweepScores } from '../../../src/report/sweep/types';
import { cifarCounts, profileOf } from '../../support/configs';

const scores = (value: number): SweepScores => ({
  balancedAccuracy: { value, interval: [value - 0.01, value + 0.01], deviation: null },
  many: 0.9,
  medium: null,
  few: 0.2,
  ece: 0.05,
});
const difference = (value: number, half: number) => ({
  value,
  interval: [value - half, value + half] as const,
  deviation: null,
  tie: Math.abs(value) <= half,
});
const row = (id: string, more: Partial<SweepRow>): SweepRow => ({
  id,
  head: null,
  posthoc: { kind: 'none' },
  seconds: 1.5,
  validation: scores(0.5),
  test: scores(0.6),
  againstPlain: null,
  againstBest: null,
  warnings: [],
  ...more,
});
const sweep: SweepReport = {
  schema: 'longtail.sweep/1',
  id: 'x',
  config: plainConfig(profileOf({ counts: cifarCounts, test: 10 }), { root: './data' }),
  backend: 'cpu',
  versions: {},
  dataset: { root: '/data', fingerprint: 'f', classNames: ['a', 'b'] },
  trainCounts: [9, 1],
  scoredSplit: 'test',
  representations: [{ seed: 0, run: 'r', seconds: 12, items: 12406, width: 64 }],
  rows: [
    row('plain', { againstBest: difference(-0.1, 0.02) }),
    row('crt', { againstPlain: difference(0.12, 0.01) }),
    row('lws', { againstPlain: difference(0.005, 0.01), againstBest: difference(-0.01, 0.03) }),
  ],
  leftOut: [{ id: 'thresholds', why: { code: 'sweep/binary-only', params: {} } }],
  best: 'crt',
  seconds: 4.5,
};

describe('the table of a sweep', () => {
  it('marks the best on validation, its ties, and what plain training ties with', () => {
    const text = sweepText(sweep, (_, part) => part);
    const line = (title: string) => text.split('\n').find((one) => one.startsWith(title)) ?? '';
    expect(line('cRT')).toMatch(/best on validation.*\+0\.120 \[\+0\.110, \+0\.130\] /);
    expect(line('cRT')).not.toContain('tie');
    expect(line('LWS')).toMatch(/ties with the best.*\+0\.005 \[−0\.005, \+0\.015\] tie/);
    expect(line('Plain training')).not.toMatch(/tie/);
    expect(line('Plain training')).toContain('0.600 [0.590, 0.610]');
    expect(text).toContain('Best on validation: cRT: classifier retrained in balance; 1 more');
    expect(text).toContain('Left out: Moved threshold. One threshold is for two classes.');
  });

  it('calls nothing best without validation', () => {
    const blind: SweepReport = {
      ...sweep,
      best: null,
      rows: sweep.rows.map((one) => ({ ...one, validation: null, againstBest: null })),
    };
    const text = sweepMarkdown(blind);
    expect(text).not.toMatch(/best on validation/i);
    expect(text).toContain('nothing is called best');
  });

  it('leaves nothing unfilled', () => {
    expect(sweepMarkdown(sweep)).not.toMatch(/\?|sweep\//);
  });
});

describe('the best of a column', () => {
  it('is chosen on validation, and marked at the number of test', () => {
    const rows = [
      row('plain', { validation: { ...scores(0.5), many: 0.95, few: 0.1 } }),
      row('crt', { validation: { ...scores(0.6), many: 0.8, few: 0.5 } }),
      row('lws', { validation: { ...scores(0.55), many: 0.8, few: 0.4 } }),
    ];
    const text = sweepText({ ...sweep, rows }, (_, part) => part);
    const stars = (title: string): number =>
      (text.split('\n').find((one) => one.startsWith(title)) ?? '').split('★').length - 1;
    // Plain: many; cRT: balanced and few; nobody has a medium band.
    expect(['Plain training', 'cRT', 'LWS'].map(stars)).toEqual([1, 2, 0]);
    expect(text).toContain('★ marks the best of a column on validation');
  });
});

describe('regret of the advice', () => {
  const rows = [
    row('plain', { validation: scores(0.5), againstBest: difference(-0.1, 0.02) }),
    row('logit-adjustment', {
      validation: scores(0.575),
      test: scores(0.61),
      againstBest: difference(-0.025, 0.03),
    }),
    row('crt', { validation: scores(0.6), test: scores(0.62) }),
  ];
  const codes = (advised: string | null) =>
    adviceRegret({ ...sweep, rows }, advised).map(({ code }) => code);

  it('is the best on validation less what the advice comes to, there and on test', () => {
    const [found] = adviceRegret({ ...sweep, rows }, 'logit-adjustment');
    expect(found?.code).toBe('sweep/advice/tie');
    expect(found?.params['regret']).toBeCloseTo(2.5, 10);
    expect(found?.params['test']).toBeCloseTo(1, 10);
    expect(codes('plain')).toEqual(['sweep/advice/regret']);
    expect(codes('crt')).toEqual(['sweep/advice/best']);
  });

  it('is not stated for what was not tried, nor without a choice', () => {
    expect(codes('thresholds')).toEqual([]);
    expect(codes(null)).toEqual([]);
    expect(adviceRegret({ ...sweep, rows, best: null }, 'plain')).toEqual([]);
  });

  it('follows the first advice that needs no other representation', () => {
    const advice = recommend(profileOf({ counts: cifarCounts, test: 10 }));
    const known = sweepRecipes.map(({ id }) => id);
    expect(known).toContain(sweepChoice(advice));
    const items = (...ids: readonly string[]) => ({
      ...advice,
      items: ids.flatMap((id) => advice.items.slice(0, 1).map((item) => ({ ...item, id }))),
    });
    expect(sweepChoice(items('collect-data', 'decoupled-crt', 'leave-alone'))).toBe('crt');
    expect(sweepChoice(items('repeat-factor'))).toBeNull();
  });
});

describe('a stored sweep', () => {
  const parts = { config: configSchema, stage: stageSchema, posthoc: posthocSchema };
  const read = (text: string) => parseSweep(text, '/runs/x/sweep.json', parts);

  it('is read back as it was written', () => {
    expect(read(JSON.stringify(sweep))).toEqual(sweep);
  });

  it('is refused where it was cut short, naming the file', () => {
    expect(() => read(JSON.stringify(sweep).slice(0, -5))).toThrow(
      expect.objectContaining({
        code: 'sweep/not-json',
        params: { path: '/runs/x/sweep.json' },
      }),
    );
  });

  it.each([
    ['schema', { ...sweep, schema: 'longtail.sweep/2' }],
    ['rows.0.test.ece', { ...sweep, rows: [row('plain', { test: { ...scores(1), ece: NaN } })] }],
    ['.', []],
    ['.', { ...sweep, more: 1 }],
  ])('is refused for what is wrong at %s', (place, value) => {
    expect(() => read(JSON.stringify(value))).toThrow(
      expect.objectContaining({
        code: 'sweep/unreadable',
        params: { path: '/runs/x/sweep.json', place },
      }),
    );
  });
});
