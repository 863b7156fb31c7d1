// One attempt of a run in the built trainer, and what must be true of the folder it leaves.
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const killer = new URL('killer.mjs', import.meta.url).href;
const root = fileURLToPath(new URL('../..', import.meta.url));
const trainerPath = join(resolve(root, process.env.LONGTAIL_DIST ?? 'dist'), 'trainer.js');

const kill = (child) => child.kill('SIGKILL');

/**
 * Runs a job to its end, or kills it: after so many milliseconds, or at one moment of its work on
 * files. At other moments something else is done to it. Gives how it ended.
 */
export const attempt = (job, { killAfterMs, order, moments = [], heapMb } = {}) =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
    const child = fork(trainerPath, [], {
      execArgv: [...heap, '--import', killer],
      env: { ...process.env, LONGTAIL_SOAK: JSON.stringify(order ?? null) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let words = '';
    const end = { failed: null };
    child.stderr.on('data', (chunk) => (words = (words + chunk).slice(-8000)));
    child.on('message', (message) => {
      if (message.kind === 'hello')
        child.send({ kind: 'start', version: message.version, job }, () => undefined);
      if (message.kind === 'failed') end.failed = message.error;
    });
    const all = killAfterMs === undefined ? moments : [{ ms: killAfterMs, act: kill }];
    const timers = all.map(({ ms, act }) => setTimeout(() => act(child), ms));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      timers.forEach(clearTimeout);
      resolve({ ...end, code, signal, words, ms: performance.now() - begun });
    });
  });

const isJson = (path) => {
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
};

const isWholeCheckpoint = (path) => {
  const bytes = readFileSync(path);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 8) !== 'LTCKPT01') return false;
  const start = 12 + bytes.readUInt32LE(8);
  const { arrays } = JSON.parse(bytes.toString('utf8', 12, start));
  const numbers = arrays.reduce((sum, { length }) => sum + length, 0);
  return bytes.length === start + numbers * 4;
};

/** What cannot be read in a run's folder; a file that is not there yet is no fault. */
export const faultsOf = (folder) => {
  const faults = ['run.json', 'report.json', 'model/model.json', 'sweep.json']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && !isJson(path));
  const checkpoints = join(folder, 'checkpoints');
  const kept = existsSync(checkpoints) ? readdirSync(checkpoints) : [];
  for (const name of kept.filter((one) => one.endsWith('.ckpt')))
    if (!isWholeCheckpoint(join(checkpoints, name))) faults.push(join(checkpoints, name));
  return faults;
};

/** Files of a folder that are only half there: what a killed process was writing. */
export const leftovers = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.tmp'))
    : [];

/** What a sweep adds: everything but how long it took, and which run trained a representation. */
const sweepOf = (folder) => {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const { rows, representations, ...rest } = JSON.parse(read('sweep.json'));
  return {
    ...{ ...rest, id: '', seconds: 0, best: [rest.best, read('best.yaml')] },
    rows: rows.map((row) => ({ ...row, seconds: 0 })),
    representations: representations.map((one) => ({ ...one, run: '', seconds: 0 })),
  };
};

/** Everything of a finished run that must not depend on how often it was killed. */
export const lastingOf = (folder) => {
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const timings = report.timings.map(({ name, epochs, steps }) => ({ name, epochs, steps }));
  const baseline = report.baseline && { ...report.baseline, id: '', seconds: 0 };
  const bytes = ['predictions/test.npz', 'predictions/validation.npz', 'model/weights.npz'].map(
    (name) => readFileSync(join(folder, name)).toString('base64'),
  );
  const sweep = existsSync(join(folder, 'sweep.json')) ? sweepOf(folder) : null;
  return JSON.stringify([{ ...report, id: '', timings, baseline, peakRssBytes: 0 }, bytes, sweep]);
};
