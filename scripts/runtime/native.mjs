import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { cacheRoot, runtimeFolder, target } from './location.mjs';
import { runtimeFiles, tensorflowVersion, wheelParts, wheels } from './pins.mjs';

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '..', '..');
const headers = path.join(root, 'node_modules/node-api-headers/include');
const addonVersion = () =>
  JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/@tensorflow/tfjs-node/package.json'), 'utf8'),
  ).version;

/** A reason why there will be no native runtime, as a clause that goes after "because". */
class NoRuntime extends Error {}

const sha256 = async (file) => {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 22 }), hash);
  return hash.digest('hex');
};

/** True when a complete runtime of the pinned versions is there; the trainer checks the same. */
export const hasRuntime = (folder = runtimeFolder()) => {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    return (
      manifest.schema === 'longtail.runtime/1' &&
      manifest.target === target &&
      manifest.tensorflow === tensorflowVersion &&
      manifest.tfjsNode === addonVersion() &&
      manifest.files.every((f) => fs.statSync(path.join(folder, f.name)).size === f.bytes)
    );
  } catch {
    return false;
  }
};

const firstThatRuns = async (candidates, args) => {
  for (const name of candidates) {
    try {
      await run(name, args);
      return name;
    } catch {
      // try the next name
    }
  }
  return null;
};

const lastLines = (text, n = 6) => String(text).trim().split('\n').slice(-n).join('\n');

const step = async (reason, command, args, options = {}) => {
  try {
    return await run(command, args, { maxBuffer: 1 << 26, ...options });
  } catch (error) {
    throw new NoRuntime(`${reason} (${lastLines(error.stderr || error.message)})`);
  }
};

const download = async (python, wheel, folder) => {
  await step(`pip could not download ${wheel.package} ${tensorflowVersion}`, python, [
    ...['-m', 'pip', 'download', `${wheel.package}==${tensorflowVersion}`],
    ...['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check'],
    ...[...wheel.pip, '--platform', wheel.platform, '--dest', folder],
  ]);
  const name = fs.readdirSync(folder).find((entry) => entry.endsWith('.whl'));
  if (name === undefined) throw new NoRuntime('pip downloaded no wheel');
  const file = path.join(folder, name);
  const found = await sha256(file);
  if (found !== wheel.sha256)
    throw new NoRuntime(
      `the downloaded ${name} has the SHA-256 ${found} instead of the pinned ${wheel.sha256}`,
    );
  return file;
};

const unpackScript = `import sys, zipfile
wheel, folder, *prefixes = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for item in archive.infolist():
        if item.filename.startswith(tuple(prefixes)):
            archive.extract(item, folder)
`;

const compile = async (compiler, unpacked, folder) => {
  const sources = path.join(root, 'node_modules/@tensorflow/tfjs-node/binding');
  await step(`${compiler} could not compile the addon of tfjs-node`, compiler, [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
    ...['-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'],
    `-I${headers}`,
    `-I${path.join(unpacked, 'include')}`,
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(sources, name)),
    ...['-o', path.join(folder, 'tfjs_binding.node'), '-Wl,-rpath,$ORIGIN'],
    path.join(folder, 'libtensorflow_cc.so.2'),
    path.join(folder, 'libtensorflow_framework.so.2'),
  ]);
};

/** What would fail after the download is tried before it: the C library and the compiler. */
const requireToolchain = async (compiler, wheel, folder) => {
  const glibc = process.report?.getReport().header.glibcVersionRuntime;
  const [major, minor] = String(glibc).split('.').map(Number);
  if (glibc === undefined || major < 2 || (major === 2 && minor < wheel.glibcMinor))
    throw new NoRuntime(
      `TensorFlow needs glibc 2.${wheel.glibcMinor}, this is ${glibc ?? 'not glibc'}`,
    );
  const probe = path.join(folder, 'probe.cc');
  fs.writeFileSync(probe, '#include <memory>\n#include <node_api.h>\n');
  await step(`${compiler} cannot compile C++17`, compiler, [
    ...['-std=c++17', '-fsyntax-only', `-I${headers}`, probe],
  ]);
};

