// Installs code-server, a real VS Code workbench with a Node extension host, from npm packages
// alone. Needed where desktop VS Code cannot be downloaded: npm is then the only source.
// Lives in the user's cache, so a clean checkout does not fetch it again.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer } from './server.mjs';

/** VS Code 1.99.3: the oldest editor the manifest supports, and the newest that runs on Node 20. */
export const codeServerVersion = '4.99.4';

/** Native parts of the workbench. None is vital: the last column says what is lost without it. */
const nativeParts = [
  ['@vscode/spdlog', 'build/Release/spdlog.node', 'log files of the editor'],
  ['native-watchdog', 'build/Release/watchdog.node', 'ending of a busy extension host'],
  ['@parcel/watcher', 'build/Release/watcher.node', 'file watching in folders'],
  ['@vscode/deviceid', undefined, 'a device id, which nothing here uses'],
  ['kerberos', 'build/Release/kerberos.node', 'sign-in through a Kerberos proxy'],
  ['node-pty', 'build/Release/pty.node', 'terminals'],
];

/** The user's cache folder for everything the workbench needs. */
export function workbenchCache() {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'longtail', 'workbench');
}

/** Where the workbench of this version stands once installed. */
export function workbenchFolder() {
  return path.join(workbenchCache(), codeServerVersion);
}

/** The script that starts the server of a workbench in `folder`. */
export function workbenchEntry(folder) {
  return path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/**
 * Installs the workbench unless it is there already and returns its folder. It is built in a
 * temporary folder beside the final one and renamed when it has served a page, so a broken or
 * interrupted install is never taken for a whole one.
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function installWorkbench({ log = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const folder = workbenchFolder();
  if (existsSync(path.join(folder, 'installed.json'))) return folder;
  const started = Date.now();
  await mkdir(workbenchCache(), { recursive: true });
  await removeAbandoned(log);
  const building = await mkdtemp(path.join(workbenchCache(), `building-${process.pid}-`));
  log(`Installing the VS Code workbench (code-server ${codeServerVersion}) into ${folder}`);
  try {
    const lost = await build(building, log);
    log('  self-check: the server starts and serves its page');
    const server = await startServer({ workbench: building });
    await server.stop();
    const record = { version: codeServerVersion, node: process.version, arch: process.arch, lost };
    await writeFile(path.join(building, 'installed.json'), JSON.stringify(record, null, 2));
    await moveIntoPlace(building, folder);
    log(`  done in ${Math.round((Date.now() - started) / 1000)} s`);
    return folder;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

async function build(folder, log) {
  const codeServer = path.join(folder, 'node_modules', 'code-server');
  const editor = path.join(codeServer, 'lib', 'vscode');
  await writeFile(
    path.join(folder, 'package.json'),
    '{"name":"longtail-workbench","private":true}',
  );
  log('  1 package code-server, without its own install script, which needs GitHub');
  await npm(folder, ['install', `code-server@${codeServerVersion}`, '--ignore-scripts']);
  log('  2 packages of the editor, at the versions its lock file names');
  await npm(editor, ['install', '--omit=dev', '--ignore-scripts']);
  log('  3 packages of its built-in extensions');
  await npm(path.join(editor, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  log('  4 native parts, compiled here because npm carries them as sources');
  const lost = await buildNativeParts({ folder, editor, log });
  await standInForArgon2(folder, log);
  log('  5 links: the editor looks for its modules as node_modules.asar, and for ripgrep');
  await symlink('node_modules', path.join(editor, 'node_modules.asar'), 'junction');
  await linkRipgrep(editor, log);
  return lost;
}

async function buildNativeParts({ folder, editor, log }) {
  const headers = await nodeHeaders(folder, log);
  const lost = [];
  for (const [name, file, purpose] of nativeParts) {
    const home = path.join(editor, 'node_modules', name);
    if (!existsSync(home)) continue;
    const failure = await rebuild(editor, name, headers);
    // node-pty's own script fails after the file is built: what counts is the file.
    const built = file === undefined ? !failure : existsSync(path.join(home, file));
    if (built || (failure === undefined && (await loads(editor, name)))) continue;
    lost.push(name);
    log(`    ${name} could not be built; the workbench goes without ${purpose}`);
  }
  await rebuild(folder, 'argon2', headers);
  return lost;
}

async function rebuild(folder, name, headers) {
  const args = ['rebuild', name, '--ignore-scripts=false', `--nodedir=${headers}`];
  return npm(folder, args).then(
    () => undefined,
    (error) => error,
  );
}

async function loads(folder, name) {
  const require = createRequire(path.join(folder, 'package.json'));
  return runQuietly(
    process.execPath,
    ['-e', `require(${JSON.stringify(require.resolve(name))})`],
    folder,
  )
    .then(() => true)
    .catch(() => false);
}

/** argon2 only checks passwords, and this server has none; where it cannot be built, a stand-in
 * lets the server start and refuses to be used. */
async function standInForArgon2(folder, log) {
  if (await loads(folder, 'argon2')) return;
  log('    argon2 could not be built; the workbench goes without passwords, which it never uses');
  const refuse = "async () => { throw new Error('This workbench has no passwords.'); }";
  const home = path.join(folder, 'node_modules', 'argon2');
  await writeFile(
    path.join(home, 'argon2.cjs'),
    `module.exports = { hash: ${refuse}, verify: ${refuse} };\n`,
  );
  const manifest = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8'));
  await writeFile(
    path.join(home, 'package.json'),
    JSON.stringify({ name: 'argon2', version: manifest.version, main: 'argon2.cjs' }),
  );
}

/** Node's C++ headers: beside this Node where it has them, else from the npm package of the same
 * Node (node-gyp would download them from nodejs.org). */
async function nodeHeaders(folder, log) {
  const beside = path.resolve(path.dirname(process.execPath), '..');
  if (await headersMatch(beside)) return beside;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  log(`    headers of Node ${process.version} from the npm package ${name}`);
  const home = path.join(folder, 'headers');
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'package.json'), '{"name":"headers","private":true}');
  const version = process.version.slice(1);
  await npm(home, ['install', `${name}@${version}`, '--ignore-scripts']).catch((error) => {
    log(`    no headers: ${error.message.split('\n')[0]}`);
  });
  return path.join(home, 'node_modules', name);
}

