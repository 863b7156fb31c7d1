/**
 * How long scans take, as the tables of docs/benchmarks.md. A row is a module in scan/: it makes its
 * data once, in the user's cache, and may name a peer that does the same work in the same minutes.
 * Ours is a process of its own each time, from its start to the open index; the peer's time leaves
 * out its start. Runs take turns and medians are compared.
 *
 * node scripts/bench/scan.mjs [csv] [jsonl] …     without names: every row
 *   --runs N     runs of each side (5)
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { build } from 'esbuild';

import { ensurePythonEnv } from '../python-env.mjs';

const run = promisify(execFile);
const { values: options, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const runs = Number(options.runs);
const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'longtail',
  'bench',
);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (value) => `${value.toFixed(2)} s`;

/** Bundles the scan as it ships and a program that scans one path. */
const buildScan = async () => {
  const folder = path.join(cache, 'scan-build');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/dataset/scanWorker.ts', 'src/dataset/scanClient.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    outdir: folder,
    logLevel: 'warning',
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  });
  const program = path.join(folder, 'one.cjs');
  fs.writeFileSync(
    program,
    `const { scanDataset } = require('./scanClient.js');
const [root, cacheFolder, options, fresh] = process.argv.slice(2);
scanDataset(root, { ...JSON.parse(options), workerPath: __dirname + '/scanWorker.js', cacheFolder, fresh: fresh === 'fresh' })
  .then(({ index, fromCache }) => console.log(JSON.stringify({
    seconds: performance.now() / 1000, fromCache,
    samples: index.samples, classes: index.classNames.length,
    rss: process.resourceUsage().maxRSS * 1024,
  })));\n`,
  );
  return program;
};

const scanOnce = async (program, dataset, scanOptions = {}, fresh = true) => {
  const indexes = path.join(cache, 'scan-index');
  const args = [program, dataset, indexes, JSON.stringify(scanOptions), fresh ? 'fresh' : 'cached'];
  return JSON.parse((await run(process.execPath, args, { maxBuffer: 1 << 26 })).stdout);
};

/** What a Node that does nothing takes. */
const idleBytes = async () =>
  Number((await run(process.execPath, ['-p', 'process.resourceUsage().maxRSS'])).stdout) * 1024;

/** Seconds that a Python program prints, run in the environment of that name; null without it. */
const pythonPeer = async (environment, code) => {
  const found = await ensurePythonEnv(environment, (line) => console.error(line));
  if (found.missing !== undefined) return null;
  const env = { ...process.env, ...found.env };
  // The last line: DuckDB may show its progress before.
  return async () =>
    Number(
      (await run(found.python, ['-c', code], { env })).stdout
        .trim()
        .split(/[\r\n]/)
        .at(-1),
    );
};

const program = await buildScan();
const names = fs
  .readdirSync(path.join(here, 'scan'))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.replace(/\.mjs$/, ''))
  .filter((name) => positionals.length === 0 || positionals.includes(name));

console.log('| work | must | scan | samples | peak memory | peer | scan / peer | load |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const name of names) {
  const { row } = await import(`./scan/${name}.mjs`);
  const folder = path.join(cache, 'scan-data', name);
  fs.mkdirSync(folder, { recursive: true });
  const dataset = await row.prepare(folder, { pythonPeer });
  if (dataset === null) {
    console.log(`| ${row.work} | ${row.must} | data could not be made | | | | | |`);
    continue;
  }
  const peers = (await row.peers?.(dataset, { pythonPeer })) ?? [];
  const times = peers.map(() => []);
  const ours = [];
  for (let i = 0; i < runs; i++) {
    ours.push(await scanOnce(program, dataset, row.options));
    for (const [at, peer] of peers.entries()) if (peer.run) times[at].push(await peer.run());
  }
  const own = median(ours.map((each) => each.seconds));
  const rss = Math.max(...ours.map((each) => each.rss));
  const cells = peers.map((peer, at) =>
    peer.run ? `${peer.name}: ${seconds(median(times[at]))}` : `${peer.name}: not installed`,
  );
  const ratios = times.map((each) => (each.length > 0 ? (own / median(each)).toFixed(2) : ''));
  const load = os.loadavg()[0].toFixed(1);
  const { samples } = ours[0];
  const idle = row.aboveIdle === true ? Math.round((rss - (await idleBytes())) / 1e6) : null;
  console.log(
    `| ${row.work} | ${row.must} | ${seconds(own)} | ${samples.toLocaleString('en')} | ${Math.round(rss / 1e6)} MB${idle === null ? '' : ` (${idle} MB above an idle Node)`} | ${cells.join('; ')} | ${ratios.join('; ')} | ${load} |`,
  );
  const after = (await row.after?.(dataset, { root, cache, scanProgram: program })) ?? [];
  for (const line of after) console.log(line);
}