const writeManifest = async (folder) => {
  const files = [];
  for (const name of runtimeFiles) {
    const file = path.join(folder, name);
    files.push({ name, bytes: fs.statSync(file).size, sha256: await sha256(file) });
  }
  const manifest = {
    schema: 'longtail.runtime/1',
    target,
    tensorflow: tensorflowVersion,
    tfjsNode: addonVersion(),
    files,
  };
  fs.writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
};

/** Removes what a setup that was killed left behind. */
const removeAbandoned = (parent) => {
  for (const name of fs.readdirSync(parent)) {
    const pid = Number(/^\.making-(\d+)$/.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(pid)) continue;
    try {
      process.kill(pid, 0);
    } catch {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
};

const requireRoom = (folder) => {
  const { bavail, bsize } = fs.statfsSync(folder);
  const needed = 1.4e9;
  if (bavail * bsize < needed)
    throw new NoRuntime(
      `${folder} has ${Math.round((bavail * bsize) / 1e6)} MB free and ${needed / 1e6} MB are needed`,
    );
};

const make = async (say) => {
  if (process.env.LONGTAIL_NO_NATIVE === '1') throw new NoRuntime('LONGTAIL_NO_NATIVE is 1');
  const wheel = wheels[target];
  if (wheel === undefined)
    throw new NoRuntime(`no native build was tried on ${target} (only ${Object.keys(wheels)})`);
  const python = await firstThatRuns(['python3', 'python'], ['-m', 'pip', '--version']);
  if (python === null) throw new NoRuntime('Python 3 with pip was not found');
  const compilers = [process.env.CXX, 'g++', 'c++', 'clang++'].filter(Boolean);
  const compiler = await firstThatRuns(compilers, ['--version']);
  if (compiler === null) throw new NoRuntime('no C++ compiler was found (g++, c++, clang++)');

  const parent = path.join(cacheRoot(), 'runtime');
  fs.mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  requireRoom(parent);
  const making = path.join(parent, `.making-${process.pid}`);
  try {
    const folder = path.join(making, 'runtime');
    fs.mkdirSync(folder, { recursive: true });
    await requireToolchain(compiler, wheel, making);
    say(
      `downloading TensorFlow ${tensorflowVersion} with pip (${Math.round(wheel.bytes / 1e6)} MB)`,
    );
    const file = await download(python, wheel, making);
    say('hash is the pinned one; unpacking the two libraries and their C headers');
    const unpacked = path.join(making, 'tensorflow');
    await step('the wheel could not be unpacked', python, [
      ...['-c', unpackScript, file, making],
      ...wheelParts,
    ]);
    fs.rmSync(file);
    for (const name of runtimeFiles.filter((entry) => entry.startsWith('lib')))
      fs.renameSync(path.join(unpacked, name), path.join(folder, name));
    say(`compiling the addon of tfjs-node with ${compiler}`);
    await compile(compiler, unpacked, folder);
    say('testing it in a process of its own: load, matrix product, convolution gradient');
    await step('the self-test of the native runtime failed', process.execPath, [
      path.join(here, 'selfTest.mjs'),
      path.join(folder, 'tfjs_binding.node'),
    ]);
    await writeManifest(folder);
    const final = runtimeFolder();
    fs.rmSync(final, { recursive: true, force: true });
    fs.renameSync(folder, final);
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
};

/**
 * Makes the native training runtime in the user's cache unless it is there. Never fails: where it
 * cannot be made, training runs on WebAssembly, and the reason is said.
 */
export const setUpRuntime = async (say) => {
  if (process.env.LONGTAIL_NO_NATIVE !== '1' && hasRuntime()) {
    say(`native runtime is there: ${runtimeFolder()}`);
    return;
  }
  try {
    await make(say);
    say(`native runtime made: ${runtimeFolder()}`);
  } catch (error) {
    const reason = error instanceof NoRuntime ? error.message : (error.stack ?? String(error));
    say(
      `No native runtime, because ${reason}. Training will run on WebAssembly, which needs nothing ` +
        'installed, gives the same results and is several times slower. To get the native one, ' +
        'put that right and run "node scripts/setup.mjs --runtime-only".',
    );
  }
};
