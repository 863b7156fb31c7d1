// Runs that sleep, as they do with the machine: the command, its trainer, or both are halted for longer
// than the trainer outlives a parent, and must go on as if nothing had been.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { faultsOf, lastingOf } from './attempt.mjs';
import { createDraw } from './problem.mjs';
import { taskOf, wholeRun } from './task.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(resolve(root, process.env.LONGTAIL_DIST ?? 'dist'), 'cli.js');

/** A trainer whose parent is gone ends after eight seconds. */
const asleepMs = 12_000;

const kinds = [
  { kind: 'the trainer', who: ({ trainer }) => trainer },
  { kind: 'its parent', who: ({ parent }) => parent },
  { kind: 'both', who: ({ parent, trainer }) => [...parent, ...trainer] },
];

/** Children of a process, as Linux lists them. */
const childrenOf = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
};

const signal = (pids, name) => {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // It ended meanwhile.
    }
};

/** One training by the shell's command, asleep from a moment on; gives how it ended and whether it slept. */
const nap = (place, config, { who, afterMs }) =>
  new Promise((settle) => {
    const args = [cli, 'train', config, '--out', join(place, 'run')];
    const env = { ...process.env, XDG_CACHE_HOME: join(place, 'cache') };
    const child = spawn(process.execPath, args, {
      cwd: place,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const state = { slept: false, words: '', next: undefined };
    child.stderr.on('data', (chunk) => (state.words = (state.words + chunk).slice(-2000)));
    const sleep = (trainer) => {
      const pids = who({ parent: [child.pid], trainer });
      state.slept = true;
      signal(pids, 'SIGSTOP');
      state.next = setTimeout(() => signal(pids, 'SIGCONT'), asleepMs);
    };
    const awaitTrainer = () => {
      const trainer = childrenOf(child.pid);
      const there = trainer.length > 0;
      state.next = setTimeout(there ? () => sleep(trainer) : awaitTrainer, there ? afterMs : 20);
    };
    awaitTrainer();
    child.on('close', (code) => {
      clearTimeout(state.next);
      settle({ code, slept: state.slept, words: state.words });
    });
  });

/** So many runs of a backend, each asleep once: the trainer, its parent, or both, in turn. */
export const sleepSoak = async (folder, options) => {
  const { points, seed = 1, tell = () => undefined } = options;
  const task = taskOf(folder, options);
  const whole = await wholeRun(folder, task);
  const draw = createDraw(seed);
  const results = [];
  for (let i = 0; i < points; i++) {
    const { kind, who } = kinds[i % kinds.length];
    const place = join(folder, `sleep-${i}`);
    mkdirSync(place, { recursive: true });
    const { code, slept, words } = await nap(place, task.config, {
      ...{ who, afterMs: draw() * whole.ms },
    });
    const run = join(place, 'run');
    const result = { kind, slept, problem: null };
    if (code !== 0) result.problem = `ended with ${code}: ${words}`;
    else if (faultsOf(run).length > 0)
      result.problem = `cannot be read: ${faultsOf(run).join(', ')}`;
    else if (lastingOf(run) !== whole.lasting) result.problem = 'another report';
    else rmSync(place, { recursive: true });
    results.push(result);
    tell({ ...result, point: null }, i);
  }
  return { results, ms: whole.ms, operations: whole.operations.length };
};
