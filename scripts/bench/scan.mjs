/**
 * How long scans take, as the tables of docs/benchmarks.md. A row is a module in scan/: it makes its
 * data once, in the user's cache, and may name a peer that does the same work in the same minutes.
 * Ours is the scan as it ships, in a process of its own each time, from the call to the open index; a
 * peer's time leaves out its start too. Runs take turns and medians are compared. `again` is a scan
 * of what is in the cache, `cancel` the longest of four, `deaf` how long the waiting process answered
 * nothing until the index was there.
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
const ms = (value) => `${value.toFixed(0)} ms`;
const seconds = (value) => `${value.toFixed(2)} s`;

/**
 * Bundles the scan as it ships and a program that scans one path and says how long that took, until
 * the first counts came, how long the process that waits was deaf at most meanwhile, and for how long
 * the profile is made in it. With `cancel` it says how long after the abort the call was over.
 */
const buildScan = async () => {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  const folder = path.join(cache, 'scan-build');
  await build({
    absWorkingDir: root,
    entryPoints: [
      'src/dataset/scanClient.ts',
      'src/dataset/indexFile.ts',
      'src/profile/profile.ts',
    ],
    entryNames: '[name]',
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
    `const { scanToFile } = require('./scanClient.js');
const { openIndex } = require('./indexFile.js');
const { profileDataset } = require('./profile.js');
const [root, cacheFolder, options, mode, cancelMs] = process.argv.slice(2);
(async () => {
  const stop = new AbortController();
  let [firstMs, deafMs, abortedAt] = [null, 0, 0];
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    deafMs = Math.max(deafMs, now - last - 5);
    last = now;
  }, 5).unref();
  if (mode === 'cancel')
    setTimeout(() => { abortedAt = performance.now(); stop.abort(); }, Number(cancelMs));
  const began = performance.now();
  const scan = scanToFile(root, {
    ...JSON.parse(options), workerPath: ${JSON.stringify(path.join(root, 'dist/scanWorker.js'))}, cacheFolder,
    fresh: mode !== 'cached', signal: stop.signal,
    onProgress: ({ samples }) => { if (samples > 0) firstMs ??= performance.now() - began; },
  });
  let result;
  try {
    result = await scan;
  } catch (error) {
    if (abortedAt === 0) throw error;
    console.log(JSON.stringify({ cancelMs: performance.now() - abortedAt }));
    process.exit(0);
  }
  const { indexPath, fromCache } = result;
  const late = deafMs;
  const index = openIndex(indexPath);
  const seconds = (performance.now() - began) / 1000;
  const rss = process.resourceUsage().maxRSS * 1024;
  const from = performance.now();
  profileDataset(index);
  console.log(JSON.stringify({
    seconds, fromCache, firstMs, deafMs: late, profileMs: performance.now() - from,
    samples: index.samples, classes: index.classNames.length, rss,
  }));
  process.exit(0);
})();\n`,
  );
  return program;
};

const scanOnce = async (program, dataset, scanOptions = {}, ...mode) => {
  const indexes = path.join(cache, 'scan-index');
  const args = [program, dataset, indexes, JSON.stringify(scanOptions), ...mode.map(String)];
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

const heads = [
  'work',
  'must',
  'scan',
  'first counts',
  'samples',
  'peak memory',
  'again',
  'again / scan',
];
heads.push('cancel', 'deaf', 'profile', 'peer', 'scan / peer', 'load');
console.log(`| ${heads.join(' | ')} |`);
console.log(`| ${heads.map(() => '---').join(' | ')} |`);
for (const name of names) {
  const { row } = await import(`./scan/${name}.mjs`);
  const folder = path.join(cache, 'scan-data', name);
  fs.mkdirSync(folder, { recursive: true });
  const dataset = await row.prepare(folder, { pythonPeer });
  if (dataset === null) {
    console.log(`| ${row.work} | ${row.must} | data could not be made |${' |'.repeat(11)}`);
    continue;
  }
  const peers = (await row.peers?.(dataset, { pythonPeer })) ?? [];
  const times = peers.map(() => []);
  const ours = [];
  const cached = [];
  for (let i = 0; i < runs; i++) {
    ours.push(await scanOnce(program, dataset, row.options, 'fresh'));
    cached.push(await scanOnce(program, dataset, row.options, 'cached'));
    for (const [at, peer] of peers.entries()) if (peer.run) times[at].push(await peer.run());
  }
  const of = (sides, key) => median(sides.map((each) => each[key] ?? 0));
  const own = of(ours, 'seconds');
  const again = of(cached, 'seconds');
  const cancels = [];
  for (const share of [0.2, 0.4, 0.6, 0.8])
    cancels.push(await scanOnce(program, dataset, row.options, 'cancel', 1000 * share * own));
  const cancelMs = Math.max(...cancels.map((each) => each.cancelMs ?? 0));
  const rss = Math.max(...ours.map((each) => each.rss));
  const cells = peers.map((peer, at) =>
    peer.run ? `${peer.name}: ${seconds(median(times[at]))}` : `${peer.name}: not installed`,
  );
  const ratios = times.map((each) => (each.length > 0 ? (own / median(each)).toFixed(2) : ''));
  const { samples } = ours[0];
  const idle = row.aboveIdle === true ? Math.round((rss - (await idleBytes())) / 1e6) : null;
  const line = [
    row.work,
    row.must,
    seconds(own),
    ours.every((each) => each.firstMs === null) ? '' : ms(of(ours, 'firstMs')),
    samples.toLocaleString('en'),
    `${Math.round(rss / 1e6)} MB${idle === null ? '' : ` (${idle} MB above an idle Node)`}`,
    cached.every((each) => each.fromCache) ? seconds(again) : 'scanned anew',
    (again / own).toFixed(2),
    ms(cancelMs),
    ms(Math.max(...ours.map((each) => each.deafMs))),
    ms(of(ours, 'profileMs')),
    cells.join('; '),
    ratios.join('; '),
    os.loadavg()[0].toFixed(1),
  ];
  console.log(`| ${line.join(' | ')} |`);
  const after = (await row.after?.(dataset, { root, cache, scanProgram: program })) ?? [];
  for (const line of after) console.log(line);
}
