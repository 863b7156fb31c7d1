// `npm run fuzz`: scans mutated copies of every dataset fixture and says what broke.
// [--inputs 200000] [--seed 0] [--only REGEXP (case names)] [--threads 2] [--hang 20 (seconds)]
// An input is named by its case and seed: `--only '^CASE$' --seed SEED --inputs 1` runs it again.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    threads: { type: 'string', default: '2' },
    hang: { type: 'string', default: '20' },
  },
});
const folder = path.join(root, 'test/fixtures/datasets');
const only = new RegExp(options.only);
const all = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'make')
  .map(({ name }) => name);
const names = all.filter((name) => only.test(name));
if (names.length === 0) {
  console.error(`fuzz: no case matches ${options.only}. Cases: ${all.join(', ')}.`);
  process.exit(2);
}
const first = Number(options.seed);
const perCase = Math.ceil(Number(options.inputs) / names.length);
const threads = Math.min(Number(options.threads), perCase);

const out = mkdtempSync(path.join(tmpdir(), 'longtail-fuzz-'));
const bundle = path.join(out, 'worker.cjs');
await build({
  entryPoints: [path.join(root, 'test/fuzz/worker.ts')],
  outfile: bundle,
  ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' },
  sourcemap: 'inline',
  conditions: ['module', 'import', 'node'],
});

const results = new Map();
const hangs = [];

const note = ({ name, format, index, refused, failures, slowest }) => {
  const sum = results.get(name) ?? { format, index: 0, refused: 0, failures: [], slowest };
  sum.index += index;
  sum.refused += refused;
  sum.failures.push(...failures);
  if (slowest.ms > sum.slowest.ms) sum.slowest = slowest;
  results.set(name, sum);
};

/** One thread over its share of the seeds; an input that does not end costs the rest of the share. */
const runThread = (from, to) =>
  new Promise((resolve) => {
    const at = new Int32Array(new SharedArrayBuffer(12));
    const worker = new Worker(bundle, {
      workerData: { folder, names, from, to, at },
      execArgv: ['--enable-source-maps'],
    });
    let seen = -1;
    let since = Date.now();
    const watch = setInterval(() => {
      const now = Atomics.load(at, 2);
      if (now !== seen) {
        seen = now;
        since = Date.now();
      } else if (Date.now() - since > Number(options.hang) * 1000) {
        hangs.push(`${all[Atomics.load(at, 0)]} seed ${Atomics.load(at, 1)}: no end`);
        void worker.terminate();
      }
    }, 500);
    worker.on('message', note);
    worker.on('error', (error) => {
      hangs.push(`${all[Atomics.load(at, 0)]} seed ${Atomics.load(at, 1)}: ${error}`);
    });
    worker.on('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });

const began = Date.now();
const share = Math.ceil(perCase / threads);
await Promise.all(
  Array.from({ length: threads }, (_, thread) =>
    runThread(first + thread * share, Math.min(first + perCase, first + (thread + 1) * share)),
  ),
);
rmSync(out, { recursive: true, force: true });

let inputs = 0;
let failed = hangs.length;
for (const [name, { format, index, refused, failures, slowest }] of results) {
  const tried = perCase;
  inputs += tried;
  failed += failures.length;
  console.log(
    `${name.padEnd(34)} ${format.padEnd(16)} ${String(tried).padStart(7)} inputs  ` +
      `${index} read, ${refused} refused, ${tried - index - refused} failed, ` +
      `slowest ${Math.round(slowest.ms)} ms (seed ${slowest.seed})`,
  );
  for (const { seed, error } of failures) console.log(`  seed ${seed}: ${error}`);
}
for (const hang of hangs) console.log(`  ${hang}`);
const rss = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `fuzz: ${inputs} inputs, ${failed === 0 ? 'none failed' : `failures: ${failed}`}, ` +
    `${Math.round((Date.now() - began) / 1000)} s, peak ${rss} MB`,
);
process.exit(failed === 0 ? 0 : 1);
