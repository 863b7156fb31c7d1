// Runs on disks that are full or read-only for a while: a sentence, a folder that stays whole, and, once
// the disk takes files again, the report of the run nobody touched.
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, faultsOf, lastingOf } from './attempt.mjs';
import { mountDisk } from './mount.mjs';
import { createDraw } from './problem.mjs';
import { foldersOf, jobOf, taskOf, wholeRun } from './task.mjs';

/** Goes on with a run, and says whether it ends as the whole one did. */
const endsAs = async (whole, place, task) => {
  const last = await attempt(jobOf(place, task, true));
  return last.code === 0 && lastingOf(join(place, 'run')) === whole.lasting;
};

/** One of the places where a run writes a checkpoint. */
const checkpointIn = (whole, seed) => {
  const places = whole.operations.flatMap(({ file }, at) => (/\.ckpt/.test(file) ? [at] : []));
  return places[Math.floor(createDraw(seed)() * places.length)];
};

/**
 * A run that goes short of something at a checkpoint, and finds enough of it later: gives how it ended,
 * and what is wrong with what it left or with where it got to afterwards.
 */
const goShort = async (folder, { backend, seed = 1 }, shortage) => {
  const task = taskOf(folder, { backend });
  const whole = await wholeRun(folder, task);
  const place = join(folder, 'short');
  mkdirSync(join(place, 'run'), { recursive: true });
  const end = await attempt(jobOf(place, task, false), shortage(checkpointIn(whole, seed)));
  const faults = foldersOf(place).flatMap(faultsOf);
  return { end, faults, same: await endsAs(whole, place, task) };
};

/** A disk that says it is full from a moment on, where none can be mounted. */
export const fullDisk = (folder, options) =>
  goShort(folder, options, (at) => ({ order: { at, full: true } }));

/** A heap that V8 may not enlarge any more. */
export const fullHeap = (folder, options) =>
  goShort(folder, options, (at) => ({ order: { at, moment: 'memory' }, heapMb: 64 }));

const roomy = 64 * 1024 ** 2;
/** What ends a run on each disk. */
const codes = { full: 'run/disk-full', 'read-only': 'run/unwritable' };

/** Bytes that the files of a folder take. */
const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

/** A run on a disk of its own, which is full or becomes read-only; then the disk is as it should be. */
const diskTrial = async (place, task, { kind, whole, share }) => {
  const size = kind === 'full' ? share * whole.bytes : roomy;
  const { disk, why } = mountDisk(place, size);
  if (disk === null) throw new Error(`soak: no disk can be mounted: ${why}`);
  try {
    if (kind === 'full') mkdirSync(join(place, 'run'));
    const moments = kind === 'full' ? [] : [{ ms: share * whole.ms, act: () => disk.lock() }];
    const first = await attempt(jobOf(place, task, false), { moments });
    const code = first.failed?.code ?? null;
    const result = { kind, code, failed: first.code !== 0, problem: null };
    if (result.failed && code !== codes[kind])
      result.problem = `ended with ${JSON.stringify(first.failed)} ${first.words}`;
    if (kind === 'full') disk.grow(roomy);
    else disk.unlock();
    const faults = foldersOf(place).flatMap(faultsOf);
    if (faults.length > 0) result.problem ??= `cannot be read: ${faults.join(', ')}`;
    if (!(await endsAs(whole, place, task))) result.problem ??= 'does not go on to the same report';
    return result;
  } finally {
    disk.unmount();
  }
};

/** Why no disk can be mounted here, or null. */
export const noDisk = (folder) => {
  const { disk, why } = mountDisk(folder, roomy);
  disk?.unmount();
  return why;
};

/** So many runs of a backend, on disks full at every share of what a run takes and read-only in turn. */
export const diskSoak = async (folder, options) => {
  const { points, seed = 1, tell = () => undefined } = options;
  const task = taskOf(folder, options);
  const whole = await wholeRun(folder, task);
  whole.bytes = bytesIn(join(folder, 'whole'));
  const draw = createDraw(seed);
  const results = [];
  for (let i = 0; i < points; i++) {
    const kind = i % 2 === 0 ? 'full' : 'read-only';
    const place = join(folder, `disk-${i}`);
    const result = await diskTrial(place, task, { kind, whole, share: draw() });
    results.push(result);
    tell({ ...result, point: null }, i);
  }
  return { results, ms: whole.ms, operations: whole.operations.length };
};
