// `npm test`: sets up, then runs every check and every layer of tests, stopping at the first failure.
// `node scripts/test.mjs unit golden` runs only the layers named (with the set-up they need).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const results = 'test-results';
// The tools by their own files: npx would take half a second each, and outlive being stopped.
const tool = (path, ...args) => [process.execPath, join('node_modules', path), ...args];
const vitest = (layer, ...args) =>
  tool(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${results}/${layer}.json`,
    ...args,
  );

/**
 * One row a step, in the order of running: checks first, the slowest layers last. Checks run beside
 * each other, one a core, so the longest of them comes first.
 */
const steps = [
  { name: 'setup', command: ['node', 'scripts/setup.mjs'], always: true },
  { name: 'build', command: ['node', 'scripts/build.mjs'], always: true },
  { name: 'lint', command: tool('eslint/bin/eslint.js', '.', '--max-warnings', '0'), check: true },
  { name: 'types', command: tool('typescript/bin/tsc', '-p', '.'), check: true },
  {
    name: 'format',
    command: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
    check: true,
  },
  { name: 'unused', command: tool('knip/bin/knip.js', '--no-progress'), check: true },
  { name: 'package', command: ['node', 'scripts/package-check.mjs'], check: true },
  // For the last two layers: the first time it takes a minute, which is idle here.
  { name: 'workbench', command: ['node', 'scripts/workbench/install.mjs'], check: true },
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

/** Runs a step, showing its lines as they come or, `held`, giving them back whole. */
const run = ({ name, command }, { held = false, signal } = {}) =>
  new Promise((resolve) => {
    const [file, ...args] = command;
    let output = '';
    const begun = Date.now();
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', held ? 'pipe' : 'inherit'],
      env: environmentOf(name),
      signal,
    });
    const end = (code) => resolve({ code, output, seconds: (Date.now() - begun) / 1000 });
    const keep = (chunk) => {
      if (!held) process.stdout.write(chunk);
      output = held ? output + chunk : (output + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      output += error.name === 'AbortError' ? '' : `${error.message}\n`;
      if (child.pid === undefined) end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });

/** Counts of a layer: the runner's JSON where it wrote one, else its closing line. */
const countsOf = (name, output) => {
  const file = join(results, `${name}.json`);
  if (existsSync(file)) {
    const json = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests,
    };
  }
  const line = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(output.slice(-4000));
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

const sayBegin = (name) => console.log(`\n── ${name} ──`);
const sayEnd = (name, { code, seconds }) =>
  console.log(
    `── ${name}: ${code === 0 ? 'ok' : `failed (exit ${code})`}, ${seconds.toFixed(1)} s`,
  );

/** One step with its lines as they come; whether it went well. */
const runAlone = async (step) => {
  sayBegin(step.name);
  const end = await run(step);
  if (step.layer) {
    const counts = countsOf(step.name, end.output);
    for (const key of Object.keys(total)) total[key] += counts[key];
    if (end.code === 0 && counts.passed === 0) {
      console.error(`test: ${step.name} ran no test`);
      total.failed += 1;
    }
  }
  sayEnd(step.name, end);
  if (end.code !== 0 && (!step.layer || total.failed === 0)) total.failed += 1;
  return end.code === 0;
};

/** Steps beside each other, each one's lines together at its end. The first failure stops the others. */
const runTogether = async (together) => {
  console.log(`\n── beside each other: ${together.map(({ name }) => name).join(', ')} ──`);
  const stop = new AbortController();
  const left = [...together];
  const lane = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      const end = await run(step, { held: true, signal: stop.signal });
      if (stop.signal.aborted) return;
      sayBegin(step.name);
      process.stdout.write(end.output);
      sayEnd(step.name, end);
      if (end.code === 0) continue;
      total.failed += 1;
      stop.abort();
      return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
  return !stop.signal.aborted;
};

const chosen = steps.filter(
  ({ name, always }) => wanted.length === 0 || always || wanted.includes(name),
);
const checks = chosen.filter(({ check }) => check);
for (const step of chosen) {
  if (step.check && step !== checks[0]) continue;
  if (!(await (step.check && checks.length > 1 ? runTogether(checks) : runAlone(step)))) break;
}
console.log(`\n${((Date.now() - started) / 60000).toFixed(1)} min`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
