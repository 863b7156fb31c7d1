import { describe, expect, it } from 'vitest';
import { checkCombinations, readConfig } from '../../../src/config/combinations';
import { plainConfig } from '../../../src/config/defaults';
import { factsOf } from '../../../src/config/facts';
import { presetNamed, presets } from '../../../src/config/presets';
import { presetConfigFor } from '../../../src/recommend/configFor';
import { catalogue } from '../../../src/words/en';
import { cifarCounts, profileOf } from '../../support/configs';

const options = { root: './data', imageSize: [32, 32] as const, channels: 3 as const };
const cifar = profileOf({ counts: cifarCounts, test: 1000 });
const hundred = profileOf({
  counts: Array.from({ length: 100 }, (_, i) => Math.floor(500 * 100 ** (-i / 99))),
  test: 100,
});

describe.each(presets.map((preset) => [preset.id, preset] as const))('preset %s', (id, preset) => {
  it.each([
    ['10 classes', cifar],
    ['100 classes', hundred],
    ['few samples', profileOf({ counts: [30, 12, 4] })],
  ])('is a config without errors for %s, and read back as written', (_, profile) => {
    const { config, text } = presetConfigFor(profile, options, preset);
    const errors = checkCombinations(config, factsOf(profile)).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors).toEqual([]);
    const read = readConfig(text, 'longtail.yaml', factsOf(profile));
    expect(read.config).toEqual(config);
  });

  it('keeps the epochs of the plain recipe, and drops inside its stages', () => {
    for (const epochs of [3, 20, 200]) {
      const plain = plainConfig(cifar, options);
      const [stage] = plain.stages;
      if (stage === undefined) throw new Error('no stage');
      const facts = { classes: 10, ratio: 100 };
      const { stages } = preset.apply({ ...plain, stages: [{ ...stage, epochs }] }, facts);
      expect(stages.reduce((sum, stage) => sum + stage.epochs, 0)).toBe(epochs);
      for (const stage of stages)
        for (const drop of stage.optimizer.dropAt ?? []) expect(drop).toBeLessThan(stage.epochs);
    }
  });

  it('says which paper it is and what was scaled', () => {
    expect(catalogue).toHaveProperty([`config/preset/${id}`]);
    expect(presetConfigFor(cifar, options, preset).text).toMatch(
      /et al\.,\s+(# )?[A-Za-z]+\s+(# )?\d{4}/,
    );
  });
});

describe('schedules of presets', () => {
  it('are the papers’ own at the papers’ epochs', () => {
    const config = plainConfig(cifar, options);
    const [stage] = config.stages;
    if (stage === undefined) throw new Error('no stage');
    const plain = { ...config, stages: [{ ...stage, epochs: 200 }] };
    const facts = { classes: 10, ratio: 100 };
    const made = (id: string) => presetNamed(id).apply(plain, facts).stages;
    expect(made('ldam-drw')[0]).toMatchObject({
      switchAt: 160,
      optimizer: { dropAt: [160, 180], dropTo: 0.01, warmupEpochs: 5 },
    });
    expect(made('bbn')[0]?.optimizer).toMatchObject({ dropAt: [120, 160], dropTo: 0.01 });
    expect(made('logit-adjustment')[0]?.optimizer).toMatchObject({ dropAt: [160, 180] });
    expect(made('mislas')[1]?.loss).toMatchObject({ head: 0.3, tail: 0 });
    expect(made('bag-of-tricks').map((one) => one.mixing?.kind)).toEqual([
      'mixup',
      'mixup',
      undefined,
    ]);
  });

  it('an unknown name is refused with the nearest', () => {
    expect(() => presetNamed('mislass')).toThrow(/unknown-preset-near/);
  });
});
