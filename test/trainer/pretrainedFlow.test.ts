import { encode } from 'fast-png';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { npyParts } from '../../src/dataset/arrays/npy';
import { zipParts } from '../../src/dataset/arrays/zip';
import type { TrainerEvent } from '../../src/protocol/trainer';
import { readEvents } from '../../src/run/runStore';
import { createBench, kindsOf, lasting, reportOf, type Bench } from './runs';

const cache = process.env['XDG_CACHE_HOME'] || join(os.homedir(), '.cache');
const weightsPath = join(cache, 'longtail', 'pretrained', 'efficientnet-lite0.ltw');

const head = (loss: string): string =>
  `{ name: train, epochs: 8, loss: { kind: ${loss} }, optimizer: { learningRate: 0.01, nesterov: false, weightDecay: 5e-4, schedule: constant, batchSize: 32 } }`;

const counts = { red: 60, green: 24, blue: 8 };
const folder = mkdtempSync(join(os.tmpdir(), 'longtail-pretrained-flow-'));
const root = join(folder, 'data');
const paths: string[] = [];
let bench: Bench;

/** Colour pictures: a disc of the class's colour on noise, 24 × 24. */
const drawDisc = (label: number, seed: number): Uint8Array => {
  const random = createRandom(seed, 'disc', label);
  const data = Uint8Array.from({ length: 24 * 24 * 3 }, () => random.nextInt(100));
  const [cx, cy] = [8 + random.nextInt(8), 8 + random.nextInt(8)];
  for (let y = 0; y < 24; y++)
    for (let x = 0; x < 24; x++)
      if ((x - cx) ** 2 + (y - cy) ** 2 < 36) data[(y * 24 + x) * 3 + label] = 230;
  return data;
};

