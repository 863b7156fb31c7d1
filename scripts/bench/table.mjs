/**
 * A table of a million rows and 21 columns (18 numbers, some missing, two of words, the label) from
 * disk to numbers: ours, and pandas with scikit-learn, in processes of their own that take turns.
 *
 * node scripts/bench/table.mjs [--rows N] [--turns N]
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

import { ensurePythonEnv } from '../python-env.mjs';
import { median } from './sides.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    turns: { type: 'string', default: '3' },
  },
});

/** Numbers in [0, 1) from a linear congruential generator (Numerical Recipes). */
const randomNumbers = () => {
  let state = 1;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
};

const writeTable = (file, rows) => {
  const next = randomNumbers();
  const places = ['here', 'there', 'far away'];
  const numbers = Array.from({ length: 18 }, (_, i) => i);
  const out = fs.openSync(file, 'w');
  let lines = [`${numbers.map((i) => `n${i}`).join(',')},kind,place,label`];
  for (let row = 0; row < rows; row++) {
    const cells = numbers.map((i) =>
      i % 6 === 5 && next() < 0.1 ? '' : (next() * 100 - 50).toFixed(3 + (i % 3)),
    );
    const words = [`k${Math.floor(next() * 20)}`, places[Math.floor(next() * 3)]];
    lines.push([...cells, ...words, next() < 0.05 ? 'rare' : 'often'].join(','));
    if (lines.length < 20_000) continue;
    fs.writeSync(out, `${lines.join('\n')}\n`);
    lines = [];
  }
  fs.writeSync(out, `${lines.join('\n')}\n`);
  fs.closeSync(out);
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bench-'));
try {
  await build({
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true },
    ...{ entryPoints: [path.join(here, 'tableLoad.ts')], outdir: folder, logLevel: 'warning' },
  });
  const file = path.join(folder, 'data.csv');
  writeTable(file, Number(options.rows));
  const python = await ensurePythonEnv('pandas', (line) => console.error(line));
  if ('missing' in python) console.error(`alone: ${python.missing}`);
  const sides = [
    { name: 'longtail', command: process.execPath, args: [path.join(folder, 'tableLoad.js')] },
    ...('missing' in python
      ? []
      : [
          {
            name: python.version,
            command: python.python,
            args: [path.join(here, 'table_side.py')],
            env: python.env,
          },
        ]),
  ].map((side) => ({ ...side, said: [] }));
  const load = os.loadavg()[0]?.toFixed(1);
  for (let turn = 0; turn < Number(options.turns); turn++)
    for (const { command, args, env, said } of sides) {
      const settings = { encoding: 'utf8', env: { ...process.env, ...env } };
      said.push(JSON.parse(execFileSync(command, [...args, file], settings)));
    }
  console.log(`load ${load}, ${(fs.statSync(file).size / 1e6).toFixed(0)} MB\n`);
  console.log('| | seconds | of these | processor, s | numbers a row | peak |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { name, said } of sides) {
    const of = (pick) => median(said.map(pick));
    const parts = said[0].parts.map((_, i) => of(({ parts: own }) => own[i]).toFixed(1));
    const cells = [
      ...[name, of(({ seconds }) => seconds).toFixed(1), parts.join(' + ')],
      ...[of(({ processor }) => processor).toFixed(1), said[0].shape[1]],
      `${Math.round(of(({ peak }) => peak) / 1e6)} MB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
