/**
 * Makes a fresh checkout ready: packages, the native training runtime, the pretrained weights. Only
 * Node's own modules are used, since nothing is installed yet when it starts. Each step says what it
 * does and why, and does nothing where its result is already there.
 *
 * node scripts/setup.mjs [--runtime-only]
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { setUpPretrained } from './pretrained.mjs';
import { setUpRuntime } from './runtime/native.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Whether node_modules holds what package-lock.json names, by the record npm keeps of it. */
export const packagesAreCurrent = () => {
  try {
    const read = (name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([name, entry]) =>
        name === '' || entry.optional === true || installed[name]?.version === entry.version,
    );
  } catch {
    return false;
  }
};

const installPackages = async (say) => {
  if (packagesAreCurrent()) {
    say('node_modules agrees with package-lock.json');
    return;
  }
  say('npm ci (no install scripts are run: .npmrc says so)');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci ended with ${signal ?? code}; its messages are above`));
    });
  });
};

/** What a checkout needs, in this order. `say` prints one line under the step's name. */
export const steps = [
  {
    id: 'packages',
    why: 'the libraries the extension is built from',
    run: installPackages,
  },
  {
    id: 'runtime',
    why: 'TensorFlow for training on this machine; kept in the user cache for every checkout',
    run: setUpRuntime,
  },
  {
    id: 'pretrained',
    why: 'weights of the pretrained backbone; kept in the user cache likewise',
    run: setUpPretrained,
  },
];

/** Runs the steps whose ids are given, all when absent. A step that throws ends the setup. */
export const setUp = async (ids = steps.map(({ id }) => id)) => {
  for (const step of steps.filter(({ id }) => ids.includes(id))) {
    console.error(`setup: ${step.id} (${step.why})`);
    await step.run((line) => console.error(`  ${line}`));
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const unknown = process.argv.slice(2).filter((argument) => argument !== '--runtime-only');
  if (unknown.length > 0) {
    console.error(`setup: unknown argument ${unknown[0]}; only --runtime-only is known`);
    process.exitCode = 2;
  } else {
    await setUp(process.argv.includes('--runtime-only') ? ['runtime'] : undefined);
  }
}