async function headersMatch(root) {
  const file = path.join(root, 'include', 'node', 'node_version.h');
  const text = await readFile(file, 'utf8').catch(() => '');
  const part = (name) => new RegExp(`define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  return `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === process.version;
}

async function linkRipgrep(editor, log) {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const found = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (!found) return log('    no ripgrep on this machine; the workbench goes without text search');
  const bin = path.join(editor, 'node_modules', '@vscode', 'ripgrep', 'bin');
  await mkdir(bin, { recursive: true });
  await symlink(found, path.join(bin, name)).catch(() => cp(found, path.join(bin, name)));
}

async function moveIntoPlace(building, folder) {
  try {
    await rename(building, folder);
  } catch (error) {
    // Somebody else finished first, or an unfinished folder stands there from before.
    if (existsSync(path.join(folder, 'installed.json'))) {
      await rm(building, { recursive: true, force: true });
      return;
    }
    if (!existsSync(folder)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(building, folder);
  }
}

async function removeAbandoned(log) {
  for (const name of await readdir(workbenchCache())) {
    const pid = Number(/^building-(\d+)-/.exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    log(`Removing ${name}, left by an interrupted install`);
    await rm(path.join(workbenchCache(), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function npm(folder, args) {
  const cli = process.env.npm_execpath;
  const common = ['--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  if (cli?.endsWith('.js')) return runQuietly(process.execPath, [cli, ...args, ...common], folder);
  const windows = process.platform === 'win32';
  return runQuietly(windows ? 'npm.cmd' : 'npm', [...args, ...common], folder, windows);
}

/** Runs a command; its output is shown only when it fails. */
function runQuietly(command, args, cwd, shell = false) {
  return new Promise((resolve, reject) => {
    // What the calling npm put into the environment describes our project, not this folder.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([key]) => !/^npm_(package|lifecycle|config_ignore)/i.test(key),
      ),
    );
    delete env.INIT_CWD;
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-8000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const ending = code === null ? `signal ${signal}` : `exit code ${code}`;
      reject(
        new Error(`${path.basename(command)} ${args.join(' ')} ended with ${ending}\n${output}`),
      );
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${await installWorkbench()}\n`);
}
