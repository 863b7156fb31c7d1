// `npm run soak`: kills training runs with SIGKILL at random points, goes on with them, and compares
// with the run nobody touched, bit by bit. Needs the built trainer (npm run build).
// [--points 60 (a backend)] [--seed 1] [--backends cpu,wasm,native] [--keep (folders of failures stay)]
// [--sweep (sweeps instead of runs)]
// [--disk (full and read-only disks instead of kills)] [--sleep (halted processes instead of kills)]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { diskSoak } from './soak/disks.mjs';
import { sleepSoak } from './soak/sleep.mjs';
import { soak } from './soak/trials.mjs';

const { values: options } = parseArgs({
  options: {
    points: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    backends: { type: 'string', default: 'cpu,wasm' },
    sweep: { type: 'boolean', default: false },
    disk: { type: 'boolean', default: false },
    sleep: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'longtail-soak-'));

/** What is done to the runs; the columns of its table beside the kind of point and how often. */
const trials = {
  kill: {
    run: soak,
    what: 'killed in',
    counts: [
      ['kills', ({ kills }) => kills],
      ['left a half file', ({ midWrite }) => midWrite],
    ],
  },
  disk: { run: diskSoak, what: 'disk', counts: [['ended by it', ({ failed }) => Number(failed)]] },
  sleep: { run: sleepSoak, what: 'asleep', counts: [['slept', ({ slept }) => Number(slept)]] },
};
const chosen = options.disk ? 'disk' : options.sleep ? 'sleep' : 'kill';
const { run, what, counts } = trials[chosen];
const columns = [...counts, ['same report', ({ problem }) => (problem === null ? 1 : 0)]];

/** The rows of one backend: a kind of point, how often, and what came of it. */
const rowsOf = (backend, results) =>
  [...new Set(results.map(({ kind }) => kind))].map((kind) => {
    const own = results.filter((result) => result.kind === kind);
    const sums = columns.map(([, of]) => own.reduce((total, result) => total + of(result), 0));
    return [backend, kind, own.length, ...sums];
  });

const rows = [];
let problems = 0;
for (const backend of options.backends.split(',')) {
  const tell = ({ problem, kind, point }, i) => {
    if (problem !== null)
      console.error(`soak: ${backend} point ${i} (${kind}) ${JSON.stringify(point)}: ${problem}`);
    else if (i % 10 === 9) console.error(`soak: ${backend}, ${i + 1} points`);
  };
  const { results, operations, ms } = await run(join(folder, backend), {
    ...{ backend, points: Number(options.points), seed: Number(options.seed), tell },
    sweep: options.sweep,
  });
  console.error(
    `soak: ${backend}: ${(ms / 1000).toFixed(1)} s a run, ${operations} operations on files`,
  );
  rows.push(...rowsOf(backend, results));
  problems += results.filter(({ problem }) => problem !== null).length;
}
const head = ['backend', what, 'points', ...columns.map(([name]) => name)];
console.log(`| ${head.join(' | ')} |`);
console.log(`|${'---|'.repeat(head.length)}`);
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log(`\n${problems} problems`);
if (!options.keep || problems === 0) rmSync(folder, { recursive: true });
else console.error(`soak: kept ${folder}`);
process.exitCode = problems === 0 ? 0 : 1;
