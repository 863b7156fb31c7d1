/**
 * Python with a framework, for the tests that run generated code and for the benchmark: in a folder
 * of the user's cache, made once. Only Node's own modules are used.
 *
 * node scripts/python-env.mjs torch vision keras
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { specs } from './pythonSpecs.mjs';

const run = promisify(execFile);
/** Output that is kept, and the longest a download may take before the tests do without. */
const large = 64 * 1024 * 1024;
const patienceMs = 15 * 60_000;
const windows = process.platform === 'win32';

const cacheFolder = () =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'longtail', 'python');

const pythonVersion = async (python) => {
  const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
  return (await run(python, ['-c', script])).stdout.trim();
};

/** The Python that LONGTAIL_PYTHON names, else the first Python 3 on the path; null without one. */
const findPython = async () => {
  const named = process.env.LONGTAIL_PYTHON;
  const usual = windows ? ['python', 'python3'] : ['python3', 'python'];
  for (const name of named ? [named] : usual) {
    try {
      if ((await pythonVersion(name)).startsWith('3.')) return name;
    } catch {
      // Not this one.
    }
  }
  return null;
};

/** What the proof prints, or null where it fails. */
const proves = async (spec, { python, env }) => {
  try {
    const options = { env: { ...process.env, ...env }, maxBuffer: large };
    return (await run(python, ['-c', spec.proof], options)).stdout.trim();
  } catch {
    return null;
  }
};

/** Installs source packages of plain Python, and unpacks one that cannot be built here. */
const fillFromSources = async ({ python, env }, target, { sources = [], unpacked }, say) => {
  const options = { maxBuffer: large, timeout: patienceMs };
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target'];
  if (sources.length > 0) {
    say(`pip install ${sources.join(' ')}`);
    await run(python, [...pip, target, ...sources], options);
  }
  if (unpacked === undefined) return;
  const { requirement, sha256, folder } = unpacked;
  say(`pip download ${requirement}`);
  const work = path.join(target, '.work');
  fs.mkdirSync(work);
  const [tools, list] = [path.join(work, 'tools'), path.join(work, 'requirements.txt')];
  // pip asks a source package for its name by running its set-up, which imports these and PyTorch.
  await run(python, [...pip, tools, 'setuptools==69.5.1', 'wheel==0.43.0'], options);
  fs.writeFileSync(list, `${requirement} --hash=sha256:${sha256}\n`);
  const PYTHONPATH = [tools, env.PYTHONPATH ?? target].join(path.delimiter);
  const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-build-isolation'];
  const checked = ['--no-binary=:all:', '--require-hashes', '-r', list, '-d', work];
  await run(python, [...download, ...checked], {
    ...options,
    env: { ...process.env, ...env, PYTHONPATH },
  });
  const archive = fs.readdirSync(work).find((name) => name.endsWith('.tar.gz'));
  await run(python, ['-m', 'tarfile', '-e', path.join(work, archive), work], options);
  const [root] = fs
    .readdirSync(work)
    .filter((name) => fs.existsSync(path.join(work, name, 'PKG-INFO')));
  fs.renameSync(path.join(work, root, folder), path.join(target, folder));
  fs.rmSync(work, { recursive: true, force: true });
};

/**
 * A virtual environment filled by pip. `--target` needs neither ensurepip, which Debian leaves out,
 * nor a new pip; an environment that is only ever run by its python can be moved into place whole.
 */
