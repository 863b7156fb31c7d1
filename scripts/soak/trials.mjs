// The soak itself: an uninterrupted run, then runs that are killed and gone on with until they end.
import { mkdirSync, readdirSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, faultsOf, lastingOf, leftovers } from './attempt.mjs';
import { createDraw, writeProblem } from './problem.mjs';

/** What a file of a run is for; the rows of the table. */
const kinds = [
  ['checkpoint', /\.ckpt/],
  ['report', /^report\.json/],
  ['predictions', /^(test|validation|train)\.npz/],
  ['model', /^(weights|stage-\d+)\.npz|^model\.json/],
  ['run.json', /^run\.json/],
  ['events', /^events\.jsonl/],
  ['config, split, lock', /^(config\.yaml|split\.bin|lock)/],
];
const kindOf = (file) => kinds.find(([, expression]) => expression.test(file))?.[0] ?? 'caches';

const jobOf = (place, configPath, resume) => ({
  ...{ runFolder: join(place, 'run'), storeFolder: join(place, 'store') },
  ...{ configPath, resume, cacheFolder: join(place, 'cache'), baseline: 'reuse-or-train' },
});

/** Runs of a place: the recipe's and, in the store, its baseline's. */
const foldersOf = (place) => {
  const store = join(place, 'store/runs');
  const stored = existsSync(store) ? readdirSync(store).map((name) => join(store, name)) : [];
  return [join(place, 'run'), ...stored];
};

/** The run nobody touches: how it ends, how long it takes, what it writes. */
const wholeRun = async (folder, config) => {
  const place = join(folder, 'whole');
  mkdirSync(join(place, 'run'), { recursive: true });
  const list = join(place, 'operations.jsonl');
  const listed = await attempt(jobOf(place, config, false), { order: { list } });
  if (listed.code !== 0) throw new Error(`soak: the uninterrupted run failed: ${listed.words}`);
  const operations = readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { lasting: lastingOf(join(place, 'run')), ms: listed.ms, operations };
};

/** Points of time, and of work on files, as many of each kind of file as there are, in turn. */
const pointsOf = (whole, number, draw) => {
  const byKind = new Map();
  whole.operations.forEach(({ operation, file }, at) => {
    const kind = kindOf(file);
    byKind.set(kind, [...(byKind.get(kind) ?? []), { at, operation, file }]);
  });
  const found = [...byKind.keys()];
  return Array.from({ length: number }, (_, i) => {
    if (i % 2 === 0) return { kind: 'any time', killAfterMs: draw() * whole.ms };
    const kind = found[(i >> 1) % found.length];
    const among = byKind.get(kind);
    const { at } = among[Math.floor(draw() * among.length)];
    const moment = ['before', 'half', 'after'][Math.floor(draw() * 3)];
    return { kind, order: { at, moment } };
  });
};

/**
 * A disk that is full from a moment on, and has room again later: gives the code the run ended with,
 * and what is wrong with what it left or with where it got to afterwards.
 */
export const fullDisk = async (folder, { backend, seed = 1 }) => {
  const config = writeProblem(folder, backend);
  const whole = await wholeRun(folder, config);
  const checkpoints = whole.operations.flatMap(({ file }, at) => (/\.ckpt/.test(file) ? [at] : []));
  const place = join(folder, 'full');
  mkdirSync(join(place, 'run'), { recursive: true });
  const at = checkpoints[Math.floor(createDraw(seed)() * checkpoints.length)];
  const first = await attempt(jobOf(place, config, false), { order: { at, full: true } });
  const faults = foldersOf(place).flatMap(faultsOf);
  const last = await attempt(jobOf(place, config, true));
  const same = last.code === 0 && lastingOf(join(place, 'run')) === whole.lasting;
  return { code: first.failed?.code ?? null, faults, same };
};

/** Kills a run at a point, at times again while it goes on, and lets it end. */
const trial = async (place, config, { point, whole, again }) => {
  mkdirSync(join(place, 'run'), { recursive: true });
  const first = await attempt(jobOf(place, config, false), point);
  const killed = first.signal === 'SIGKILL' ? 1 : 0;
  const result = { kind: point.kind, kills: killed, midWrite: 0, problem: null };
  const look = () => {
    result.midWrite += foldersOf(place).flatMap(leftovers).length > 0 ? 1 : 0;
    const faults = foldersOf(place).flatMap(faultsOf);
    if (faults.length > 0) result.problem ??= `cannot be read: ${faults.join(', ')}`;
  };
  look();
  if (again !== null) {
    const second = await attempt(jobOf(place, config, true), { killAfterMs: again });
    if (second.signal === 'SIGKILL') result.kills += 1;
    look();
  }
  const last = await attempt(jobOf(place, config, true));
  if (last.code !== 0)
    result.problem ??= `does not go on: ${JSON.stringify(last.failed)} ${last.words}`;
  else if (lastingOf(join(place, 'run')) !== whole.lasting) result.problem ??= 'another report';
  else if (foldersOf(place).flatMap(leftovers).length > 0) result.problem ??= 'half files are left';
  return result;
};

/**
 * Kills runs of a backend at so many points. Every third is killed again while it goes on. Gives a
 * result a point and the length of an uninterrupted run; `tell` hears of each.
 */
export const soak = async (folder, { backend, points, seed = 1, tell = () => undefined }) => {
  const config = writeProblem(folder, backend);
  const whole = await wholeRun(folder, config);
  const draw = createDraw(seed);
  const results = [];
  for (const [i, point] of pointsOf(whole, points, draw).entries()) {
    const place = join(folder, `point-${i}`);
    const again = i % 3 === 2 ? draw() * whole.ms : null;
    const result = { ...(await trial(place, config, { point, whole, again })), point };
    results.push(result);
    tell(result, i);
    if (result.problem === null) rmSync(place, { recursive: true });
  }
  return { results, operations: whole.operations.length, ms: whole.ms };
};
