import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { seedList } from '../../common/seeds';
import { configSchema, posthocSchema, stageSchema } from '../../config/schema';
import { sweepRecipes } from '../../config/sweepRecipes';
import { profileDataset } from '../../profile/profile';
import { runFiles } from '../../protocol/runFiles';
import { recommend } from '../../recommend/recommend';
import { sweepChoice } from '../../recommend/sweepChoice';
import { watchTraining } from '../../report/live/watch';
import { sweepMarkdown, sweepText } from '../../report/sweep/render';
import { parseSweep } from '../../report/sweep/schema';
import type { SweepReport } from '../../report/sweep/types';
import { plainText } from '../../report/text';
import { resolveCache, resolveStore } from '../../run/storePath';
import { startTraining, type TrainingEnd } from '../../run/trainerProcess';
import { say, words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { openConfig } from '../configFile';
import type { Io } from '../io';
import { writeJson } from '../output';
import { screenOf } from '../screen';
import { mustBeTrainable, outFolder } from './train';

/** Ids between commas; `sweep/unknown-recipe` for one that is not there. */
const recipesOf = (args: Args): readonly string[] => {
  const ids = args.text('recipes')?.split(',') ?? [];
  const known = sweepRecipes.map(({ id }) => id);
  const wrong = ids.find((id) => !known.includes(id));
  if (wrong !== undefined)
    throw new LongtailError('sweep/unknown-recipe', { recipe: wrong, known });
  return ids;
};

/** Whole numbers between commas, each once; `sweep/bad-seeds` for anything else. */
const seedsOf = (args: Args): readonly number[] => {
  const text = args.text('seeds');
  if (text === undefined) return [];
  const seeds = seedList(text);
  if (seeds === null) throw new LongtailError('sweep/bad-seeds', { seeds: text });
  return seeds;
};

type Format = 'text' | 'md' | 'json';

const formatOf = (args: Args): Format => {
  if (args.flag('json')) return 'json';
  const format = args.text('format') ?? 'text';
  if (format === 'text' || format === 'md' || format === 'json') return format;
  throw new LongtailError('cli/report/unknown-format', { format, known: ['md', 'json'] });
};

interface Shown {
  readonly io: Io;
  readonly format: Format;
  /** Recipe that the advice for these data comes to. */
  readonly advised: string | null;
}

const show = async (sweep: SweepReport, { io, format, advised }: Shown): Promise<void> => {
  if (format === 'json') await writeJson(io, sweep);
  else if (format === 'md') await io.out(sweepMarkdown(sweep, advised));
  else await io.outText(sweepText(sweep, io.paint, advised));
};

const conclude = async (
  ending: TrainingEnd,
  folder: string,
  { io, ...shown }: Shown,
): Promise<number> => {
  switch (ending.outcome) {
    case 'completed': {
      const path = join(folder, runFiles.sweep);
      const parts = { config: configSchema, stage: stageSchema, posthoc: posthocSchema };
      const sweep = parseSweep(readFileSync(path, 'utf8'), path, parts);
      await show(sweep, { io, ...shown });
      io.err(`${words('cli/sweep/kept', { folder })}\n`);
      return exitCodes.done;
    }
    case 'stopped':
      io.err(`${words('cli/sweep/stopped')}\n`);
      return exitCodes.cancelled;
    case 'failed':
      io.err(`${plainText(say(ending.error))}\n`);
      io.err(`${words('cli/train/log', { path: join(folder, runFiles.log) })}\n`);
      return exitCodes.runFailed;
  }
};

export const sweep: Command = {
  name: 'sweep',
  positionals: ['CONFIG'],
  options: {
    recipes: { type: 'string', value: 'A,B' },
    seeds: { type: 'string', value: '0,1,2' },
    format: { type: 'string', value: 'md|json', about: 'sweep-format' },
    json: { type: 'boolean' },
    out: { type: 'string', value: 'RUN', about: 'run-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    const configPath = resolve(io.cwd, args.positional(0));
    const recipes = recipesOf(args);
    const seeds = seedsOf(args);
    const format = formatOf(args);
    const opened = await openConfig(configPath, io, (facts) => {
      mustBeTrainable(facts);
      if (facts.task === 'multi-label') throw new LongtailError('sweep/several-labels');
    });
    if (opened === null) return exitCodes.badInput;
    const { root } = opened.index;
    const screen = screenOf(io);
    const run = startTraining({
      configPath,
      runFolder: outFolder(args, io, root),
      store: resolveStore({ datasetRoots: [root], cwd: io.cwd, env: io.env }),
      cacheFolder: resolveCache({ env: io.env }),
      trainerPath: join(io.distFolder, 'trainer.js'),
      datasetRoot: root,
      fingerprint: opened.index.fingerprint,
      title: words('sweep/running'),
      sweep: { recipes, seeds },
      signal: io.signal,
      env: io.env,
      onEvent: watchTraining(screen, io.paintErr),
    });
    const ending = await run.finished;
    screen.clear();
    const advised = sweepChoice(recommend(profileDataset(opened.index)));
    return conclude(ending, run.folder, { io, format, advised });
  },
};
