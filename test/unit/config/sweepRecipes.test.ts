import { describe, expect, it } from 'vitest';
import { plainConfig } from '../../../src/config/defaults';
import { applyPatch } from '../../../src/config/patch';
import { configSchema } from '../../../src/config/schema';
import { recipeConfig, representationConfig, sweepRecipes } from '../../../src/config/sweepRecipes';
import { catalogue } from '../../../src/words/en';
import { cifarCounts, profileOf } from '../../support/configs';

const plain = plainConfig(profileOf({ counts: cifarCounts, test: 10 }), { root: './data' });
const [stage] = plain.stages;

describe('recipes of a sweep', () => {
  it.each(sweepRecipes.map((recipe) => [recipe.id, recipe] as const))(
    '%s is a valid config with a title, on the same representation',
    (id, recipe) => {
      const config = recipeConfig(plain, representationConfig(plain, 3), recipe);
      expect(configSchema.safeParse(config).data).toEqual(config);
      expect(config.seed).toBe(3);
      expect(config.stages.slice(0, 1)).toEqual(plain.stages);
      expect(config.stages.length).toBe(recipe.head === null ? 1 : 2);
      expect(catalogue).toHaveProperty([`sweep/recipe/${id}`]);
    },
  );

  it('are named once, and are at least twelve for any number of classes', () => {
    expect(new Set(sweepRecipes.map(({ id }) => id)).size).toBe(sweepRecipes.length);
    expect(sweepRecipes.filter(({ binary }) => binary !== true).length).toBeGreaterThanOrEqual(12);
  });

  it('train their head by the schedule of the config’s own', () => {
    const own = {
      ...stage,
      name: 'own',
      epochs: 4,
      trainable: 'classifier',
      optimizer: { ...stage?.optimizer, learningRate: 0.02 },
    };
    const decoupled = applyPatch(plain, { stages: [stage, own] });
    const representation = representationConfig(decoupled, 0);
    expect(representation.stages).toEqual(plain.stages);
    const crt = sweepRecipes.find(({ id }) => id === 'crt')!;
    const [, head] = recipeConfig(decoupled, representation, crt).stages;
    expect(head).toMatchObject({ epochs: 4, init: 'again', optimizer: { learningRate: 0.02 } });
  });
});
