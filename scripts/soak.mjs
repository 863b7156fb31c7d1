// `npm run soak`: kills training runs with SIGKILL at random points, goes on with them, and compares
// with the run nobody touched, bit by bit. Needs the built trainer (npm run build).
// [--points 60 (a backend)] [--seed 1] [--backends cpu,wasm] [--keep (folders of failures stay)]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { soak } from './soak/trials.mjs';

const { values: options } = parseArgs({
  options: {
    points: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    backends: { type: 'string', default: 'cpu,wasm' },
    keep: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'longtail-soak-'));

/** The rows of one backend: a kind of point, how often, and what came of it. */
const rowsOf = (backend, results) =>
  [...new Set(results.map(({ kind }) => kind))].map((kind) => {
    const own = results.filter((result) => result.kind === kind);
    const sum = (of) => own.reduce((total, result) => total + of(result), 0);
    const same = sum(({ problem }) => (problem === null ? 1 : 0));
    return [
      backend,
      kind,
      own.length,
      sum(({ kills }) => kills),
      sum(({ midWrite }) => midWrite),
      same,
    ];
  });

const rows = [];
let kills = 0;
let problems = 0;
for (const backend of options.backends.split(',')) {
  const tell = ({ problem, kind, point }, i) => {
    if (problem !== null)
      console.error(`soak: ${backend} point ${i} (${kind}) ${JSON.stringify(point)}: ${problem}`);
    else if (i % 10 === 9) console.error(`soak: ${backend}, ${i + 1} points`);
  };
  const { results, operations, ms } = await soak(join(folder, backend), {
    ...{ backend, points: Number(options.points), seed: Number(options.seed), tell },
  });
  console.error(
    `soak: ${backend}: ${(ms / 1000).toFixed(1)} s a run, ${operations} operations on files`,
  );
  rows.push(...rowsOf(backend, results));
  kills += results.reduce((sum, result) => sum + result.kills, 0);
  problems += results.filter(({ problem }) => problem !== null).length;
}
console.log('| backend | killed in | points | kills | left a half file | same report |');
console.log('|---|---|---|---|---|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log(`\n${kills} kills, ${problems} problems`);
if (!options.keep || problems === 0) rmSync(folder, { recursive: true });
else console.error(`soak: kept ${folder}`);
process.exitCode = problems === 0 ? 0 : 1;
