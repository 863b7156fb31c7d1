// `npm start`: the main job from nothing, in a terminal. Set up, build, make the sample, then what a
// user would type: scan, recommend, config, train, report. What is already there is not done again.
// Only Node's own modules until set-up is through.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const sample = join(root, 'sample');
const configPath = join(sample, 'longtail.yaml');
const reportPath = join(sample, 'report.html');
const cli = join(root, 'dist', 'cli.js');
const startedAt = Date.now();

/** The plan, in order; the number in front of each heading counts these. */
const headings = [
  'Set up: packages and the training runtime',
  'Build: the extension, the shell and the trainer',
  'Sample: MNIST cut to a long tail',
  'Scan: how long is the tail?',
  'Recommend: what may help, and why',
  'Config: the first advice as longtail.yaml',
  'Train: the plain baseline and the recommended recipe',
  'Report: what it did',
];
let stepNumber = 0;
const heading = () => {
  const strong = process.stderr.isTTY && !process.env.NO_COLOR;
  const text = `${stepNumber + 1}/${headings.length} ${headings[stepNumber]}`;
  stepNumber++;
  console.error(strong ? `\n\u001b[1m${text}\u001b[0m` : `\n${text}`);
};
const note = (text) => console.error(`  ${text}`);

class Ended extends Error {
  constructor(what, code) {
    super(what);
    this.code = code;
  }
}

/** Ctrl-C reaches the child as well; we wait for its orderly end and then stop with its code. */
let interrupted = false;
process.on('SIGINT', () => {
  interrupted = true;
});

/** Runs a command to its end; `quiet` drops its stdout (what it says on stderr stays). */
const run = async (what, command, { cwd = root, quiet = false } = {}) => {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(signal === null ? exitCode : 130));
  });
  if (interrupted) throw new Ended(what, 130);
  if (code !== 0) throw new Ended(what, code);
};
const longtail = (args, options = {}) => {
  console.error(`  $ longtail ${args.join(' ')}`);
  return run(`longtail ${args[0]}`, [process.execPath, cli, ...args], { cwd: sample, ...options });
};

/** Newest change below the given files and folders, in ms since the epoch. */
const newest = (paths) => {
  let latest = 0;
  const look = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(path)) look(join(path, name));
    latest = Math.max(latest, stat.mtimeMs);
  };
  paths.forEach((path) => look(join(root, path)));
  return latest;
};

const build = async () => {
  const marker = join(root, 'dist', 'metafiles.json');
  const inputs = [
    'src',
    'webview',
    'media',
    'scripts/build.mjs',
    'scripts/runtime',
    'package-lock.json',
  ];
  const isCurrent =
    existsSync(cli) && existsSync(marker) && statSync(marker).mtimeMs > newest(inputs);
  if (isCurrent) return note('dist/ is newer than every source');
  await run('build', [process.execPath, join('scripts', 'build.mjs')]);
};

/**
 * The sample is easy: fewer epochs than the config proposes show the same, within a few minutes. On
 * WebAssembly the network is half as wide as well, and small batches without augmentation make the
 * most of few pictures: trained for too short a time no class of the tail is learnt at all.
 */
const sampleRun = {
  native: [[['stages', 0, 'epochs'], 12]],
  wasm: [
    [['stages', 0, 'epochs'], 3],
    [['stages', 0, 'optimizer', 'warmupEpochs'], 0],
    [['stages', 0, 'optimizer', 'batchSize'], 32],
    [['model', 'width'], 8],
    [['input', 'augment'], []],
  ],
};

/** Changes the config in place and keeps its comments, but those that would no longer be true. */
const shorten = async (changes) => {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(readFileSync(configPath, 'utf8'));
  for (const [at, value] of changes) document.setIn(at, document.createNode(value));
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  const isAugmented = document.getIn(['input', 'augment']).items.length > 0;
  const outdated = isAugmented
    ? /^ *# About [\d,]+ optimizer/
    : /^ *# (About [\d,]+ optimizer|Shifted pictures)/;
  const lines = text.split('\n').filter((line) => !outdated.test(line));
  writeFileSync(configPath, lines.join('\n'));
  note(`shortened to ${document.getIn(['stages', 0, 'epochs'])} epochs, to be done in minutes`);
};

