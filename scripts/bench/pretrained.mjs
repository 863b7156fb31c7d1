/**
 * How many pictures a second the pretrained network looks at, decoded already, at 128 × 128 and
 * 224 × 224. Each backend runs in a process of its own; the median of several rounds is printed,
 * and the processor time a picture takes, which other work on the machine disturbs less.
 *
 * node scripts/bench/pretrained.mjs [--backend native|wasm] [--rounds N]
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';

import { tfjsPlugin } from '../runtime/tfjsPlugin.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: { backend: { type: 'string' }, rounds: { type: 'string', default: '7' } },
});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bench-'));
try {
  await build({
    // The second thread of WebAssembly is looked for beside the bundle.
    entryPoints: {
      pretrainedSpeed: path.join(here, 'pretrainedSpeed.ts'),
      partnerWorker: path.join(here, '../../src/trainer/models/partnerWorker.ts'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    plugins: [tfjsPlugin()],
  });
  const load = os.loadavg()[0]?.toFixed(1);
  const [cpu] = os.cpus();
  console.log(
    `machine: ${os.cpus().length} × ${cpu?.model}, Node ${process.version}, load ${load}`,
  );
  for (const backend of options.backend ? [options.backend] : ['native', 'wasm']) {
    const script = path.join(folder, 'pretrainedSpeed.js');
    const output = execFileSync(process.execPath, [script, backend, options.rounds], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    process.stdout.write(output);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
