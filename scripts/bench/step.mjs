/**
 * How long one training step of ResNet-8 takes (batch 128, 28×28×1), beside the same net in Keras 3
 * on the same TensorFlow. Both sides stay loaded and take turns of a few steps, so that whatever
 * else the machine does meets both; medians are compared.
 *
 * node scripts/bench/step.mjs [--rounds N] [--steps N] [--backend native|wasm] [--no-keras]
 *                             [--memory N]   run N steps instead and print tensors and memory
 *
 * Keras lives in a virtual environment of its own in the user's cache, made here when missing.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

import { cacheRoot } from '../runtime/location.mjs';
import { tensorflowVersion } from '../runtime/pins.mjs';
import { tfjsPlugin } from '../runtime/tfjsPlugin.mjs';

const kerasVersion = '3.15.1';
const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    steps: { type: 'string', default: '10' },
    backend: { type: 'string', default: 'native' },
    keras: { type: 'boolean', default: true },
    memory: { type: 'string' },
  },
  allowNegative: true,
});

const kerasPython = () => {
  const folder = path.join(cacheRoot(), 'bench', `keras-${kerasVersion}-tf-${tensorflowVersion}`);
  const python = path.join(folder, 'bin', 'python');
  const ready = path.join(folder, 'ready');
  if (!fs.existsSync(ready)) {
    console.error(`bench: making a virtual environment with Keras in ${folder}`);
    execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
    const wanted = [`tensorflow-cpu==${tensorflowVersion}`, `keras==${kerasVersion}`];
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted];
    execFileSync(python, pip, { stdio: ['ignore', 'inherit', 'inherit'] });
    fs.writeFileSync(ready, '');
  }
  return python;
};

const bundleStep = async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bench-'));
  await build({
    entryPoints: [path.join(here, 'trainStep.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    plugins: [tfjsPlugin()],
  });
  return folder;
};

/** A side that stays loaded; `run(n)` gives the milliseconds of n more steps. */
const start = async (command, args) => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-4000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended early:\n${log}`);
    return JSON.parse(value);
  };
  const facts = await next();
  return {
    facts,
    run: (n) => {
      child.stdin.write(`${n}\n`);
      return next();
    },
    log: () => log,
    end: () => child.stdin.end(),
  };
};

const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
};
const summary = (times) =>
  `median ${quantile(times, 0.5).toFixed(1)} ms, quartiles ${quantile(times, 0.25).toFixed(1)}–${quantile(times, 0.75).toFixed(1)}`;

const folder = await bundleStep();
try {
  const ours = await start(process.execPath, [path.join(folder, 'trainStep.js'), options.backend]);
  console.log(`ours:  ${JSON.stringify(ours.facts)}`);
  if (options.memory !== undefined) {
    for (let done = 0; done < Number(options.memory); done += 50) {
      await ours.run(50);
      console.log(`${done + 50} steps: ${ours.log().trim().split('\n').at(-1)}`);
    }
    ours.end();
  } else {
    const keras = options.keras
      ? await start(kerasPython(), [path.join(here, 'keras_step.py'), 'auto'])
      : null;
    if (keras) console.log(`keras: ${JSON.stringify(keras.facts)}`);
    const times = { ours: [], keras: [] };
    const ratios = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      const a = await ours.run(options.steps);
      times.ours.push(...a);
      if (keras === null) continue;
      const b = await keras.run(options.steps);
      times.keras.push(...b);
      ratios.push(quantile(a, 0.5) / quantile(b, 0.5));
    }
    ours.end();
    keras?.end();
    console.log(`machine: ${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.version}`);
    console.log(`ours:  ${summary(times.ours)}`);
    if (keras) {
      console.log(`keras: ${summary(times.keras)}`);
      const overall = quantile(times.ours, 0.5) / quantile(times.keras, 0.5);
      console.log(
        `ratio of medians ${overall.toFixed(3)}, median of the rounds' ratios ${quantile(ratios, 0.5).toFixed(3)}`,
      );
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
