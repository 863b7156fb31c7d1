// The soak itself: an uninterrupted run, then runs that are killed and gone on with until they end.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, faultsOf, lastingOf, leftovers } from './attempt.mjs';
import { createDraw } from './problem.mjs';
import { foldersOf, jobOf, taskOf, wholeRun } from './task.mjs';

/** What a file of a run is for; the rows of the table. */
const kinds = [
  ['checkpoint', /\.ckpt/],
  ['report', /^report\.json/],
  ['predictions', /^(test|validation|train)\.npz/],
  ['model', /^(weights|stage-\d+)\.npz|^model\.json/],
  ['run.json', /^run\.json/],
  ['events', /^events\.jsonl/],
  ['sweep', /^sweep\.(json|md)|^best\.yaml/],
  ['config, split, lock', /^(config\.yaml|split\.bin|lock)/],
];
const kindOf = (file) => kinds.find(([, expression]) => expression.test(file))?.[0] ?? 'caches';

/** Points of time, and of work on files, as many of each kind of file as there are, in turn. */
const pointsOf = (whole, { number, draw, sweep }) => {
  const byKind = new Map();
  const features = whole.operations.findIndex(({ file }) => /^train\.npz/.test(file));
  whole.operations.forEach(({ file, what, nth }, at) => {
    const later = sweep && at > features ? ', recipes' : '';
    const kind = kindOf(file) === 'events' ? `events${later}` : kindOf(file);
    byKind.set(kind, [...(byKind.get(kind) ?? []), { what, nth }]);
  });
  const found = [...byKind.keys()];
  return Array.from({ length: number }, (_, i) => {
    if (i % 2 === 0) return { kind: 'any time', killAfterMs: draw() * whole.ms };
    const kind = found[(i >> 1) % found.length];
    const among = byKind.get(kind);
    const { what, nth } = among[Math.floor(draw() * among.length)];
    const moment = ['before', 'half', 'after'][Math.floor(draw() * 3)];
    return { kind, order: { what, nth, moment } };
  });
};

/** Kills a run at a point, at times again while it goes on, and lets it end. */
const trial = async (place, task, { point, whole, again }) => {
  mkdirSync(join(place, 'run'), { recursive: true });
  const first = await attempt(jobOf(place, task, false), point);
  const killed = first.signal === 'SIGKILL' ? 1 : 0;
  const result = { kind: point.kind, kills: killed, midWrite: 0, problem: null };
  const look = () => {
    result.midWrite += foldersOf(place).flatMap(leftovers).length > 0 ? 1 : 0;
    const faults = foldersOf(place).flatMap(faultsOf);
    if (faults.length > 0) result.problem ??= `cannot be read: ${faults.join(', ')}`;
  };
  look();
  if (again !== null) {
    const second = await attempt(jobOf(place, task, true), { killAfterMs: again });
    if (second.signal === 'SIGKILL') result.kills += 1;
    look();
  }
  const last = await attempt(jobOf(place, task, true));
  if (last.code !== 0)
    result.problem ??= `does not go on: ${JSON.stringify(last.failed)} ${last.words}`;
  else if (lastingOf(join(place, 'run')) !== whole.lasting) result.problem ??= 'another report';
  else if (foldersOf(place).flatMap(leftovers).length > 0) result.problem ??= 'half files are left';
  else if (foldersOf(place).some((folder) => existsSync(join(folder, 'checkpoints'))))
    result.problem ??= 'checkpoints are left';
  return result;
};

/**
 * Kills runs of a backend at so many points. Every third is killed again while it goes on. Gives a
 * result a point and the length of an uninterrupted run; `tell` hears of each.
 */
export const soak = async (folder, options) => {
  const { points, seed = 1, sweep = false, tell = () => undefined } = options;
  const task = taskOf(folder, options);
  const whole = await wholeRun(folder, task);
  const draw = createDraw(seed);
  const results = [];
  for (const [i, point] of pointsOf(whole, { number: points, draw, sweep }).entries()) {
    const place = join(folder, `point-${i}`);
    const again = i % 3 === 2 ? draw() * whole.ms : null;
    const result = { ...(await trial(place, task, { point, whole, again })), point };
    results.push(result);
    tell(result, i);
    if (result.problem === null) rmSync(place, { recursive: true });
  }
  return { results, operations: whole.operations.length, ms: whole.ms };
};
