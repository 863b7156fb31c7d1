import { describe, expect, it } from 'vitest';
import { checkCombinations, checkTrainable } from '../../../src/config/combinations';
import { plainConfig, plainStages } from '../../../src/config/defaults';
import { factsOf } from '../../../src/config/facts';
import type { RebalanceConfig } from '../../../src/config/schema';
import { recommend } from '../../../src/recommend/recommend';
import { configFor } from '../../../src/recommend/configFor';
import { profileOf } from '../../support/configs';

const several = profileOf({ counts: [900, 400, 90, 30], task: 'multi-label' });
const one = profileOf({ counts: [900, 400, 90, 30] });
const codes = (config: RebalanceConfig, profile = several) =>
  checkCombinations(config, factsOf(profile))
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe('configs for items with several labels', () => {
  const plain = plainConfig(several, { root: '.' });
  const [stage] = plain.stages;
  if (stage === undefined) throw new Error('no stage');
  const withStage = (more: Partial<typeof stage>): RebalanceConfig => ({
    ...plain,
    stages: [{ ...stage, ...more }],
  });

  it('begin with binary cross-entropy, which is their baseline too', () => {
    expect(checkTrainable(factsOf(several))).toEqual([]);
    expect(stage.loss).toEqual({ kind: 'sigmoid' });
    expect(codes(plain)).toEqual([]);
    const asymmetric = withStage({
      loss: { kind: 'asymmetric', gammaPositive: 1, gammaNegative: 4, clip: 0.05 },
    });
    expect(codes(asymmetric)).toEqual([]);
    expect(plainStages(asymmetric, 'multi-label')[0]?.loss).toEqual({ kind: 'sigmoid' });
    expect(plainStages(asymmetric)[0]?.loss).toEqual({ kind: 'cross-entropy' });
  });

  it('refuse what makes labels exclude each other', () => {
    const [found] = checkCombinations(
      withStage({ loss: { kind: 'cross-entropy' } }),
      factsOf(several),
    );
    expect(found).toMatchObject({ code: 'config/loss-single', at: ['stages', 0, 'loss'] });
    expect(found?.params['fitting']).toEqual(expect.arrayContaining(['sigmoid', 'asymmetric']));
    expect(
      codes(
        withStage({
          weights: { kind: 'inverse', normalisation: 'sample-mean', reduction: 'mean' },
        }),
      ),
    ).toContain('config/one-label');
    const adjusted = { ...plain, posthoc: { kind: 'logit-adjustment' as const, tau: 1 } };
    expect(codes(adjusted)).toContain('config/one-label');
    expect(codes({ ...plain, posthoc: { kind: 'thresholds', metric: 'f1' } })).toEqual([]);
  });

  it('refuse a loss of several labels where every item has one', () => {
    const asymmetric = withStage({
      loss: { kind: 'asymmetric', gammaPositive: 1, gammaNegative: 4, clip: 0.05 },
    });
    expect(codes(asymmetric, one)).toContain('config/loss-multi');
  });

  it('are what every advice with a patch makes, whatever the modality', () => {
    for (const modality of ['image', 'tabular', 'text'] as const) {
      const profile = profileOf({ counts: [900, 400, 90, 30], task: 'multi-label', modality });
      const { items } = recommend(profile);
      expect(items.filter(({ patch }) => patch !== null).map(({ id }) => id)).toEqual(
        expect.arrayContaining(['repeat-factor', 'asymmetric-loss', 'decision-thresholds']),
      );
      for (const item of items.filter(({ patch }) => patch !== null))
        expect(codes(configFor(profile, { root: '.' }, item).config, profile)).toEqual([]);
    }
  });
});

describe('configs for texts', () => {
  it('read the text with a linear model, and every advice keeps to that', () => {
    const profile = profileOf({ counts: [900, 400, 90, 30], modality: 'text' });
    const plain = plainConfig(profile, { root: '.' });
    expect(plain).toMatchObject({ input: { kind: 'text' }, model: { kind: 'linear' } });
    for (const item of recommend(profile).items.filter(({ patch }) => patch !== null))
      expect(codes(configFor(profile, { root: '.' }, item).config, profile)).toEqual([]);
    expect(codes({ ...plain, input: { ...plain.input, kind: 'tabular' } }, profile)).toContain(
      'config/input-modality',
    );
  });

  it('may pick the text column out of a table, by name', () => {
    const table = profileOf({ counts: [90, 40], modality: 'tabular' });
    const text = { kind: 'text' as const, augment: [] };
    const plain = plainConfig(table, { root: '.' });
    expect(codes({ ...plain, input: text }, table)).toContain('config/input-modality');
    const named = { ...text, text: { column: 'body', ngrams: 2, features: 4096 } };
    expect(codes({ ...plain, input: named }, table)).toEqual([]);
  });
});
