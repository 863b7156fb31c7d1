/**
 * Trains what docs/results.md shows, through the shell, and writes the document. Finished runs are
 * kept in a work folder: called again, it goes on where it was, and a run that was stopped is resumed.
 *
 * node scripts/results/run.mjs [--cifar DIR] [--seeds 0,1,2] [--only REGEXP] [--out docs/results.md]
 *                              [--work DIR] [--document]
 *
 * `--cifar` is the folder with train/ and test/ of CIFAR-10-LT; without it that table keeps what the
 * work folder has. `--only` takes runs whose `setting/recipe` matches, `advice` and `advicePhotos` among them. `--document` trains nothing.
 * Recipes that are not `main` run over the first seed alone.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { cacheRoot } from '../runtime/location.mjs';
import { bundle, root } from './bundle.mjs';
import { adviceSection, runAdvice } from './advice.mjs';
import { writeDocument } from './document.mjs';
import { recipes } from './recipes.mjs';
import { settings } from './settings.mjs';

const { values: options } = parseArgs({
  options: {
    cifar: { type: 'string' },
    seeds: { type: 'string', default: '0,1,2' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: path.join(root, 'docs/results.md') },
    work: { type: 'string', default: path.join(cacheRoot(), 'results') },
    document: { type: 'boolean', default: false },
  },
});
const seeds = options.seeds.split(',').map(Number);
const work = path.resolve(options.work);
const only = new RegExp(options.only);

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** Runs the shell in the work folder, whose store the baselines share; gives its exit code. */
const shell = (args, log) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), ...args], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = [];
    child.stderr.on('data', (data) => said.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      writeFileSync(log, Buffer.concat(said));
      resolve(code);
    });
  });

const runOf = (setting, recipe, seed) =>
  path.join(work, 'runs', `${setting.id}_${recipe.id}_${seed}`);

const configOf = (setting, recipe, seed, dataset) => {
  const plain = setting.config(dataset);
  return { ...plain, seed, ...recipe.patch(plain, setting) };
};

/** Trains one run unless it is there; says what became of it. */
const trainOne = async (setting, recipe, seed, dataset) => {
  const run = runOf(setting, recipe, seed);
  const file = `${run}.yaml`;
  // JSON is YAML.
  const text = `${JSON.stringify(configOf(setting, recipe, seed, dataset), null, 1)}\n`;
  const same = existsSync(file) && readFileSync(file, 'utf8') === text;
  const state = readJson(path.join(run, 'run.json'))?.state;
  if (same && state === 'completed') return 'there';
  if (!same) rmSync(run, { recursive: true, force: true });
  writeFileSync(file, text);
  const there = existsSync(run);
  const code = await shell(['train', file, there ? '--resume' : '--out', run], `${run}.log`);
  if (code === 0) return 'trained';
  return `failed (${code}), see ${run}.log`;
};

/** Trained in one process without a baseline: heads on the plain runs of the store, and the alone. */
const inOneProcess = ({ family }) => family === 'heads' || family === 'alone';

const trainHeads = async (list) => {
  const given = list.flatMap(({ setting, recipe, seed, dataset }) => {
    const run = runOf(setting, recipe, seed);
    const config = JSON.stringify(configOf(setting, recipe, seed, dataset), null, 1);
    const same = existsSync(`${run}.yaml`) && readFileSync(`${run}.yaml`, 'utf8') === config;
    if (same && existsSync(path.join(run, 'report.json'))) return [];
    rmSync(run, { recursive: true, force: true });
    writeFileSync(`${run}.yaml`, config);
    const store = path.join(work, '.longtail');
    const fresh = recipe.family === 'alone';
    return [{ config, run, fresh, store, cache: cacheRoot(), workers: path.join(root, 'dist') }];
  });
  if (given.length === 0) return;
  const script = await bundle('heads', path.join(work, 'bundle'));
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'inherit', 'inherit'] });
    child.stdin.end(JSON.stringify(given));
    child.on('error', reject);
    child.on('close', resolve);
  });
};

const jobs = () => {
  const list = [];
  for (const setting of settings)
    for (const recipe of recipes)
      // The plain run comes with every recipe, as its baseline.
      if (
        recipe.id !== 'plain' &&
        !setting.without?.includes(recipe.id) &&
        only.test(`${setting.id}/${recipe.id}`)
      )
        for (const seed of recipe.main ? seeds : seeds.slice(0, 1))
          list.push({ setting, recipe, seed });
  // Main recipes first: what the comparison with the reference needs.
  return list.sort((a, b) => Number(b.recipe.main) - Number(a.recipe.main));
};

mkdirSync(path.join(work, 'runs'), { recursive: true });
mkdirSync(path.join(work, 'data'), { recursive: true });
if (!options.document) {
  const datasets = new Map(
    settings.map((setting) => [
      setting.id,
      setting.root({ cifar: options.cifar && path.resolve(options.cifar), work }),
    ]),
  );
  const all = jobs()
    .map((job) => ({ ...job, dataset: datasets.get(job.setting.id) }))
    .filter(({ dataset }) => dataset !== null);
  for (const { setting, recipe, seed, dataset } of all) {
    if (inOneProcess(recipe)) continue;
    const begun = Date.now();
    const outcome = await trainOne(setting, recipe, seed, dataset);
    if (outcome === 'there') continue;
    const took = Math.round((Date.now() - begun) / 1000);
    console.error(`results: ${setting.id} ${recipe.id} seed ${seed}: ${outcome}, ${took} s`);
  }

  await trainHeads(all.filter(({ recipe }) => inOneProcess(recipe)));
}
if (!options.document)
  await runAdvice({
    work,
    only,
    seeds: [0, 1, 2, 3],
    cifar: options.cifar && path.resolve(options.cifar),
  });

/** Whether a run was trained under the recipe as it is now, wherever the dataset lay. */
const isCurrent = (setting, recipe, seed) => {
  const trained = readJson(`${runOf(setting, recipe, seed)}.yaml`);
  const now = configOf(setting, recipe, seed, trained?.dataset.root ?? '');
  return trained !== null && JSON.stringify(trained) === JSON.stringify(now);
};

/** The scores of a finished run, null where there is none. The plain ones are any run's baseline. */
const scoresOf = (setting, recipe, seed) => {
  const plain = recipe.id === 'plain';
  const ran = plain ? recipes.find(({ id }) => id === 'posthoc-1') : recipe;
  if (!isCurrent(setting, ran, seed)) return null;
  const report = readJson(path.join(runOf(setting, ran, seed), 'report.json'));
  return (plain ? report?.baseline?.scores : report?.scores) ?? null;
};
writeDocument(options.out, { advice: await adviceSection(work), scoresOf, seeds });
console.error(`results: wrote ${options.out}`);
