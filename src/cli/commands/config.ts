import { dirname } from 'node:path';
import { LongtailError } from '../../common/errors';
import { presetNamed } from '../../config/presets';
import { words } from '../../words/say';
import { adviceFor, goalOptions } from '../advice';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import type { Io } from '../io';
import { freshPath, keepOutside, writeWhole } from '../output';
import { profileOf, scanOptions } from '../profileOf';
import { chosenAdvice, recipeText, recipeTitle } from '../recipe';

const outOf = (args: Args, io: Io): string | null => {
  const out = args.text('out');
  if (out === undefined) throw new LongtailError('cli/out-missing');
  return out === '-' ? null : freshPath(io, out, args.flag('force'));
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
    const recipe = preset ?? chosenAdvice(adviceFor(profiled, args, io), args.text('recipe'));
    const text = recipeText(profiled, recipe, file === null ? io.cwd : dirname(file));
    if (file === null) {
      await io.out(text);
      return exitCodes.done;
    }
    keepOutside(file, profiled.index.root);
    writeWhole(file, text);
    const title = recipeTitle(recipe);
    io.err(`${words('cli/config/written', { path: file, title })}\n`);
    return exitCodes.done;
  },
};
