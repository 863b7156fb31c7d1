// The same suite as test-host.mjs in desktop VS Code, for machines that can download it (CI).
// VSCODE_VERSION chooses the version (default: the oldest the manifest supports).
// On Linux without a screen: xvfb-run -a npm run test:electron
import { runTests } from '@vscode/test-electron';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  buildHostSuite,
  closeWith,
  followResults,
  makeSmallWorkspace,
} from './workbench/hostSuite.mjs';
import { project } from './workbench/project.mjs';
import { quietSettings } from './workbench/server.mjs';

const version = process.env.VSCODE_VERSION ?? '1.99.3';
const extensionTestsPath = await buildHostSuite();
const workspace = await makeSmallWorkspace();
const userData = path.join(path.dirname(workspace.folder), 'user-data');
try {
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings));
  let ending;
  runTests({
    version,
    extensionDevelopmentPath: project,
    extensionTestsPath,
    launchArgs: [workspace.folder, '--disable-workspace-trust', '--user-data-dir', userData],
    extensionTestsEnv: { LONGTAIL_TEST_EVENTS: workspace.events },
  }).then(
    () => (ending = 'VS Code closed'),
    (error) => (ending = `VS Code ${version}: ${error.message}`),
  );
  const stopped = () => ending;
  closeWith(await followResults({ file: workspace.events, timeoutMs: 900_000, stopped }));
} catch (error) {
  console.error(error.message);
  console.error(
    `Desktop VS Code ${version} could not be run. It is downloaded from update.code.visualstudio.com; ` +
      'where that is out of reach, `npm run test:host` runs the same suite in the browser workbench.',
  );
  closeWith({ passed: 0, failed: 1, skipped: 0 });
} finally {
  await workspace.remove();
}
