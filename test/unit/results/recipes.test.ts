import { describe, expect, it } from 'vitest';
import { recipes } from '../../../scripts/results/recipes.mjs';
import { settings, type Setting } from '../../../scripts/results/settings.mjs';
import { checkCombinations } from '../../../src/config/combinations';
import { parseConfig } from '../../../src/config/parse';
import { presetNamed } from '../../../src/config/presets';
import type { RebalanceConfig } from '../../../src/config/schema';

const configOf = (setting: Setting, id: string): RebalanceConfig => {
  const plain = setting.config('data');
  const patch = recipes.find((recipe) => recipe.id === id)?.patch(plain, setting);
  const { config, issues } = parseConfig(JSON.stringify({ ...plain, ...patch }), 'longtail.yaml');
  expect(issues).toEqual([]);
  if (config === null) throw new Error(id);
  return config;
};

/** Steps of a run whose epochs are all so many items long. */
const stepsOf = ({ stages }: RebalanceConfig, items: number): number =>
  stages.reduce(
    (steps, { epochs, optimizer }) => steps + (epochs * items) / optimizer.batchSize,
    0,
  );

describe.each([...settings])('recipes on $id', (setting) => {
  const own = recipes.map(({ id }) => id).filter((id) => !setting.without?.includes(id));

  it.each(own)('%s is a config without errors', (id) => {
    const found = checkCombinations(configOf(setting, id));
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('leaves out only recipes there are', () => {
    expect(recipes.map(({ id }) => id)).toEqual(
      expect.arrayContaining([...(setting.without ?? [])]),
    );
  });

  it('re-samples for about as many steps as plain training has', () => {
    const { counts } = setting;
    const plain = stepsOf(
      configOf(setting, 'plain'),
      counts.reduce((sum, n) => sum + n, 0),
    );
    // Whole epochs: of the long ones of over-sampling one is up to 400 steps.
    const over = stepsOf(configOf(setting, 'over'), counts.length * Math.max(...counts));
    expect(Math.abs(over - plain)).toBeLessThanOrEqual(200);
    const under = stepsOf(configOf(setting, 'under'), counts.length * Math.min(...counts));
    expect(Math.abs(under - plain)).toBeLessThanOrEqual(4);
  });
});

it('has the Bag-of-Tricks preset as its row', () => {
  for (const setting of settings.filter(({ without = [] }) => !without.includes('bag-of-tricks'))) {
    const plain = configOf(setting, 'plain');
    const preset = presetNamed('bag-of-tricks').apply(plain, { classes: 10, ratio: 100 });
    expect(configOf(setting, 'bag-of-tricks')).toEqual(preset);
  }
});
