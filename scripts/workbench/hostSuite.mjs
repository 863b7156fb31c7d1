// The suite that runs inside the extension host: building it, and reading what it reports.
// Shared by the browser workbench (test-host.mjs) and desktop VS Code (test-electron.mjs).
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { project } from './project.mjs';

/** The extension host patches `require`; `import 'mocha'` in a suite means the functions mocha
 * puts on the global object, whichever module system this mocha uses. */
const mochaGlobals = {
  name: 'mocha-globals',
  setup(builder) {
    builder.onResolve({ filter: /^mocha$/ }, ({ importer, kind }) => {
      if (kind === 'dynamic-import') return { path: 'mocha', external: true };
      return importer.endsWith('.test.ts') ? { path: 'mocha', namespace: 'globals' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'globals' }, () => ({
      contents: 'module.exports = globalThis;',
    }));
  },
};

/**
 * Bundles test/host/index.ts and every test/host/*.test.ts, found by pattern, into `dist/test/host`.
 * @param {string} [root] the checkout whose suite it is
 * @returns {Promise<string>} the entry to hand to VS Code
 */
export async function buildHostSuite(root = project) {
  const out = path.join(root, 'dist', 'test', 'host');
  await rm(out, { recursive: true, force: true });
  await build({
    entryPoints: [
      path.join(project, 'test/host/index.ts'),
      path.join(root, 'test/host/**/*.test.ts'),
    ],
    outdir: out,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    plugins: [mochaGlobals],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(out, 'index.js');
}

/** A workspace of its own with a small data set: 12, 6 and 2 files in three classes. Only the
 * names matter to a scan; the pictures are whole PNGs, so that a trainer could read them too. */
export async function makeSmallWorkspace() {
  const home = await mkdtemp(path.join(tmpdir(), 'longtail-suite-'));
  const folder = path.join(home, 'workspace');
  for (const [name, count] of [
    ['birch', 12],
    ['oak', 6],
    ['yew', 2],
  ]) {
    for (const split of ['train', 'test']) {
      const place = path.join(folder, 'trees', split, name);
      await mkdir(place, { recursive: true });
      for (let n = 0; n < (split === 'train' ? count : 2); n++) {
        await writeFile(path.join(place, `${name}-${n}.png`), onePixel);
      }
    }
  }
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return { folder, events: path.join(home, 'events.jsonl'), remove };
}

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * Prints results as they are appended to `file` until the `end` line.
 * @param {{ file: string, timeoutMs: number, stopped?: () => string | undefined }} options
 *   `stopped` tells why no more results can come, if that is so.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} rejects when the file
 *   has no end in time: no result is a failure, never a pass.
 */
export async function followResults({ file, timeoutMs, stopped = () => undefined }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const deadline = Date.now() + timeoutMs;
  let shown = 0;
  for (;;) {
    const why = stopped();
    const text = existsSync(file) ? await readFile(file, 'utf8') : '';
    const lines = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean);
    for (; shown < lines.length; shown++) {
      const event = JSON.parse(lines[shown]);
      if (event.kind === 'end') return finish({ counts, failures, problem: event.problem });
      show(event, counts, failures);
    }
    if (why !== undefined) throw new Error(`The suite did not end: ${why}.`);
    if (Date.now() > deadline)
      throw new Error(`The suite did not end within ${timeoutMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function show(event, counts, failures) {
  const title = event.title.join(' › ');
  if (event.kind === 'pass') {
    counts.passed += 1;
    console.log(`  ✓ ${title} (${Math.round(event.time)} ms)`);
  } else if (event.kind === 'skip') {
    counts.skipped += 1;
    console.log(`  - ${title} (skipped)`);
  } else {
    counts.failed += 1;
    failures.push({ title, stack: event.stack });
    console.log(`  ✗ ${title}`);
  }
}

function finish({ counts, failures, problem }) {
  for (const { title, stack } of failures) console.log(`\n✗ ${title}\n${stack}`);
  if (problem !== undefined && counts.failed === 0) {
    console.log(`\n✗ The suite itself failed\n${problem}`);
    counts.failed = 1;
  }
  return counts;
}

/** The closing line every layer ends with; the exit code says the same. */
export function closeWith({ passed, failed, skipped }) {
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
