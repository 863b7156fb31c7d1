import { dirname } from 'node:path';
import { LongtailError } from '../../common/errors';
import { nearest } from '../../config/nearest';
import { relativePath } from '../../config/paths';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { pictureFacts } from '../../dataset/pictureFacts';
import { presetNamed } from '../../config/presets';
import { recipeConfigFor, type Recipe } from '../../recommend/configFor';
import type { Recommendation, Recommendations } from '../../recommend/types';
import { isInside } from '../../run/storePath';
import { say, words } from '../../words/say';
import { adviceFor, goalOptions } from '../advice';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import type { Io } from '../io';
import { freshPath, writeWhole } from '../output';
import { profileOf, scanOptions, type Profiled } from '../profileOf';

/** The recipe that is no advice: what every other one is compared with. */
const plain = 'plain';

/** The advice asked for, or the first that has something to configure; null = the plain recipe. */
const chosen = ({ items }: Recommendations, id: string | undefined): Recommendation | null => {
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

const outOf = (args: Args, io: Io): string | null => {
  const out = args.text('out');
  if (out === undefined) throw new LongtailError('cli/out-missing');
  return out === '-' ? null : freshPath(io, out, args.flag('force'));
};

const textOf = ({ profile, index }: Profiled, recipe: Recipe | null, folder: string): string => {
  const options = {
    root: relativePath(folder.replaceAll('\\', '/'), index.root),
    ...(pictureFacts(index, nodeFileSource) ?? {}),
    named: index.options,
  };
  return recipeConfigFor(profile, options, recipe).text;
};

export const config: Command = {
  name: 'config',
  positionals: ['PATH'],
  options: {
    recipe: { type: 'string', value: 'ID' },
    preset: { type: 'string', value: 'NAME' },
    out: { type: 'string', value: 'FILE', required: true },
    force: { type: 'boolean' },
    ...goalOptions,
    ...scanOptions,
  },
  run: async (args, io) => {
    const file = outOf(args, io);
    const named = args.text('preset');
    if (named !== undefined && args.text('recipe') !== undefined)
      throw new LongtailError('cli/preset-and-recipe');
    const preset = named === undefined ? null : presetNamed(named);
    const profiled = await profileOf(args, io);
    const recipe = preset ?? chosen(adviceFor(profiled, args, io), args.text('recipe'));
    const text = textOf(profiled, recipe, file === null ? io.cwd : dirname(file));
    if (file === null) {
      await io.out(text);
      return exitCodes.done;
    }
    if (isInside(file, profiled.index.root))
      throw new LongtailError('cli/out-in-dataset', { path: file, dataset: profiled.index.root });
    writeWhole(file, text);
    const title =
      recipe === null
        ? words('cli/plain-recipe')
        : 'apply' in recipe
          ? words(`config/preset/${recipe.id}`)
          : say(recipe.title);
    io.err(`${words('cli/config/written', { path: file, title })}\n`);
    return exitCodes.done;
  },
};
