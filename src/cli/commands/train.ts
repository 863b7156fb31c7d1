import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { nextSeeds, seedList } from '../../common/seeds';
import { checkTrainable } from '../../config/combinations';
import type { DatasetFacts } from '../../config/facts';
import { runFiles } from '../../protocol/runFiles';
import { comparedWith, groupsOf, usualReference } from '../../report/comparison/difference';
import { comparisonText } from '../../report/comparison/render';
import { watchTraining } from '../../report/live/watch';
import { plainText, toText } from '../../report/text';
import { readRun } from '../../run/runStore';
import { resolveCache, resolveStore } from '../../run/storePath';
import { startTraining, type TrainingEnd, type TrainingOptions } from '../../run/trainerProcess';
import { say, words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { comparedRuns } from '../comparedRuns';
import { openConfig } from '../configFile';
import type { FoundRun } from '../findRun';
import type { Io } from '../io';
import { freshPath, keepOutside } from '../output';
import { runFolder } from '../runFolder';
import { screenOf } from '../screen';

/** Throws when this kind of dataset is not trained here; the message names the way out. */
export const mustBeTrainable = (facts: DatasetFacts): void => {
  const [forbidden] = checkTrainable(facts);
  if (forbidden !== undefined) throw new LongtailError(forbidden.code, forbidden.params);
};

/** The folder for a new run; with `--force` an earlier run there is removed, anything else never. */
export const outFolder = (args: Args, io: Io, root: string): string | undefined => {
  const out = args.text('out');
  if (out === undefined) return undefined;
  const force = args.flag('force');
  const folder = freshPath(io, out, force);
  keepOutside(folder, root);
  if (force && existsSync(folder)) {
    const run = readRun(folder);
    if (run === null) throw new LongtailError('cli/out-no-run', { path: folder });
    if (run.record.state === 'running')
      throw new LongtailError('run/still-running', { pid: run.record.pid ?? 0 });
    rmSync(folder, { recursive: true });
  }
  return folder;
};

const conclude = async (
  ending: TrainingEnd,
  folder: string,
  { io, events }: { readonly io: Io; readonly events: boolean },
): Promise<number> => {
  switch (ending.outcome) {
    case 'completed':
      if (!events) await io.outText(toText([ending.report], io.paint));
      io.err(`${words('cli/train/kept', { folder })}\n`);
      return exitCodes.done;
    case 'stopped':
      io.err(`${words(`cli/train/stopped/${ending.step}`, { folder })}\n`);
      return exitCodes.cancelled;
    case 'failed':
      io.err(`${plainText(say(ending.error))}\n`);
      io.err(`${words('cli/train/log', { path: join(folder, runFiles.log) })}\n`);
      return exitCodes.runFailed;
  }
};

/** Most trainings that one number may ask for. */
const mostSeeds = 20;

/** The seeds of `--seeds`: so many from the config's own on, or those that are listed; null without. */
const seedsOf = (args: Args, first: number): readonly number[] | null => {
  const text = args.text('seeds');
  if (text === undefined) return null;
  if (args.text('out') !== undefined || args.text('resume') !== undefined)
    throw new LongtailError('cli/train/seeds-and-folder');
  const listed = seedList(text);
  if (listed === null) throw new LongtailError('cli/train/bad-seeds', { seeds: text });
  const [count = 0] = listed;
  if (text.includes(',')) return listed;
  if (count < 1 || count > mostSeeds)
    throw new LongtailError('cli/train/bad-seeds', { seeds: text });
  return nextSeeds(first, count);
};

/** Starts a training and follows it to its end. */
const trainOnce = async (
  options: TrainingOptions,
  { io, events }: { readonly io: Io; readonly events: boolean },
): Promise<{ readonly ending: TrainingEnd; readonly folder: string }> => {
  const screen = screenOf(io);
  const show = watchTraining(screen, io.paintErr);
  const run = startTraining({
    ...options,
    onEvent: (event) => {
      if (events) void io.out(`${JSON.stringify(event)}\n`);
      show(event);
    },
  });
  const announce = (): void => screen.done(words('cli/train/stopping'));
  io.signal.addEventListener('abort', announce, { once: true });
  const ending = await run.finished;
  io.signal.removeEventListener('abort', announce);
  screen.clear();
  return { ending, folder: run.folder };
};

/** One training after the other, each with its seed; at the end all of them beside plain training. */
const trainSeeds = async (
  options: TrainingOptions,
  seeds: readonly number[],
  { io, events }: { readonly io: Io; readonly events: boolean },
): Promise<number> => {
  const group = randomBytes(4).toString('hex');
  const found: FoundRun[] = [];
  for (const [i, seed] of seeds.entries()) {
    io.err(`${words('cli/train/seed', { seed: String(seed), place: i + 1, of: seeds.length })}\n`);
    const { ending, folder } = await trainOnce(
      { ...options, repeat: { seed, group } },
      { io, events },
    );
    if (ending.outcome !== 'completed') return conclude(ending, folder, { io, events });
    io.err(`${words('cli/train/kept', { folder })}\n`);
    found.push({ folder, report: ending.report });
  }
  const groups = groupsOf(comparedRuns(found, io));
  if (!events)
    await io.outText(comparisonText(comparedWith(groups, usualReference(groups)), io.paint));
  return exitCodes.done;
};

export const train: Command = {
  name: 'train',
  positionals: ['CONFIG'],
  options: {
    out: { type: 'string', value: 'RUN', about: 'run-out' },
    force: { type: 'boolean' },
    resume: { type: 'string', value: 'RUN' },
    seeds: { type: 'string', value: 'N|0,1,2', about: 'train-seeds' },
    events: { type: 'boolean' },
  },
  run: async (args, io) => {
    const configPath = resolve(io.cwd, args.positional(0));
    const resume = args.text('resume');
    if (resume !== undefined && args.text('out') !== undefined)
      throw new LongtailError('cli/train/out-and-resume');
    const opened = await openConfig(configPath, io, mustBeTrainable);
    if (opened === null) return exitCodes.badInput;
    const { root } = opened.index;
    const seeds = seedsOf(args, opened.config.seed);
    const events = args.flag('events');
    const options: TrainingOptions = {
      configPath,
      runFolder: resume === undefined ? outFolder(args, io, root) : runFolder(resume, io).folder,
      resume: resume !== undefined,
      store: resolveStore({ datasetRoots: [root], cwd: io.cwd, env: io.env }),
      cacheFolder: resolveCache({ env: io.env }),
      trainerPath: join(io.distFolder, 'trainer.js'),
      datasetRoot: root,
      fingerprint: opened.index.fingerprint,
      signal: io.signal,
      env: io.env,
    };
    if (seeds !== null) return trainSeeds(options, seeds, { io, events });
    const { ending, folder } = await trainOnce(options, { io, events });
    return conclude(ending, folder, { io, events });
  },
};
