import { describe, expect, it } from 'vitest';
import { plainConfig } from '../../../src/config/defaults';
import { stageDraws } from '../../../src/config/preview/draws';
import { dryRun } from '../../../src/config/preview/dryRun';
import { networkSize } from '../../../src/config/preview/networkSize';
import { samplerSchema } from '../../../src/config/samplers';
import { configSchema, modelSchema, type RebalanceConfig } from '../../../src/config/schema';
import { modelSpec } from '../../../src/trainer/models';
import type { LayerSpec } from '../../../src/trainer/models/types';
import { createSampler } from '../../../src/config/samplers/createSampler';
import { expressibleMethods } from '../../support/expressible';
import { profileOf } from '../../support/configs';

const variants: Readonly<Record<string, readonly object[]>> = {
  power: [{ q: -1 }, { q: 0.3 }],
  'repeat-factor': [{}, { threshold: 0.3, squareRoot: false, most: 4 }],
  over: [{}, { ratio: 0.3 }, { strategy: 'minority' }],
  under: [{}, { ratio: 0.05 }, { strategy: 'majority' }],
};
const samplers = [...expressibleMethods()]
  .filter((method) => method.startsWith('sampler:'))
  .map((method) => method.slice('sampler:'.length))
  .flatMap((kind) =>
    (variants[kind] ?? [{}]).map((settings) => samplerSchema.parse({ kind, ...settings })),
  );

const counts = [50, 20, 9, 0, 3];
const labels = Int32Array.from(counts.flatMap((n, label) => new Array<number>(n).fill(label)));

describe.each(samplers.map((sampler) => [JSON.stringify(sampler), sampler] as const))(
  'expected draws of %s',
  (_, sampler) => {
    it('are those the trainer makes, in the mean over many epochs', () => {
      // Different seeds stand for many trainings: an epoch's expectation depends on its place.
      const epochs = 3;
      const seeds = 400;
      const schedule = { epochs, switchAt: 1 };
      for (let epoch = 0; epoch < epochs; epoch++) {
        const drawn = counts.map(() => 0);
        let length = 0;
        for (let seed = 0; seed < seeds; seed++) {
          const made = createSampler(sampler, { labels, counts, seed }, schedule);
          length += made.draws(epoch);
          for (const position of made.epoch(epoch)) drawn[labels[position]!]!++;
        }
        const from = { counts, items: labels.length };
        const expected = stageDraws({ sampler, ...schedule }, from, epoch);
        expect(expected.samples * seeds).toBe(length);
        drawn.forEach((n, j) => {
          // Five deviations of the mean of draws that are at most as uneven as independent ones.
          const mean = expected.classes[j]!;
          const room = 5 * Math.sqrt(Math.max(mean, 0.02) / seeds);
          expect(Math.abs(n / seeds - mean), `class ${j} epoch ${epoch}`).toBeLessThan(room);
        });
      }
    });
  },
);

/** Layers counted as the trainer builds them: numbers put out, weights, multiplications. */
const walk = (
  layers: readonly LayerSpec[],
  input: readonly [number, number, number],
): { shape: readonly [number, number, number]; parameters: number; work: number; out: number } => {
  let [height, width, channels] = input;
  let [parameters, work, out] = [0, 0, 0];
  const within = (inner: readonly LayerSpec[]) => {
    const found = walk(inner, [height, width, channels]);
    parameters += found.parameters;
    work += found.work;
    out += found.out;
    return found.shape;
  };
  for (const layer of layers) {
    if (layer.kind === 'conv') {
      height = Math.ceil(height / layer.stride);
      width = Math.ceil(width / layer.stride);
      const kernel = layer.size ** 2 * channels * layer.filters;
      channels = layer.filters;
      parameters += kernel;
      work += kernel * height * width;
      out += height * width * channels;
    } else if (layer.kind === 'batch-norm') {
      parameters += 2 * channels;
      out += height * width * channels;
    } else if (layer.kind === 'relu') out += height * width * channels;
    else if (layer.kind === 'max-pool') {
      height = Math.ceil(height / layer.stride);
      width = Math.ceil(width / layer.stride);
    } else if (layer.kind === 'flatten') {
      [height, width, channels] = [1, 1, height * width * channels];
    } else if (layer.kind === 'global-average-pool') [height, width] = [1, 1];
    else if (layer.kind === 'dense') {
      parameters += channels * layer.units + layer.units;
      work += channels * layer.units;
      channels = layer.units;
      out += channels;
    } else if (layer.kind === 'residual') {
      const before = [height, width, channels] as const;
      const shape = within(layer.body);
      [height, width, channels] = before;
      if (layer.shortcut.length > 0) within(layer.shortcut);
      [height, width, channels] = shape;
    } else {
      const first = within(layer.first);
      within(layer.second);
      [height, width, channels] = [first[0], first[1], 2 * first[2]];
    }
  }
  return { shape: [height, width, channels], parameters, work, out };
};

const models = [
  { kind: 'resnet-8' },
  { kind: 'resnet-20', width: 8 },
  { kind: 'resnet-32' },
  { kind: 'small-cnn' },
  { kind: 'bbn', backbone: 'resnet-20' },
  { kind: 'mlp', hidden: [64, 32] },
  { kind: 'linear' },
];

