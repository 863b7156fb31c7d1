// Runs test/browser: installs the workbench if need be, makes the sample, then vitest, one window at
// a time. Arguments go to vitest (a file name, -t 'part of a title').
// The extension must be built (npm run build).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './workbench/browser.mjs';
import { installWorkbench } from './workbench/install.mjs';
import { project } from './workbench/project.mjs';

const results = path.join(project, 'test-results', 'browser.json');

const run = (args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: project, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });

if (!existsSync(path.join(project, 'dist', 'extension.js'))) {
  console.error('The extension is not built: run `npm run build` first.');
  process.exit(1);
}
await installWorkbench();
const browser = await findBrowser();
console.log(`browser: ${browser.path} (${browser.origin})`);
if ((await run(['scripts/sample.mjs'])) !== 0) process.exit(1);
process.exitCode = await run([
  path.join(project, 'node_modules', 'vitest', 'vitest.mjs'),
  ...['run', '--config', 'vitest.browser.config.mts'],
  ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${results}`],
  ...process.argv.slice(2),
]);
