// `npm test`: sets up, then runs every check and every layer of tests, stopping at the first failure.
// `node scripts/test.mjs unit golden` runs only the layers named (with the set-up they need).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const results = 'test-results';
const vitest = (layer, ...args) => [
  'npx',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${results}/${layer}.json`,
  ...args,
];

/** One row a step, in the order of running: checks first, the slowest last. */
const steps = [
  { name: 'setup', command: ['node', 'scripts/setup.mjs'], always: true },
  { name: 'types', command: ['npx', 'tsc', '-p', '.'] },
  { name: 'lint', command: ['npx', 'eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['npx', 'prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', command: ['npx', 'knip', '--no-progress'] },
  { name: 'build', command: ['node', 'scripts/build.mjs'], always: true },
  { name: 'package', command: ['node', 'scripts/package-check.mjs'] },
  { name: 'unit', command: vitest('unit', 'test/unit'), layer: true },
  { name: 'golden', command: vitest('golden', 'test/golden'), layer: true },
  { name: 'exporters', command: vitest('exporters', 'test/exporters'), layer: true },
  {
    name: 'trainer',
    command: vitest('trainer', '--config', 'vitest.trainer.config.mts'),
    layer: true,
  },
  { name: 'host', command: ['node', 'scripts/test-host.mjs'], layer: true },
  { name: 'browser', command: ['node', 'scripts/test-browser.mjs'], layer: true },
];

/** Named on the command line, the layer of the exporters executes all of them, else the quick ones. */
const environmentOf = (name) =>
  name === 'exporters' && wanted.includes(name)
    ? { ...process.env, LONGTAIL_EXPORTERS: 'all' }
    : process.env;

const run = (command, name) =>
  new Promise((resolve) => {
    const [file, ...args] = command;
    let tail = '';
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: environmentOf(name),
    });
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-4000);
    });
    child.on('error', (error) => resolve({ code: 1, tail: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, tail }));
  });

/** Counts of a layer: the runner's JSON where it wrote one, else its closing line. */
const countsOf = (name, tail) => {
  const file = join(results, `${name}.json`);
  if (existsSync(file)) {
    const json = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests,
    };
  }
  const line = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(tail);
  return {
    passed: Number(line?.[1] ?? 0),
    failed: Number(line?.[2] ?? 0),
    skipped: Number(line?.[3] ?? 0),
  };
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `test: no step named ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.`,
  );
  process.exit(2);
}
const total = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

for (const { name, command, always, layer } of steps) {
  if (wanted.length > 0 && !always && !wanted.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const begun = Date.now();
  const { code, tail } = await run(command, name);
  if (layer) {
    const counts = countsOf(name, tail);
    for (const key of Object.keys(total)) total[key] += counts[key];
    if (code === 0 && counts.passed === 0) {
      console.error(`test: ${name} ran no test`);
      total.failed += 1;
    }
  }
  console.log(
    `── ${name}: ${code === 0 ? 'ok' : `failed (exit ${code})`}, ${((Date.now() - begun) / 1000).toFixed(1)} s`,
  );
  if (code !== 0) {
    if (!layer || total.failed === 0) total.failed += 1;
    break;
  }
}
console.log(`\n${((Date.now() - started) / 60000).toFixed(1)} min`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
