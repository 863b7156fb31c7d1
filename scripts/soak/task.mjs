// What the soaks run: a small job of a backend, and the run of it that nobody touches.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, lastingOf } from './attempt.mjs';
import { writeProblem } from './problem.mjs';

/** All recipes on two representations, so that one is made between the trials of the other. */
const wholeSweep = { recipes: [], seeds: [5, 6] };

/** What is run: data and config of a backend, as a run or as a sweep. */
export const taskOf = (folder, { backend, sweep = false }) => ({
  config: writeProblem(folder, backend),
  sweep: sweep ? wholeSweep : undefined,
});

export const jobOf = (place, { config, sweep }, resume) => ({
  ...{ runFolder: join(place, 'run'), storeFolder: join(place, 'store'), configPath: config },
  ...{ resume, cacheFolder: join(place, 'cache'), baseline: 'reuse-or-train', sweep },
});

/** Runs of a place: the recipe's and, in the store, its baseline's. */
export const foldersOf = (place) => {
  const store = join(place, 'store/runs');
  const stored = existsSync(store) ? readdirSync(store).map((name) => join(store, name)) : [];
  return [join(place, 'run'), ...stored];
};

/** The run nobody touches: how it ends, how long it takes, what it writes. */
export const wholeRun = async (folder, task) => {
  const place = join(folder, 'whole');
  mkdirSync(join(place, 'run'), { recursive: true });
  const list = join(place, 'operations.jsonl');
  const listed = await attempt(jobOf(place, task, false), { order: { list } });
  if (listed.code !== 0) throw new Error(`soak: the uninterrupted run failed: ${listed.words}`);
  const operations = readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { lasting: lastingOf(join(place, 'run')), ms: listed.ms, operations };
};
