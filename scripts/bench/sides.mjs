/** Processes that stay loaded and take turns, so that whatever else the machine does meets all. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { tfjsPlugin } from '../runtime/tfjsPlugin.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '..', '..');

/** Bundles the trainer's side and the decoder, as the product's build does, into the folder. */
export const bundle = async (folder) => {
  const common = { bundle: true, platform: 'node', target: 'node20', minify: true };
  const settings = { ...common, outdir: folder, format: 'cjs', logLevel: 'warning' };
  const entry = (name, file) => ({ in: path.join(root, file), out: name });
  const alias = { yaml: path.join(root, 'node_modules/yaml/browser/dist/index.js') };
  await build({
    ...settings,
    alias,
    entryPoints: [
      entry('trainSide', 'scripts/bench/trainSide.ts'),
      entry('partnerWorker', 'src/trainer/models/partnerWorker.ts'),
    ],
    plugins: [tfjsPlugin()],
  });
  await build({
    ...settings,
    entryPoints: [
      entry('decodePool', 'src/trainer/data/decodePool.ts'),
      entry('decodeWorker', 'src/trainer/data/decodeWorker.ts'),
    ],
  });
  const decoder = 'node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
  fs.copyFileSync(path.join(root, decoder), path.join(folder, 'mozjpeg_dec.wasm'));
};

/** A side that stays loaded; `run(n)` gives what it says of n more pieces of work. */
const start = async ({ command, args, env = {} }) => {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-4000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended early:\n${log}`);
    return JSON.parse(value);
  };
  await next();
  return {
    run: (n) => {
      child.stdin.write(`${n}\n`);
      return next();
    },
    end: () => child.stdin.end(),
  };
};

export const trainSide = (folder, task) => ({
  command: process.execPath,
  args: [path.join(folder, 'trainSide.js'), JSON.stringify(task)],
});

export const kerasSide = ({ python, env }, task) => ({
  command: python,
  args: [path.join(here, 'keras_side.py'), JSON.stringify(task)],
  env,
});

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/**
 * Lets the sides take turns: `blocks` rounds of as many pieces of work as each side has in `pieces`.
 * A block is the median of its pieces. For every side: the median of its blocks, and the ratio of the
 * first side to it, as the median of the rounds' own ratios. `hear` gets all that is said.
 */
export const takeTurns = async (sides, blocks, hear = () => undefined) => {
  const started = [];
  for (const side of sides) started.push({ ...side, process: await start(side), blocks: [] });
  const load = os.loadavg()[0];
  for (let block = 0; block < blocks; block++)
    for (const side of started) {
      const said = await side.process.run(side.pieces);
      hear(said);
      side.blocks.push(median(said.times));
    }
  for (const side of started) side.process.end();
  const [first] = started;
  return {
    load: (load + os.loadavg()[0]) / 2,
    sides: started.map(({ name, blocks: own }) => ({
      ...{ name, ms: median(own) },
      ratio: median(own.map((ms, i) => first.blocks[i] / ms)),
    })),
  };
};