const fillByPip = async (python, folder, spec, say) => {
  const { packages } = spec;
  await run(python, ['-m', 'venv', '--without-pip', folder]);
  const own = venvPython(folder);
  const script = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
  const site = (await run(own, ['-c', script])).stdout.trim();
  say(`pip install ${packages.join(' ')}`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--target', site];
  await run(python, [...pip, ...packages], { maxBuffer: large, timeout: patienceMs });
  await fillFromSources({ python, env: {} }, site, spec, say);
};

const venvPython = (folder) =>
  windows ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');

/** Where Debian keeps Python's packages. */
const debianPackages = ['usr', 'lib', 'python3', 'dist-packages'];

/**
 * PyTorch from the distribution's packages, unpacked beside each other without being installed.
 * PyPI's wheel for Linux on x86 has CUDA inside (3 GB with what it needs); these are 150 MB, and
 * no root is asked for.
 */
const fillByApt = async (python, folder, spec, say) => {
  const { debian, wheels = [] } = spec;
  const work = path.join(folder, 'packages');
  fs.mkdirSync(work, { recursive: true });
  const lists = path.join(folder, 'lists');
  const ownLists = [
    '-o',
    `Dir::State::Lists=${lists}`,
    '-o',
    `Dir::Cache=${path.join(folder, 'apt')}`,
  ];
  const apt = async (options, ...args) =>
    (
      await run('apt-get', [...options, ...args], {
        cwd: work,
        maxBuffer: large,
        timeout: patienceMs,
      })
    ).stdout;
  const needed = async (options) =>
    (await apt(options, 'install', '--simulate', '--no-install-recommends', ...debian))
      .split('\n')
      .filter((line) => line.startsWith('Inst '))
      .map((line) => line.split(' ')[1])
      // The C library belongs to the loader that starts Python: never a second one.
      .filter((name) => !/^libc(6|-bin)$/.test(name));
  let options = [];
  let names;
  try {
    names = await needed(options);
  } catch {
    say('apt-get update, into a folder of our own');
    fs.mkdirSync(path.join(lists, 'partial'), { recursive: true });
    fs.mkdirSync(path.join(folder, 'apt', 'archives', 'partial'), { recursive: true });
    options = ownLists;
    await apt(options, 'update');
    names = await needed(options);
  }
  say(`apt-get download: ${debian.join(', ')} and what they need, ${names.length} packages`);
  await apt(options, 'download', ...names);
  const files = fs.readdirSync(work).filter((name) => name.endsWith('.deb'));
  const root = path.join(folder, 'root');
  for (const file of files) await run('dpkg-deb', ['-x', path.join(work, file), root]);
  for (const extra of [work, lists, path.join(folder, 'apt')])
    fs.rmSync(extra, { recursive: true, force: true });
  if (wheels.length === 0) return;
  const target = path.join(root, ...debianPackages);
  const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--no-deps'];
  await run(python, [...pip, '--target', target, ...wheels], { timeout: patienceMs });
  await fillFromSources({ python, env: aptEnvironment(folder) }, target, spec, say);
};

const aptEnvironment = (folder) => {
  const root = path.join(folder, 'root');
  const triple = fs
    .readdirSync(path.join(root, 'usr', 'lib'))
    .find((name) => name.endsWith('-linux-gnu'));
  const libraries = [
    `lib/${triple}`,
    'usr/lib',
    `usr/lib/${triple}`,
    `usr/lib/${triple}/blas`,
    `usr/lib/${triple}/lapack`,
  ].map((name) => path.join(root, name));
  return {
    LD_LIBRARY_PATH: libraries.join(':'),
    PYTHONPATH: path.join(root, ...debianPackages),
  };
};

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Removes what processes that were ended left half filled: hundreds of megabytes each. */
const removeAbandoned = (folder) => {
  const own = `${path.basename(folder)}.`;
  for (const name of fs.readdirSync(path.dirname(folder))) {
    const pid = name.startsWith(own) ? /^(\d+)\.partial$/.exec(name.slice(own.length))?.[1] : null;
    if (pid && !isRunning(Number(pid)))
      fs.rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true });
  }
};

/** Fills `folder` in place by way of a folder beside it, so that it is there whole or not at all. */
const makeWhole = async (folder, fill) => {
  const partial = `${folder}.${process.pid}.partial`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  removeAbandoned(folder);
  try {
    await fill(partial);
    if (!fs.existsSync(folder)) fs.renameSync(partial, folder);
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
};

/** Ways to a framework on this machine, best first. */
const waysTo = (name, python, folder, say) => {
  const pip = {
    fill: (into) => fillByPip(python, into, specs[name], say),
    use: () => ({ python: venvPython(folder), env: {} }),
  };
  const { debian } = specs[name];
  if (debian === undefined || process.platform !== 'linux' || process.arch !== 'x64') return [pip];
  const apt = {
    fill: (into) => fillByApt(python, into, specs[name], say),
    use: () => ({ python, env: aptEnvironment(folder) }),
  };
  return process.env.LONGTAIL_TORCH_WHEEL ? [pip] : [apt];
};

/**
 * Python with the named framework: `{ python, env, version }`, `env` to be added to the
 * environment of the process; or `{ missing }`, a sentence that says why there is none.
 * Taken as it is where the machine's own Python has the framework.
 */
export const ensurePythonEnv = async (name, say = () => undefined) => {
  const spec = specs[name];
  if (spec === undefined) throw new Error(`python-env: there is no environment ${name}`);
  const python = await findPython();
  if (python === null) return { missing: 'Python 3 is not on the path' };
  const plain = { python, env: {} };
  const own = await proves(spec, plain);
  if (own !== null) return { ...plain, version: own };
  const key = [name, ...spec.packages, await pythonVersion(python), process.platform, process.arch];
  const hash = createHash('sha256').update(key.join('\n')).digest('hex').slice(0, 12);
  const folder = path.join(cacheFolder(), `${name}-${hash}`);
  const reasons = [];
  for (const way of waysTo(name, python, folder, say)) {
    try {
      if (!fs.existsSync(folder)) await makeWhole(folder, way.fill);
      const found = way.use();
      const version = await proves(spec, found);
      if (version !== null) return { ...found, version };
      fs.rmSync(folder, { recursive: true, force: true });
      reasons.push('what was fetched does not run here');
    } catch (error) {
      reasons.push(
        String(error.stderr || error.message)
          .trim()
          .split('\n')
          .at(-1),
      );
    }
  }
  const hint = specs[name].debian ? '; LONGTAIL_TORCH_WHEEL=1 fetches the wheel (3 GB)' : '';
  return { missing: `no ${name} for ${python}: ${reasons.join('; ')}${hint}` };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2).filter((name) => name in specs);
  for (const name of names.length > 0 ? names : Object.keys(specs)) {
    const found = await ensurePythonEnv(name, (line) => console.log(`  ${line}`));
    console.log(found.missing ?? `${found.version} · ${found.python}`);
  }
}
