import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import type { RebalanceConfig } from '../../src/config/schema';
import { auroc, averagePrecision, column } from '../../src/methods/metrics';
import { bandsSchema } from '../../src/profile/schema';
import { reportSchemaWith } from '../../src/report/schema';
import { readEvents, readRun } from '../../src/run/runStore';
import { readNpz } from '../../src/trainer/npz';
import { noNative } from './backends';
import { createBench, lasting, reportOf, type Bench } from './runs';

const shares = { rain: 0.5, wind: 0.25, snow: 0.12, fog: 0.05 };
const labels = Object.keys(shares);

/** Items with none to four labels; each label moves a column of its own. */
const weather = (items: number): string => {
  const random = createRandom(3);
  const rows = Array.from({ length: items }, () => {
    const own = labels.filter((name) => random.nextFloat() < shares[name as 'rain']);
    const numbers = labels.map((name) => random.nextNormal() + (own.includes(name) ? 2 : 0));
    return `${numbers.map((x) => x.toFixed(3)).join(',')},${own.join('|')}`;
  });
  return `a,b,c,d,label\n${rows.join('\n')}\n`;
};

/** Texts of two topics, the second rare, over the same small words. */
const news = (): string => {
  const random = createRandom(4);
  const own = {
    sport: ['goal', 'team', 'score', 'league'],
    space: ['orbit', 'moon', 'probe', 'star'],
  };
  const common = 'the of and to in was for with that this from about after before'.split(' ');
  const pick = (from: readonly string[]): string => from[random.nextInt(from.length)] ?? '';
  const rows = Array.from({ length: 260 }, (_, i) => {
    const topic = i % 13 === 0 ? 'space' : 'sport';
    const words = Array.from({ length: 14 }, () =>
      random.nextFloat() < 0.25 ? pick(own[topic]) : pick(common),
    );
    return `${words.join(' ')},${topic}`;
  });
  return `body,label\n${rows.join('\n')}\n`;
};

