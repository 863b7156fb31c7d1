import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRun } from '../../src/run/runStore';
import { say } from '../../src/words/say';
import { createBench, plainStage, reportOf, trainerPath, type Bench, type Recipe } from './runs';
import { writeTinyDataset } from './tinyDataset';

/** What a user can get wrong, each ending in one sentence that names the place and the way out. */
const linear: Recipe = { model: '{ kind: linear }', backend: 'cpu' };

let root = '';
let bench: Bench;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'longtail-failures-'));
  bench = createBench(join(root, 'bench'), writeTinyDataset(join(root, 'data')).root);
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const failure = async (name: string, recipe: Recipe) => {
  const run = bench.start(bench.writeConfig(name, { ...linear, ...recipe }));
  const end = await run.finished;
  if (end.outcome !== 'failed') throw new Error(`did not fail: ${end.outcome}`);
  expect(readRun(run.folder)?.record).toMatchObject({ state: 'failed', error: end.error });
  const sentence = say(end.error);
  expect(sentence).not.toContain(end.error.code);
  expect(sentence).not.toMatch(/[{}?]$|undefined/);
  return end.error;
};

describe('a job that cannot be trained', () => {
  it.each<[string, Recipe, string]>([
    ['a missing dataset', { dataset: 'dataset: { root: ./nowhere }' }, 'dataset/path-missing'],
    [
      'a config with an unknown key',
      { posthoc: '{ kind: none }\nlearningrate: 1' },
      'train/config',
    ],
    [
      'a first stage that trains only the classifier',
      { stages: [plainStage.replace('epochs: 3', 'epochs: 3, trainable: classifier')] },
      'train/config',
    ],
    ['a convolutional net in plain JavaScript', { model: '{ kind: resnet-8 }' }, 'train/cpu-conv'],
    [
      'a tau to be chosen on nothing',
      {
        dataset: 'dataset: { root: ../data, splits: { validation: none } }',
        posthoc: '{ kind: logit-adjustment, tau: auto }',
      },
      'train/config',
    ],
    [
      'a loss that runs away',
      {
        model: '{ kind: mlp, hidden: [8] }',
        stages: ['{ name: train, epochs: 30, optimizer: { learningRate: 1e30, batchSize: 32 } }'],
      },
      'train/diverged',
    ],
  ])('%s', async (name, recipe, code) => {
    expect((await failure(name.replaceAll(' ', '-'), recipe)).code).toBe(code);
  });

  it('one class', async () => {
    const dataset = writeTinyDataset(join(root, 'one'), { only: 30 }).root;
    const { code } = await failure('one-class', { dataset: `dataset: { root: ${dataset} }` });
    expect(['train/config', 'train/one-class']).toContain(code);
  });

  it('a dataset that changed under a stopped run, which goes on once it is as it was', async () => {
    const dataset = writeTinyDataset(join(root, 'changing')).root;
    const path = bench.writeConfig('changing', {
      ...linear,
      dataset: `dataset: { root: ${dataset} }`,
      stages: [plainStage.replace('epochs: 3', 'epochs: 2000')],
    });
    const run = bench.start(path, {
      baseline: 'skip',
      onEvent: (event) => {
        if (event.kind === 'epoch') run.stop();
      },
    });
    expect((await run.finished).outcome).toBe('stopped');
    const picture = join(dataset, 'train', '2', '000.png');
    const bytes = readFileSync(picture);
    rmSync(picture);
    const again = bench.start(path, { resume: true, runFolder: run.folder });
    expect(await again.finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'train/dataset-changed' },
    });
    writeFileSync(picture, bytes);
    // Events of the first attempt come at once, before there is a run to stop.
    const enough = new AbortController();
    const last = bench.start(path, {
      ...{ resume: true, runFolder: run.folder, baseline: 'skip', signal: enough.signal },
      onEvent: (event) => {
        if (event.kind === 'epoch' && event.attempt > 1) enough.abort();
      },
    });
    expect((await last.finished).outcome).toBe('stopped');
  });
});

describe('samples that are not those of the scan', () => {
  it('are refused when the run begins', async () => {
    const path = bench.writeConfig('rescan', linear);
    const end = await bench.start(path, { fingerprint: 'of another scan' }).finished;
    expect(end).toMatchObject({ outcome: 'failed', error: { code: 'train/dataset-rescan' } });
  });
});