const writeConfig = async (isNative) => {
  if (existsSync(configPath)) return note(`${relative(root, configPath)} is there and is kept`);
  await longtail(['config', 'mnist-lt', '--deploy', 'uniform', '--out', 'longtail.yaml']);
  await shorten(isNative ? sampleRun.native : sampleRun.wasm);
  if (isNative) return;
  note(
    'There is no native runtime, so training runs on WebAssembly: a smaller run, half the width.',
  );
  note('Its numbers are lower than those of the README. Set-up above says what is missing.');
};

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

/** Runs of this very config, newest first. */
const runsOfConfig = () => {
  const folder = join(sample, '.longtail', 'runs');
  if (!existsSync(folder)) return [];
  const text = readFileSync(configPath, 'utf8');
  const sameConfig = (path) => existsSync(path) && readFileSync(path, 'utf8') === text;
  return readdirSync(folder)
    .map((name) => ({ path: join(folder, name), record: readJson(join(folder, name, 'run.json')) }))
    .filter(
      ({ path, record }) => record?.role === 'recipe' && sameConfig(join(path, 'config.yaml')),
    )
    .sort((a, b) => (a.record.createdAt < b.record.createdAt ? 1 : -1));
};
const finishedRun = () =>
  runsOfConfig().find(
    ({ path, record }) => record.state === 'completed' && existsSync(join(path, 'report.json')),
  );
/** A run that was stopped, or whose process died, and left a checkpoint to go on from. */
const resumableRun = () =>
  runsOfConfig().find(({ path, record }) => {
    const checkpoints = join(path, 'checkpoints');
    const ended = ['stopped', 'interrupted', 'running'].includes(record.state);
    return ended && existsSync(checkpoints) && readdirSync(checkpoints).length > 0;
  });

const train = async () => {
  const found = finishedRun();
  if (found !== undefined) {
    note(`a finished run of this config is kept in ${relative(root, found.path)}`);
    return found;
  }
  const unfinished = resumableRun();
  const resume = unfinished === undefined ? [] : ['--resume', relative(sample, unfinished.path)];
  if (unfinished !== undefined) note('an unfinished run is there; it goes on from its checkpoint');
  // The comparison is printed below, by `report`; here only progress is shown.
  await longtail(['train', 'longtail.yaml', ...resume], { quiet: true });
  const made = finishedRun();
  if (made === undefined) throw new Ended('longtail train', 3);
  return made;
};

const main = async () => {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Ended(`Node ${process.versions.node} is too old: install Node 20 or newer`, 2);

  heading();
  await run('setup', [process.execPath, join('scripts', 'setup.mjs')]);
  const { hasRuntime } = await import('./runtime/native.mjs');
  const isNative = process.env.LONGTAIL_NO_NATIVE !== '1' && hasRuntime();

  heading();
  await build();

  heading();
  const { makeSample } = await import('./sample.mjs');
  mkdirSync(sample, { recursive: true });
  const { dataset, made } = makeSample(sample, note);
  note(`${relative(root, dataset)} ${made ? 'is ready' : 'is there'}`);

  heading();
  await longtail(['scan', 'mnist-lt']);

  heading();
  await longtail(['recommend', 'mnist-lt', '--deploy', 'uniform']);

  heading();
  await writeConfig(isNative);

  heading();
  const { path } = await train();

  heading();
  const name = relative(sample, path);
  await longtail(['report', name]);
  await longtail(['report', name, '--format', 'html', '--out', 'report.html', '--force']);

  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.error(`
Done in ${Math.floor(seconds / 60)} min ${seconds % 60} s. The report as a page: ${pathToFileURL(reportPath).href}
The same in VS Code: npm run workbench   (then right-click mnist-lt, “Analyze Dataset Imbalance”)`);
};

try {
  await main();
} catch (error) {
  if (error instanceof Ended) {
    console.error(
      error.code === 130
        ? '\nStopped. npm start goes on where it was.'
        : `\nnpm start ended: ${error.message} (exit code ${error.code}). What went wrong is above.`,
    );
    process.exitCode = error.code;
  } else throw error;
}
