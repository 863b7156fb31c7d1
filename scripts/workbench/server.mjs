// Starts and stops the workbench server. Every start has fresh user data and extensions, so no
// run sees what an earlier one left behind.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workbenchEntry } from './install.mjs';

/** The only address that serves: webviews need a secure context, which a host name over http,
 * or 0.0.0.0, is not. */
const host = '127.0.0.1';
const startMs = 120_000;
const stopMs = 5_000;

/** A quiet editor: no welcome page, no updates, no animation, nothing that asks. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.banner': 'never',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'window.menuBarVisibility': 'classic',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'explorer.compactFolders': false,
  'explorer.confirmDelete': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
};

/**
 * @typedef {object} WorkbenchServer
 * @property {string} address     `127.0.0.1:port`
 * @property {string} userData    folder of settings and logs of this start
 * @property {() => string} log   the last lines the server and the extension host wrote
 * @property {() => Promise<void>} stop  ends the process tree and removes its folders
 */

/**
 * Starts the workbench installed in `workbench` and resolves once it serves.
 * @param {{ workbench: string, restricted?: boolean, settings?: object,
 *           env?: Record<string, string> }} options `restricted` leaves workspace trust on, so
 *   that folders open in Restricted Mode.
 * @returns {Promise<WorkbenchServer>}
 */
export async function startServer({ workbench, restricted = false, settings = {}, env = {} }) {
  const home = await mkdtemp(path.join(tmpdir(), 'longtail-workbench-'));
  const userData = path.join(home, 'user-data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(
    path.join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );

  const address = `${host}:${await freePort()}`;
  const child = spawn(process.execPath, serverArguments({ workbench, address, home, restricted }), {
    cwd: home,
    env: { ...serverEnvironment(home), ...env },
    // A group of its own, so that the extension host and its children end with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  const keep = (chunk) => {
    output.push(String(chunk));
    if (output.length > 400) output.shift();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not start: ${error.message}`));
    child.once('close', (code, signal) =>
      resolve(code === null ? `signal ${signal}` : `code ${code}`),
    );
  });

  const killNow = () => killTree(child, 'SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    killTree(child, 'SIGTERM');
    await Promise.race([ended, delay(stopMs)]);
    killTree(child, 'SIGKILL');
    await ended;
    process.removeListener('exit', killNow);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const log = () => output.join('');
  try {
    await untilServing(address, ended);
  } catch (error) {
    await stop();
    throw new Error(`The workbench did not start: ${error.message}\n${log()}`);
  }
  return { address, userData, log, stop };
}

/**
 * The address of a window on `folder` with the extension in `extension` loaded from its checkout.
 * @param {string} address `127.0.0.1:port` of a running server
 * @param {{ folder: string, extension?: string, tests?: string }} options `tests` is a bundled
 *   test entry: the real file, with `.js`; it then runs in the extension host.
 */
export function workbenchUrl(address, { folder, extension, tests }) {
  const remote = (file) => `vscode-remote://${address}${toUrlPath(file)}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({
    folder: toUrlPath(folder),
    payload: JSON.stringify(payload),
  });
  return `http://${address}/?${query}`;
}

function toUrlPath(file) {
  const slashed = path.resolve(file).split(path.sep).join('/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

function serverArguments({ workbench, address, home, restricted }) {
  return [
    workbenchEntry(workbench),
    ...['--auth', 'none', '--bind-addr', address, '--config', path.join(home, 'config.yaml')],
    ...(restricted ? [] : ['--disable-workspace-trust']),
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...['--user-data-dir', path.join(home, 'user-data')],
    ...['--extensions-dir', path.join(home, 'extensions')],
  ];
}

/** The environment without what another editor or a running server may have left in it. */
function serverEnvironment(home) {
  const foreign =
    /^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|PASSWORD$|HASHED_PASSWORD$|PORT$|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([key]) => !foreign.test(key));
  return {
    ...Object.fromEntries(kept),
    CODE_SERVER_SESSION_SOCKET: path.join(home, 'session.sock'),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilServing(address, ended) {
  let ending;
  void ended.then((value) => (ending = value));
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    if (ending !== undefined) throw new Error(`its process ended (${ending})`);
    if (await serves(`http://${address}/`)) return;
    await delay(150);
  }
  throw new Error(`no answer within ${startMs / 1000} s`);
}

function serves(url) {
  return fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    async (response) => response.ok && (await response.text()).includes('vscode-workbench'),
    () => false,
  );
}

function killTree(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    } else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