beforeAll(() => {
  Object.entries(counts).forEach(([name, count], label) => {
    for (const [split, pictures] of [
      ['train', count],
      ['test', 12],
    ] as const)
      for (let i = 0; i < pictures; i++) {
        mkdirSync(join(root, split, name), { recursive: true });
        const data = drawDisc(label, split === 'train' ? i : 1e6 + i);
        const path = `${split}/${name}/${i}.png`;
        writeFileSync(join(root, path), encode({ width: 24, height: 24, data, channels: 3 }));
        paths.push(path);
      }
  });
  bench = createBench(join(folder, 'bench'), root);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** NumPy's U array: UTF-32 of a fixed width. */
const textArray = (texts: readonly string[]): Uint8Array[] => {
  const width = Math.max(...texts.map((text) => text.length));
  const [header = new Uint8Array()] = npyParts({
    shape: [texts.length],
    values: new Float32Array(texts.length),
  });
  const named = Buffer.from(header).toString('latin1').replace("'<f4'", `'<U${width}'`);
  // One or two characters longer: as many of the blanks before the line's end go.
  const fitted = named.replace(new RegExp(` {${named.length - header.length}}\n$`), '\n');
  const codes = Uint32Array.from({ length: texts.length * width }, (_, i) => {
    const text = texts[Math.floor(i / width)] ?? '';
    return i % width < text.length ? text.charCodeAt(i % width) : 0;
  });
  return [Buffer.from(fitted, 'latin1'), new Uint8Array(codes.buffer)];
};

describe('features by path', () => {
  it('train a head; a picture without features is left out and said', async () => {
    const known = paths.filter((path) => path !== 'train/red/5.png');
    const random = createRandom(1);
    const names = Object.keys(counts);
    const values = Float32Array.from({ length: known.length * 3 }, (_, i) => {
      const own = names.indexOf(known[Math.floor(i / 3)]?.split('/')[1] ?? '') === i % 3;
      return (own ? 3 : 0) + random.nextNormal();
    });
    const parts = zipParts([
      { name: 'features.npy', parts: npyParts({ shape: [known.length, 3], values }) },
      { name: 'paths.npy', parts: textArray(known) },
    ]);
    writeFileSync(join(bench.folder, 'mine.npz'), Buffer.concat([...(parts ?? [])]));
    const config = bench.writeConfig('given', {
      model: '{ kind: pretrained, features: ./mine.npz }',
      input: 'input: { augment: [] }',
      stages: [head('logit-adjusted')],
      backend: 'cpu',
    });
    const report = reportOf(await bench.start(config).finished);
    expect(report.scores.balancedAccuracy).toBeGreaterThan(0.8);
    expect(report.issues.map(({ code, params }) => [code, params['path']])).toContainEqual([
      'train/unreadable-image',
      'train/red/5.png',
    ]);
  });
});

const noWeights = existsSync(weightsPath) ? null : `skipped: ${weightsPath} is missing`;

describe.skipIf(noWeights !== null)(noWeights ?? 'a pretrained model', () => {
  it('trains its head on wasm, adjusts afterwards, and finds its features again', async () => {
    const recipe = {
      model: '{ kind: pretrained }',
      input: 'input: { size: [64, 64], augment: [flip] }',
      stages: [head('cross-entropy')],
      backend: 'wasm',
    };
    const adjusted = bench.writeConfig('adjusted', {
      ...recipe,
      posthoc: '{ kind: logit-adjustment, tau: 1 }',
    });
    const report = reportOf(await bench.start(adjusted).finished);
    expect(report.scores.balancedAccuracy).toBeGreaterThan(0.8);
    expect(report.baseline?.scores.balancedAccuracy).toBeGreaterThan(0.5);
    // Plain JavaScript may not run the network; with the cache of another backend it still may not.
    const onCpu = bench.writeConfig('cpu', { ...recipe, backend: 'cpu' });
    expect(await bench.start(onCpu).finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'train/cpu-conv' },
    });
    const again = bench.writeConfig('again', {
      ...recipe,
      seed: 7,
      stages: [head('logit-adjusted')],
    });
    expect(reportOf(await bench.start(again).finished).scores.balancedAccuracy).toBeGreaterThan(
      0.8,
    );
  });

  it('says how far it is with the pictures, stops between them, and goes on from there', async () => {
    const config = bench.writeConfig('stopped', {
      model: '{ kind: pretrained }',
      input: 'input: { size: [160, 160], augment: [flip] }',
      stages: [head('cross-entropy')],
      backend: 'wasm',
    });
    const said: TrainerEvent[] = [];
    const first = bench.start(config, {
      onEvent: (event) => {
        said.push(event);
        if (event.kind === 'features' && event.done > 0) first.stop();
      },
    });
    expect(await first.finished).toEqual({ outcome: 'stopped', step: 'asked' });
    const total = paths.length;
    expect(said[0]).toMatchObject({ kind: 'features', backend: 'wasm', done: 0, total });
    expect(kindsOf(said)).toEqual(new Set(['features']));

    const again: TrainerEvent[] = [];
    const second = bench.start(config, {
      runFolder: first.folder,
      resume: true,
      onEvent: (event) => again.push(event),
    });
    const report = reportOf(await second.finished);
    // The second attempt's events come after those of the first.
    const begin = again.find(({ seq }) => seq > (said.at(-1)?.seq ?? 0));
    if (begin?.kind !== 'features') throw new Error('no features were taken');
    expect(begin.done).toBeGreaterThan(0);
    expect(begin.done).toBeLessThan(total);
    expect(report.issues).toEqual([]);
    // What is left of the log is the run's own, from its first event on.
    const kept = readEvents(first.folder);
    expect(kept[0]).toMatchObject({ kind: 'run/start', seq: 0 });
    expect(kindsOf(kept)).not.toContain('features');

    const whole = createBench(join(folder, 'whole'), root);
    const uncut = reportOf(await whole.start(config).finished);
    expect(lasting(report)).toEqual(lasting(uncut));
  });
});
