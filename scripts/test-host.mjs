// Runs test/host inside a real extension host: the browser workbench, opened without a window.
// The extension must be built (npm run build).
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './workbench/browser.mjs';
import {
  buildHostSuite,
  closeWith,
  followResults,
  makeSmallWorkspace,
} from './workbench/hostSuite.mjs';
import { installWorkbench } from './workbench/install.mjs';
import { project } from './workbench/project.mjs';
import { startServer, workbenchUrl } from './workbench/server.mjs';

const timeoutMs = 300_000;

/** Runs the suite of the checkout in `root` and returns its counts. */
export async function runHostSuite(root = project) {
  const workbench = await installWorkbench();
  const tests = await buildHostSuite(root);
  const workspace = await makeSmallWorkspace();
  const env = { LONGTAIL_TEST_EVENTS: workspace.events };
  const server = await startServer({ workbench, env });
  const browser = await launchBrowser();
  const consoleLines = [];
  let crash;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('console', (message) => consoleLines.push(message.text()));
    page.on('crash', () => (crash = 'the page crashed'));
    await page.goto(
      workbenchUrl(server.address, { folder: workspace.folder, extension: root, tests }),
    );
    const stopped = () => crash;
    return await followResults({ file: workspace.events, timeoutMs, stopped });
  } catch (error) {
    console.error(`${error.message}\n── server ──\n${server.log()}`);
    console.error(`── window ──\n${consoleLines.slice(-60).join('\n')}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await browser.close();
    await server.stop();
    await workspace.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  closeWith(await runHostSuite(process.argv[2] ? path.resolve(process.argv[2]) : project));
}
