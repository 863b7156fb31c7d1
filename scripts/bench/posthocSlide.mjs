/**
 * What one move of a slider of the post-hoc bench costs in the page: 10,000 saved logits of 10, 100
 * and 1,000 classes, median and worst of 41 moves, the first (not yet compiled) among them.
 *
 * node scripts/bench/posthocSlide.mjs
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bench-'));
try {
  await build({
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true },
    ...{ entryPoints: [path.join(here, 'posthocSlide.ts')], outdir: folder, logLevel: 'warning' },
  });
  console.log(`load ${os.loadavg()[0]?.toFixed(1)}\n`);
  console.log('| | items | classes | median, ms | worst, ms |');
  console.log('| --- | --- | --- | --- | --- |');
  const settings = { stdio: 'inherit' };
  execFileSync(process.execPath, [path.join(folder, 'posthocSlide.js')], settings);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
