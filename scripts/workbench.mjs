// `npm run workbench`: the sample workspace with the extension loaded. Desktop VS Code where `code`
// is on the path, otherwise the browser workbench, which prints its address and stays until Ctrl-C.
// `--browser` chooses the browser workbench even where `code` exists.
// The extension must be built (npm run build); the script says so if it is not.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installWorkbench } from './workbench/install.mjs';
import { project } from './workbench/project.mjs';
import { startServer, workbenchUrl } from './workbench/server.mjs';

const sample = path.join(project, 'sample');

const runScript = (script, why) => {
  console.log(why);
  const { status } = spawnSync(process.execPath, [path.join(project, 'scripts', script)], {
    cwd: project,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
};

const desktopEditor = () => {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
};

const openDesktop = (editor) => {
  const args = ['--new-window', `--extensionDevelopmentPath=${project}`, sample];
  const windows = process.platform === 'win32';
  const child = windows
    ? spawn(
        `"${editor}"`,
        args.map((arg) => `"${arg}"`),
        { stdio: 'inherit', shell: true },
      )
    : spawn(editor, args, { stdio: 'inherit' });
  child.on('error', (error) => {
    console.error(`workbench: ${editor} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code) => (process.exitCode = code ?? 1));
};

const openBrowserWorkbench = async () => {
  const server = await startServer({ workbench: await installWorkbench() });
  const url = workbenchUrl(server.address, { folder: sample, extension: project });
  console.log(`\nThe workbench is at\n\n  ${url}\n`);
  console.log('Right-click the folder mnist-lt and take "Analyze Dataset Imbalance".');
  console.log('Ctrl-C ends it.');
  const signal = await new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => resolve(name));
  });
  await server.stop();
  console.log(`\nworkbench: stopped (${signal})`);
};

if (!existsSync(path.join(project, 'dist', 'extension.js'))) {
  runScript('setup.mjs', 'Setting up first');
  runScript('build.mjs', 'Building the extension');
}
runScript('sample.mjs', 'The sample dataset:');
const editor = process.argv.includes('--browser') ? undefined : desktopEditor();
if (editor) {
  console.log(`Opening ${sample} in ${editor}`);
  openDesktop(editor);
} else await openBrowserWorkbench();
