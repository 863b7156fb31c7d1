import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleFactsOf } from '../../../src/recommend/facts';
import {
  defectsOf,
  frameworkDefects,
  frameworkNamed,
  frameworks,
} from '../../../src/recommend/frameworkDefects';
import { settingsFor } from '../../../src/recommend/settings';
import type { Goals } from '../../../src/recommend/types';
import { catalogue as sentences } from '../../../src/words/en';
import { say } from '../../../src/words/say';
import { profileOf, type ProfileSpec } from '../../support/configs';

const uniform: Goals = { deployment: { kind: 'uniform' } };
const anySpec: fc.Arbitrary<ProfileSpec> = fc.record({
  counts: fc.array(fc.oneof(fc.nat(30), fc.nat(5000)), { maxLength: 30 }),
  task: fc.constantFrom('single-label', 'multi-label', 'detection', 'segmentation', 'sequence'),
  modality: fc.constantFrom('image', 'tabular', 'text', 'audio', 'none'),
});
describe('settings', () => {
  const settingOf = (spec: ProfileSpec, goals: Goals = uniform) =>
    new Map(settingsFor(ruleFactsOf(profileOf(spec)), goals).map((one) => [one.name, one]));

  it('take the median share for t', () => {
    // Shares of 1000: .7, .2, .1; the median is .2.
    expect(settingOf({ counts: [700, 200, 100] }).get('t')?.value).toBe(0.2);
  });

  it('take for q the strongest balance that repeats no sample over ten times', () => {
    // Two classes drawn alike: a sample of the smaller comes N / (2 · 50) times an epoch.
    expect(settingOf({ counts: [950, 50] }).get('q')).toMatchObject({ value: 0 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2 }), (counts) => {
        const q = settingOf({ counts }).get('q');
        const own = Number(q?.value);
        const repeats = (power: number): number => {
          const [total, weight] = [counts, counts.map((n) => n ** power)].map((list) =>
            list.reduce((a, b) => a + b, 0),
          );
          return ((total ?? 0) * Math.min(...counts) ** (power - 1)) / (weight ?? 1);
        };
        expect(repeats(own)).toBeLessThanOrEqual(10 + 1e-9);
        if (own > 0.02) expect(repeats(own - 0.02)).toBeGreaterThan(10);
      }),
    );
  });

  it('take beta so that the largest class is one volume', () => {
    const beta = settingOf({ counts: [1000, 10] }).get('beta');
    expect(beta?.value).toBe(0.999);
    // E(n) = (1 − β^n) / (1 − β): 632.3 and 9.955.
    expect(beta?.reason.params['spread']).toBeCloseTo(632.305 / 9.95512, 3);
  });

  it('keep tau at 1 where validation is too small or probabilities are needed', () => {
    const reason = (smallest: number, goals: Goals = uniform) =>
      settingOf({ counts: [5000, smallest] }, goals).get('tau')?.reason.code;
    expect(reason(199)).toBe('setting/tau-1');
    expect(reason(200)).toBe('setting/tau-auto');
    expect(reason(200, { ...uniform, needsProbabilities: true })).toBe('setting/tau-probabilities');
  });

  it('have words for any profile', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        for (const { reason } of settingsFor(ruleFactsOf(profileOf(spec)), uniform)) {
          expect(sentences).toHaveProperty([reason.code]);
          expect(say(reason)).not.toMatch(/\?|NaN|undefined|∞/);
        }
      }),
    );
  });
});

describe('defects of frameworks', () => {
  it('have words, an instead and a reference, and every framework has one', () => {
    for (const { id, reference } of frameworkDefects) {
      expect(sentences).toHaveProperty([`defect/${id}`]);
      expect(sentences).toHaveProperty([`defect/${id}/instead`]);
      expect(reference).toMatch(/^[\w-]+\/[\w-]+/);
    }
    for (const name of frameworks)
      expect(defectsOf({ name, version: null }).defects.length).toBeGreaterThan(0);
    expect(new Set(frameworkDefects.map(({ id }) => id)).size).toBe(frameworkDefects.length);
  });

  it('are those of the version that is named', () => {
    const has = (written: string): boolean =>
      defectsOf(frameworkNamed(written)).defects.some(({ id }) => id === 'class-weight-dataset');
    expect(['keras', 'keras@2.0', 'keras@2.1.3', 'keras@nightly'].map(has)).toEqual(
      Array(4).fill(true),
    );
    expect(['keras@1.9', 'keras@2.2', 'keras@2.10', 'keras@3.8'].map(has)).toEqual(
      Array(4).fill(false),
    );
  });

  it('name the nearest framework for a misspelt one', () => {
    expect(() => frameworkNamed('pytoch')).toThrow(/unknown-framework-near.*pytorch/);
    expect(() => frameworkNamed('fortran')).toThrow(/unknown-framework /);
  });
});