let folder = '';
let bench: Bench;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-inputs-'));
  for (const [name, text] of [
    ['weather', weather(700)],
    ['news', news()],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'data.csv'), text);
  }
  bench = createBench(join(folder, 'bench'), join(folder, 'weather'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stage = (loss: string): string =>
  `{ name: train, epochs: 6, loss: { kind: ${loss} }, optimizer: { learningRate: 0.05, batchSize: 32 } }`;
const table = {
  model: '{ kind: mlp, hidden: [16], biasInit: prior }',
  input: 'input: { kind: tabular }',
};

describe.each(['cpu', 'wasm', 'native'])('items with several labels on %s', (backend) => {
  const skip = backend === 'native' ? noNative : null;

  it.skipIf(skip !== null)(`train to a report, baseline first ${skip ?? ''}`, async () => {
    const path = bench.writeConfig(`labels-${backend}`, {
      ...table,
      backend,
      stages: [stage('asymmetric')],
    });
    const run = bench.start(path);
    const report = reportOf(await run.finished);
    const schema = reportSchemaWith(z.custom<RebalanceConfig>(), bandsSchema);
    expect(schema.safeParse(report).error).toBeUndefined();
    expect(report.baseline?.title).toBe('Plain baseline');
    expect(report.baseline?.scores.multiLabel?.mAP).toBeGreaterThan(0.5);
    expect(report.scores.confusion).toBeNull();
    // Scored from the logits that were kept, by the metrics of one label at a time.
    const arrays = readNpz(join(run.folder, 'predictions', 'test.npz'));
    const logits = arrays.get('logits')?.values ?? [];
    const truth = arrays.get('labels')?.values ?? [];
    expect(arrays.get('labels')?.shape).toEqual([report.scores.samples, labels.length]);
    report.scores.multiLabel?.labels.forEach((label, j) => {
      const own = [column(logits, labels.length, j), column(truth, labels.length, j)] as const;
      expect(label.averagePrecision).toBe(averagePrecision(...own));
      expect(label.auroc).toBe(auroc(...own));
    });
    expect(report.scores.multiLabel?.mAP).toBeGreaterThan(0.5);
    const evaluations = readEvents(run.folder).filter((event) => event.kind === 'eval');
    expect(evaluations.at(-1)).toMatchObject({
      balancedAccuracy: null,
      meanAveragePrecision: report.scores.multiLabel?.mAP,
    });
  });

  it.skipIf(skip !== null)(`go on after kill -9 as if nothing was ${skip ?? ''}`, async () => {
    const stages = [stage('sigmoid').replace('epochs: 6', 'epochs: 100')];
    const path = bench.writeConfig(`labels-killed-${backend}`, { ...table, backend, stages });
    const expected = reportOf(await bench.start(path, { baseline: 'skip' }).finished);
    const cut = bench.start(path, {
      baseline: 'skip',
      onEvent: (event) => {
        const pid = readRun(cut.folder)?.record.pid;
        if (event.kind === 'checkpoint' && typeof pid === 'number') process.kill(pid, 'SIGKILL');
      },
    });
    expect(await cut.finished).toMatchObject({ outcome: 'failed' });
    const resumed = bench.start(path, { baseline: 'skip', resume: true, runFolder: cut.folder });
    expect(lasting(reportOf(await resumed.finished))).toEqual(lasting(expected));
  });
});

describe('what several labels change', () => {
  it('draws items by their rarest label, and chooses a threshold a label afterwards', async () => {
    const sampled = stage('sigmoid').replace('loss:', 'sampler: { kind: repeat-factor }, loss:');
    const repeated = bench.start(
      bench.writeConfig('repeated', { ...table, backend: 'cpu', stages: [sampled] }),
    );
    expect(reportOf(await repeated.finished).scores.multiLabel?.mAP).toBeGreaterThan(0.5);
    const moved = bench.start(
      bench.writeConfig('moved', {
        ...table,
        backend: 'cpu',
        stages: [stage('sigmoid')],
        posthoc: '{ kind: thresholds }',
      }),
    );
    const report = reportOf(await moved.finished);
    expect(report.selectedOn).toBe('validation');
    // Rankings stay those of the plain run, decisions move.
    expect(report.scores.multiLabel?.mAP).toBe(report.baseline?.scores.multiLabel?.mAP);
    const thresholds = report.scores.multiLabel?.labels.map(({ threshold }) => threshold) ?? [];
    expect(thresholds.some((threshold) => threshold !== 0.5)).toBe(true);
  });

  it('refuses what is for one label, and names the losses that fit', async () => {
    const path = bench.writeConfig('softmax', {
      ...table,
      backend: 'cpu',
      stages: [stage('focal')],
    });
    const end = await bench.start(path).finished;
    expect(end).toMatchObject({ outcome: 'failed', error: { code: 'train/config' } });
    expect(JSON.stringify(end)).toContain('asymmetric');
  });
});

describe('texts', () => {
  it('train from hashed word sequences, and the model says how they are made', async () => {
    const path = bench.writeConfig('news', {
      dataset: `dataset: { root: ${JSON.stringify(join(folder, 'news'))} }`,
      input: 'input: { kind: text, text: { ngrams: 1, features: 1024 } }',
      model: '{ kind: linear }',
      backend: 'cpu',
      stages: [
        '{ name: train, epochs: 12, loss: { kind: logit-adjusted }, optimizer: { learningRate: 0.5, batchSize: 32 } }',
      ],
    });
    const run = bench.start(path);
    const report = reportOf(await run.finished);
    expect(report.scores.balancedAccuracy).toBeGreaterThan(0.9);
    const model: unknown = JSON.parse(
      readFileSync(join(run.folder, 'model', 'model.json'), 'utf8'),
    );
    expect(model).toMatchObject({
      inputShape: [1024],
      input: { kind: 'text', column: 'body', ngrams: 1, hash: 'fnv-1a-32' },
    });
  });
});