describe.each(models.map((model) => [JSON.stringify(model), model] as const))(
  'the size of %s',
  (_, written) => {
    it('is that of the layers the trainer builds', () => {
      const model = modelSchema.parse(written);
      const picture = { kind: 'image', size: [33, 28], channels: 3 } as const;
      const size = networkSize(model, picture, 7);
      const layers = walk(modelSpec(model).backbone, [33, 28, 3]);
      const features = layers.shape[2];
      expect(size.features).toBe(features);
      expect(size.parameters).toBe(layers.parameters + features * 7 + 7);
      expect(size.multiplyAdds).toBe(layers.work + features * 7);
      expect(size.activations).toBe(layers.out + 7);
    });
  },
);

const profile = profileOf({ counts: [1000, 100, 10], test: 50 });
const changed = (more: object): RebalanceConfig => {
  const plain = plainConfig(profile, { root: './data', imageSize: [32, 32], channels: 3 });
  return configSchema.parse({ ...plain, ...more });
};
const stage = { name: 'train', epochs: 4, optimizer: { batchSize: 50 } };

describe('a dry run', () => {
  it('holds out before it counts, and gives each class its share, weight and prior', () => {
    const run = dryRun(
      changed({
        dataset: { root: './data', splits: { train: 'train', validation: 0.1, test: 'test' } },
        stages: [{ ...stage, weights: { kind: 'inverse', normalisation: 'class-mean' } }],
      }),
      profile,
    );
    // A tenth of 1000, 100 and 10: 100, 10 and 1.
    expect(run.classes.map(({ count }) => count)).toEqual([900, 90, 9]);
    expect(run.parts).toEqual({ train: 999, validation: 111, test: 150 });
    expect(run.stages[0]).toMatchObject({ steps: 4 * 20, draws: { first: 999, last: 999 } });
    expect(run.classes.map(({ stages }) => stages[0]?.repeats)).toEqual([1, 1, 1]);
    // Weights 1/n with mean 1 over the classes: 3 · (1/n) / Σ 1/n, so the weighted shares are equal.
    const sum = 1 / 900 + 1 / 90 + 1 / 9;
    [900, 90, 9].forEach((n, j) => {
      expect(run.classes[j]?.stages[0]?.weight).toBeCloseTo(3 / n / sum, 10);
      expect(run.classes[j]?.effectivePrior).toBeCloseTo(1 / 3, 10);
    });
  });

  it('draws classes alike with the balanced sampler, the smallest class far more than once', () => {
    const run = dryRun(
      changed({ stages: [{ ...stage, sampler: { kind: 'class-balanced' }, switchAt: 2 }] }),
      profile,
    );
    const smallest = run.classes[2];
    // Two epochs of 9 draws, two of 999 / 3.
    expect(smallest?.stages[0]?.draws).toEqual({ first: 9, last: 333, mean: (9 + 333) / 2 });
    expect(smallest?.stages[0]?.repeats).toBeCloseTo(171 / 9, 10);
  });

  it('takes earlier runs of the same shape for the time, else says it is a figure', () => {
    const config = changed({ stages: [stage], backend: 'auto' });
    const figure = dryRun(config, profile, { backend: 'native' });
    expect(figure.time).toMatchObject({ runs: 0, backend: 'native', baselineSeconds: 0 });
    const timings = [{ name: 'train', seconds: 8, steps: 40 }];
    const earlier = [{ config, backend: 'wasm', classes: 3, timings }];
    const known = dryRun(config, profile, { earlier });
    expect(known.time).toMatchObject({ runs: 1, backend: 'wasm', seconds: (8 / 40) * 80 });
    const other = changed({ stages: [{ ...stage, optimizer: { batchSize: 64 } }] });
    expect(dryRun(other, profile, { earlier }).time.runs).toBe(0);
  });

  it('gives the measured step of ResNet-8 as its figure, and four times the work about four times the time', () => {
    const optimizer = { batchSize: 128 };
    const perStep = (model: object, backend: 'native' | 'wasm'): number => {
      const config = changed({ model, stages: [{ ...stage, optimizer }], backend: 'auto' });
      const { time, stages } = dryRun(config, profile, { backend });
      return time.seconds / (stages[0]?.steps ?? 1);
    };
    // docs/benchmarks.md, 32×32×3: 75.1 ms natively, 431.6 ms on WebAssembly.
    expect(perStep({ kind: 'resnet-8' }, 'native') / 0.0751).toBeCloseTo(1, 1);
    expect(perStep({ kind: 'resnet-8' }, 'wasm') / 0.4316).toBeCloseTo(1, 1);
    const wide = perStep({ kind: 'resnet-8', width: 32 }, 'native');
    expect(wide / perStep({ kind: 'resnet-8' }, 'native')).toBeGreaterThan(3.5);
  });

  it('counts merged classes as one and leaves ignored ones out', () => {
    const [first = '', second = '', third = ''] = profile.classes.map(({ name }) => name);
    const splits = { train: 'train', validation: 'none', test: 'test' };
    const merged = dryRun(
      changed({
        dataset: { root: './data', splits, classes: { merge: { both: [second, third] } } },
      }),
      profile,
    );
    expect(merged.classes.map(({ name, count }) => [name, count])).toEqual([
      [first, 1000],
      ['both', 110],
    ]);
  });
});