describe('a trainer that loses its parent', () => {
  it('writes a checkpoint, ends, and can be resumed', async () => {
    const path = bench.writeConfig('orphan', {
      ...linear,
      stages: [plainStage.replace('epochs: 3', 'epochs: 400')],
    });
    const runFolder = join(root, 'orphan-run');
    mkdirSync(runFolder);
    const { store: storeFolder, cacheFolder } = bench;
    const baseline = 'skip';
    const job = { runFolder, configPath: path, resume: false, storeFolder, cacheFolder, baseline };
    // A parent that dies without a word once training is under way.
    const parent = `const { fork } = require('node:child_process');
      const options = { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] };
      const child = fork(${JSON.stringify(trainerPath)}, [], options);
      let appended = 0;
      child.on('message', (message) => {
        if (message.kind === 'hello')
          child.send({ kind: 'start', version: message.version, job: ${JSON.stringify(job)} });
        if (message.kind === 'appended' && ++appended === 2) process.kill(process.pid, 'SIGKILL');
      });`;
    expect(spawnSync(process.execPath, ['-e', parent]).signal).toBe('SIGKILL');
    await vi.waitFor(() => expect(readRun(runFolder)?.record.state).toBe('interrupted'), 20_000);
    expect(readdirSync(join(runFolder, 'checkpoints')).length).toBeGreaterThan(0);
    const again = bench.start(path, { resume: true, runFolder, baseline });
    expect((await again.finished).outcome).toBe('completed');
  });
});

describe('a dataset with faults', () => {
  it('is trained on without the pictures that cannot be read, and says which', async () => {
    const dataset = writeTinyDataset(join(root, 'faulty')).root;
    writeFileSync(join(dataset, 'train', '1', '000.png'), 'no picture');
    const cut = join(dataset, 'train', '1', '001.png');
    writeFileSync(cut, readFileSync(cut).subarray(0, 60));
    const before = readdirSync(dataset, { recursive: true }).length;
    const config = bench.writeConfig('faulty', {
      ...linear,
      dataset: `dataset: { root: ${dataset}, splits: { validation: none } }`,
    });
    const report = reportOf(await bench.start(config, { baseline: 'skip' }).finished);
    expect(report.trainCounts).toEqual([118, 40, 20, 8]);
    const paths = report.issues
      .filter((issue) => issue.code === 'train/unreadable-image')
      .map((issue) => issue.params['path']);
    expect(paths).toEqual(['train/1/000.png', 'train/1/001.png']);
    expect(report.validation).toBeNull();
    // Nothing is written inside a dataset.
    expect(readdirSync(dataset, { recursive: true })).toHaveLength(before);
  });

  it('without a test split holds a fifth out and says so', async () => {
    const dataset = join(root, 'flat');
    mkdirSync(dataset);
    cpSync(join(root, 'data', 'train'), dataset, { recursive: true });
    const config = bench.writeConfig('flat', {
      ...linear,
      dataset: `dataset: { root: ${dataset} }`,
    });
    const report = reportOf(await bench.start(config, { baseline: 'skip' }).finished);
    expect(report.scoredSplit).toBe('heldOut');
    expect(report.scores.classes.map((one) => one.testCount)).toEqual([24, 8, 4, 2]);
    // Less a tenth each for validation: 12, 4, 2 and max(1, round(.8)).
    expect(report.trainCounts).toEqual([84, 28, 14, 5]);
  });
});

describe('a table', () => {
  it('is trained on as rows: numbers, texts of few kinds, and missing values', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => {
      const rare = i % 10 === 0;
      const width = rare ? 5 + (i % 7) / 10 : 1 + (i % 11) / 10;
      return `${i % 13 === 0 ? '' : width},${rare ? 'red' : 'blue'},${rare ? 'yes' : 'no'}`;
    });
    const path = join(root, 'table.csv');
    writeFileSync(path, `width,colour,label\n${rows.join('\n')}\n`);
    const config = bench.writeConfig('table', {
      ...linear,
      dataset: `dataset: { root: ${path}, labelColumn: label }`,
      input: 'input: { kind: tabular }',
      stages: ['{ name: train, epochs: 40, optimizer: { learningRate: 0.2, batchSize: 32 } }'],
    });
    const report = reportOf(await bench.start(config, { baseline: 'skip' }).finished);
    expect(report.dataset.classNames).toEqual(['no', 'yes']);
    // The colour alone tells the label.
    expect(report.scores.balancedAccuracy).toBe(1);
    expect(report.scores.binary?.auroc).toBe(1);
  });
});
