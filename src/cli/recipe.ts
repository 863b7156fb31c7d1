import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { namedFrom, relativePath } from '../config/paths';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { pictureFacts } from '../dataset/pictureFacts';
import { recipeConfigFor, type Recipe } from '../recommend/configFor';
import type { Recommendation, Recommendations } from '../recommend/types';
import { say, words } from '../words/say';
import type { Profiled } from './profileOf';

/** The recipe that is no advice: what every other one is compared with. */
const plain = 'plain';

/** The advice asked for, or the first that has something to configure; null = the plain recipe. */
export const chosenAdvice = (
  { items }: Recommendations,
  id: string | undefined,
): Recommendation | null => {
  if (id === plain) return null;
  if (id === undefined) return items.find(({ patch }) => patch !== null) ?? null;
  const found = items.find((item) => item.id === id);
  if (found === undefined) {
    const known = [plain, ...items.map((item) => item.id)];
    const near = nearest(id, known);
    throw near === null
      ? new LongtailError('cli/unknown-recipe', { recipe: id, known })
      : new LongtailError('cli/unknown-recipe-near', { recipe: id, near, known });
  }
  if (found.patch === null) throw new LongtailError('cli/recipe-without-config', { recipe: id });
  return found;
};

/** Text of `longtail.yaml` for a dataset, as it stands in a folder. */
export const recipeText = (
  { profile, index }: Profiled,
  recipe: Recipe | null,
  folder: string,
): string => {
  const from = folder.replaceAll('\\', '/');
  const options = {
    root: relativePath(from, index.root),
    ...(pictureFacts(index, nodeFileSource) ?? {}),
    named: namedFrom(from, index.options),
  };
  return recipeConfigFor(profile, options, recipe).text;
};

/** What a recipe is called. */
export const recipeTitle = (recipe: Recipe | null): string => {
  if (recipe === null) return words('cli/plain-recipe');
  return 'apply' in recipe ? words(`config/preset/${recipe.id}`) : say(recipe.title);
};
