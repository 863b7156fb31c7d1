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

const run = promisify(execFile);
/** Output that is kept, and the longest a download may take before the tests do without. */
const large = 64 * 1024 * 1024;
const patienceMs = 15 * 60_000;
const windows = process.platform === 'win32';

/** What each environment holds, and a line of Python that only works in a whole one. */
const specs = {
  duckdb: {
    packages: ['duckdb==2.0.0'],
    proof: 'import duckdb; print("duckdb", duckdb.__version__)',
  },
  keras: {
    packages: [
      'keras==3.15.1',
      `${os.platform() === 'linux' ? 'tensorflow-cpu' : 'tensorflow'}==2.21.0`,
      // What exported models open pictures with.
      'pillow==13.0.0',
    ],
    proof:
      'import keras, numpy, PIL; print("keras", keras.__version__, keras.ops.sum(numpy.ones(3)))',
  },
  torch: {
    packages: ['torch==2.9.1', 'numpy'],
    proof:
      'import torch; print("torch", torch.__version__, torch.softmax(torch.zeros(2), 0).sum().item())',
    debian: ['python3-torch'],
  },
  pandas: {
    packages: ['pandas==2.3.3', 'scikit-learn==1.7.2'],
    proof:
      'import pandas, sklearn; print("pandas", pandas.__version__, "scikit-learn", sklearn.__version__)',
  },
  tabular: {
    packages: [
      'scikit-learn==1.7.2',
      'imbalanced-learn==0.14.2',
      // The same without CUDA, which Linux wheels have inside.
      `${os.platform() === 'linux' ? 'xgboost-cpu' : 'xgboost'}==3.2.0`,
      'lightgbm==4.6.0',
    ],
    proof:
      'import sklearn, imblearn, xgboost, lightgbm; print("scikit-learn", sklearn.__version__, "imbalanced-learn", imblearn.__version__, "XGBoost", xgboost.__version__, "LightGBM", lightgbm.__version__)',
  },
  transformers: {
    packages: ['torch==2.9.1', 'numpy', 'transformers==4.48.3', 'accelerate==1.0.1'],
    proof:
      'import accelerate, torch, transformers; print("transformers", transformers.__version__, "torch", torch.__version__)',
    debian: ['python3-torch'],
    wheels: [
      ...['transformers==4.48.3', 'accelerate==1.0.1', 'tokenizers==0.21.0'],
      ...['huggingface-hub==0.27.1', 'safetensors==0.4.5', 'regex==2024.11.6'],
      ...['filelock==4.3.1', 'fsspec==2026.9.0', 'packaging==26.4', 'pyyaml==6.0.4'],
      ...['requests==2.34.2', 'urllib3==2.8.0', 'idna==3.20', 'certifi==2026.10.19.post1'],
      ...['charset-normalizer==3.5.3', 'tqdm==4.70.1', 'psutil==7.2.2'],
    ],
  },
  vision: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', 'timm==0.6.13'],
    proof:
      'import timm, torchvision; print("torchvision", torchvision.__version__, "timm", timm.__version__)',
    debian: ['python3-torchvision', 'python3-yaml'],
    // Without what it only needs to fetch weights from its hub.
    wheels: ['timm==0.6.13'],
  },
};

/** What MMEngine and Ultralytics import, without PyTorch. */
const mmengine = [
  'mmengine==0.10.7',
  ...['addict', 'yapf', 'rich', 'termcolor', 'platformdirs', 'pygments', 'markdown-it-py', 'mdurl'],
];
const drawing = [
  // The last ones that Debian's NumPy 1.24 does for.
  ...['matplotlib==3.9.4', 'contourpy==1.3.0', 'cycler', 'kiwisolver', 'packaging', 'pyparsing'],
  ...['python-dateutil', 'six', 'fonttools', 'opencv-python-headless==5.0.0.93'],
];
const ultralytics = ['ultralytics==8.4.190', 'ultralytics-thop', 'psutil', 'polars'];
Object.assign(specs, {
  mmengine: {
    packages: ['torch==2.9.1', 'numpy', 'pyyaml', ...mmengine, ...drawing],
    proof: 'import mmengine, mmengine.hooks; print("mmengine", mmengine.__version__)',
    debian: ['python3-torch', 'python3-yaml'],
    wheels: [...mmengine, ...drawing],
  },
  ultralytics: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', ...ultralytics, ...drawing],
    proof: 'import ultralytics, ultralytics.models; print("ultralytics", ultralytics.__version__)',
    debian: ['python3-torchvision', 'python3-yaml', 'python3-requests'],
    wheels: [...ultralytics, ...drawing],
  },
});

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

/**
 * A virtual environment filled by pip. `--target` needs neither ensurepip, which Debian leaves out,
 * nor a new pip; an environment that is only ever run by its python can be moved into place whole.
 */
const fillByPip = async (python, folder, packages, say) => {
  await run(python, ['-m', 'venv', '--without-pip', folder]);
  const own = venvPython(folder);
  const script = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
  const site = (await run(own, ['-c', script])).stdout.trim();
  say(`pip install ${packages.join(' ')}`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--target', site];
  await run(python, [...pip, ...packages], { maxBuffer: large, timeout: patienceMs });
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
const fillByApt = async (python, folder, { debian, wheels = [] }, say) => {
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
    fill: (into) => fillByPip(python, into, specs[name].packages, say),
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
