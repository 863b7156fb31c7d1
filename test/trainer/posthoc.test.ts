import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { configSchema, type PosthocConfig, type RebalanceConfig } from '../../src/config/schema';
import { readEvents } from '../../src/run/runStore';
import type { TrainingData } from '../../src/trainer/data/trainingData';
import { readNpz } from '../../src/trainer/npz';
import { checkPosthoc, correct, needsOf } from '../../src/trainer/posthoc';
import type { Predictions } from '../../src/trainer/predictions';
import { createScorer } from '../../src/trainer/score';
import { createBench, kindsOf, reportOf, type Bench } from './runs';
import { writeTinyDataset } from './tinyDataset';

const configOf = (posthoc: unknown, more: object = {}): RebalanceConfig =>
  configSchema.parse({
    version: 1,
    dataset: { root: './data' },
    model: { kind: 'linear' },
    stages: [{ name: 'train', epochs: 1 }],
    posthoc,
    ...more,
  });

/** Rows of `perClass` items a class for train, validation and test; features are the logits. */
const worldOf = (classes: number, perClass: number, lean: number) => {
  const random = createRandom(5, 'world');
  const rows = 3 * classes * perClass;
  const trainCounts = Array.from({ length: classes }, (_, j) => 1000 / 10 ** j);
  const total = trainCounts.reduce((a, b) => a + b, 0);
  const classOf = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const part = (from: number) =>
    Uint32Array.from({ length: classes * perClass }, (_, i) => from * classes * perClass + i);
  const split = {
    train: part(0),
    validation: part(1),
    test: part(2),
    scoredSplit: 'test' as const,
  };
  const outputs = (own: Uint32Array) => {
    const logits = Float32Array.from(
      { length: own.length * classes },
      (_, i) =>
        2 * Number(classOf[own[Math.floor(i / classes)] ?? 0] === i % classes) +
        random.nextNormal() +
        lean * Math.log((trainCounts[i % classes] ?? 0) / total),
    );
    return { logits, features: logits };
  };
  const data: TrainingData = {
    root: '/data',
    fingerprint: '',
    samples: rows,
    classNames: ['ant', 'bee', 'cicada'].slice(0, classes),
    task: 'single-label',
    classOf,
    multi: null,
    split,
    bandCounts: trainCounts,
    trainCounts,
    input: {} as TrainingData['input'],
    issues: [],
  };
  const identity = Float64Array.from({ length: classes * classes }, (_, i) =>
    Number(i % classes === Math.floor(i / classes)),
  );
  const predictions: Predictions = {
    validation: outputs(split.validation),
    test: outputs(split.test),
    fitted: { train: outputs(split.train).features, classifier: identity },
  };
  const run = (posthoc: unknown, more: object = {}) => {
    const config = configOf(posthoc, more);
    checkPosthoc(config, data);
    const scorer = createScorer(config, data);
    const corrected = correct(config, data, predictions, scorer);
    return { ...corrected, scores: scorer.score(corrected.test, split.test, corrected.thresholds) };
  };
  return { data, predictions, run };
};

describe('what comes after training', () => {
  const three = worldOf(3, 60, 1);

  it('takes the class shares out, tau chosen on validation', () => {
    const none = three.run({ kind: 'none' });
    const fixed = three.run({ kind: 'logit-adjustment' });
    expect(fixed).toMatchObject({ selectedOn: 'fixed', posthoc: { tau: 1, note: 'tau.fixed' } });
    const tuned = three.run({ kind: 'logit-adjustment', tau: 'auto' });
    expect(tuned).toMatchObject({ selectedOn: 'validation', posthoc: { tau: 1 } });
    expect(tuned.posthoc.tried.length).toBeGreaterThan(10);
    expect(fixed.scores.balancedAccuracy ?? 0).toBeGreaterThan(
      (none.scores.balancedAccuracy ?? 1) + 0.1,
    );
  });

  it('corrects by what the last stage came to draw and weigh, not by what it would have later', () => {
    const adjusted = { kind: 'logit-adjustment' };
    const wanted = three.run(adjusted).test;
    const stage = { name: 'train', epochs: 1 };
    const unswitched = { ...stage, epochs: 2, switchAt: 2 };
    for (const one of [
      { ...stage, sampler: { kind: 'progressive' } },
      { ...unswitched, sampler: { kind: 'class-balanced' } },
      { ...unswitched, weights: { kind: 'inverse' } },
    ]) {
      const { test } = three.run(adjusted, { stages: [one] });
      for (let i = 0; i < wanted.length; i++) expect(test[i]).toBeCloseTo(wanted[i] ?? NaN, 12);
    }
  });

  it('divides classifier rows by their norms, and leaves the bias', () => {
    // Unit rows: every tau gives the features themselves.
    const { test, posthoc } = three.run({ kind: 'tau-norm', tau: 1.5 });
    expect([...(test as Float64Array)]).toEqual([...three.predictions.test.features]);
    expect(posthoc).toMatchObject({ kind: 'tau-norm', tau: 1.5 });
    const doubled = {
      ...three.predictions,
      fitted: { train: null, classifier: Float64Array.of(4, 0, 0, 0, 1, 0, 0, 0, 0.25) },
    };
    const config = configOf({ kind: 'tau-norm', tau: 0.5 });
    const own = correct(config, three.data, doubled, createScorer(config, three.data));
    const features = three.predictions.test.features;
    [2, 1, 0.5].forEach((scale, j) =>
      expect(own.test[j]).toBeCloseTo(scale * (features[j] ?? NaN), 12),
    );
    expect(three.run({ kind: 'tau-norm', tau: 'auto' }).selectedOn).toBe('validation');
  });

  it.each(['cosine', 'l2', 'cl2n-cos'])(
    'compares with the means of the training features: %s',
    (variant) => {
      const { scores, validation, selectedOn } = worldOf(3, 60, 0).run({
        kind: 'nearest-mean',
        variant,
      });
      expect(scores.balancedAccuracy ?? 0).toBeGreaterThan(0.75);
      expect(validation).toHaveLength(540);
      expect(selectedOn).toBe('fixed');
    },
  );

  it('moves the threshold of the rarer of two classes on validation', () => {
    const two = worldOf(2, 100, 1);
    const floor = two.run({ kind: 'thresholds', metric: 'balanced-accuracy' });
    expect(floor).toMatchObject({
      selectedOn: 'validation',
      posthoc: { note: 'threshold.chosen' },
    });
    const [name, threshold] = Object.entries(floor.posthoc.thresholds ?? {})[0] ?? [];
    expect(name).toBe('bee');
    expect(threshold).toBeLessThan(0.4);
    const plain = two.run({ kind: 'none' });
    expect(floor.scores.balancedAccuracy ?? 0).toBeGreaterThan(
      (plain.scores.balancedAccuracy ?? 1) + 0.05,
    );
    const dear = two.run({
      kind: 'thresholds',
      metric: 'cost',
      costs: { falsePositive: 50, falseNegative: 1 },
    });
    expect(Object.values(dear.posthoc.thresholds ?? {})[0]).toBeGreaterThan(threshold ?? 1);
    const few = worldOf(2, 19, 1).run({ kind: 'thresholds' });
    expect(few.posthoc).toMatchObject({ note: 'threshold.fewItems', thresholds: { bee: 0.5 } });
  });

  it('gives every label of several a threshold', () => {
    const one = worldOf(3, 60, 1);
    const targets = (rows: Uint32Array): Uint8Array =>
      Uint8Array.from({ length: rows.length * 3 }, (_, i) =>
        Number((one.data.classOf[rows[Math.floor(i / 3)] ?? 0] ?? 0) >= i % 3),
      );
    const data = {
      ...one.data,
      task: 'multi-label' as const,
      multi: { labelsOf: () => new Uint32Array(), targets },
    };
    const config = configOf({ kind: 'thresholds' });
    const { thresholds, posthoc } = correct(
      config,
      data,
      one.predictions,
      createScorer(config, data),
    );
    // Every item has the first label, so there is nothing to choose on.
    expect(thresholds?.[0]).toBe(0.5);
    expect(thresholds?.[2]).not.toBe(0.5);
    expect(Object.keys(posthoc.thresholds ?? {})).toEqual(['ant', 'bee', 'cicada']);
    // Where a false alarm costs far more than a miss, none is given; a report is JSON.
    const dear = { falsePositive: 1e9, falseNegative: 1e-9 };
    const never = configOf({ kind: 'thresholds', metric: 'cost', costs: dear });
    const { test } = one.predictions;
    const unsure = { ...test, logits: new Float32Array(test.logits.length) };
    const silent = correct(
      never,
      data,
      { ...one.predictions, validation: unsure },
      createScorer(never, data),
    );
    const written: unknown = JSON.parse(JSON.stringify(silent.posthoc.thresholds));
    expect(written).toEqual({ ant: 0.5, bee: 2, cicada: 2 });
    const set = configOf({ kind: 'thresholds', at: { bee: 0.3 } });
    const given = correct(set, data, one.predictions, createScorer(set, data));
    expect(given.thresholds).toEqual([0.5, 0.3, 0.5]);
  });

  it('takes thresholds as the config gives them, on validation or without', () => {
    const at = { ant: 0.5, bee: 0.06, cicada: 0.005 };
    const { test, posthoc, selectedOn, scores } = three.run({ kind: 'thresholds', at });
    expect(selectedOn).toBe('fixed');
    expect(posthoc).toMatchObject({ note: 'threshold.given', thresholds: at });
    const { logits } = three.predictions.test;
    const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
    const rows = Array.from({ length: logits.length / 3 }, (_, row) => 3 * row);
    for (const row of rows) {
      const odds = [0.5, 0.06, 0.005].map((t, j) => Math.exp(logits[row + j] ?? NaN) / t);
      expect(largest([0, 1, 2].map((j) => test[row + j] ?? NaN))).toBe(largest(odds));
    }
    // What theory gives is near: it beats the model as it is.
    const plain = three.run({ kind: 'none' }).scores.balancedAccuracy ?? 1;
    expect(scores.balancedAccuracy ?? 0).toBeGreaterThan(plain + 0.1);
    const unseen = { ...three.data, split: { ...three.data.split, validation: new Uint32Array() } };
    checkPosthoc(configOf({ kind: 'thresholds', at }), unseen);
    // Of two, one that is named is enough; both come to the share of the rarer.
    const two = worldOf(2, 30, 1);
    for (const own of [{ bee: 0.2 }, { ant: 0.8 }, { bee: 0.1, ant: 0.4 }])
      expect(two.run({ kind: 'thresholds', at: own }).posthoc.thresholds?.['bee']).toBeCloseTo(0.2);
  });

  it('asks the network for no more than it needs', () => {
    const needs = (posthoc: PosthocConfig | object) => needsOf(configOf(posthoc));
    expect(needs({ kind: 'logit-adjustment' })).toBe('outputs');
    expect(needs({ kind: 'tau-norm' })).toBe('classifier');
    expect(needs({ kind: 'nearest-mean' })).toBe('features');
  });

  it('refuses before training what cannot come after it', () => {
    const refused = (posthoc: unknown, more: object, data = three.data) =>
      expect(() => checkPosthoc(configOf(posthoc, more), data));
    const unseen = { ...three.data, split: { ...three.data.split, validation: new Uint32Array() } };
    refused({ kind: 'thresholds' }, {}, worldOf(2, 1, 0).data).not.toThrow();
    refused({ kind: 'thresholds' }, {}).toThrow('train/thresholds-classes');
    refused({ kind: 'tau-norm', tau: 'auto' }, {}, unseen).toThrow('train/tune-without-validation');
    refused({ kind: 'thresholds' }, {}, unseen).toThrow('train/tune-without-validation');
    const cosine = { stages: [{ name: 'a', epochs: 1, classifier: { kind: 'cosine' } }] };
    const own = { model: { kind: 'linear', classifier: { kind: 'mlp' } } };
    refused({ kind: 'tau-norm', tau: 1 }, own).toThrow('train/tau-norm-classifier');
    refused({ kind: 'tau-norm', tau: 1 }, cosine).toThrow('train/tau-norm-classifier');
  });
});

describe('corrections of a trained network', () => {
  let bench: Bench;
  const root = mkdtempSync(join(tmpdir(), 'longtail-posthoc-'));
  beforeAll(() => {
    bench = createBench(join(root, 'bench'), writeTinyDataset(join(root, 'data')).root);
  });
  afterAll(() => rmSync(root, { recursive: true }));
  const recipe = { model: '{ kind: mlp, hidden: [8] }', backend: 'cpu' };

  it('take the weights of the baseline, and train nothing', async () => {
    const first = bench.writeConfig('tau', { ...recipe, posthoc: '{ kind: tau-norm, tau: 1 }' });
    const run = bench.start(first);
    const report = reportOf(await run.finished);
    expect(report.title).toBe('Tau-normalised classifier');
    expect(report.timings).toEqual([]);
    const weights = readNpz(join(run.folder, 'model', 'weights.npz')).get('classifier/kernel');
    const test = readNpz(join(run.folder, 'predictions', 'test.npz'));
    const features = test.get('features');
    const labels = test.get('labels')?.values ?? [];
    const [width = 0, classes = 0] = weights?.shape ?? [];
    // By hand from what was saved: argmax of f · w / |w|, mean recall over classes of 20 items.
    const norms = Array.from({ length: classes }, (_, j) =>
      Math.hypot(
        ...Array.from({ length: width }, (__, d) => weights?.values[d * classes + j] ?? 0),
      ),
    );
    let right = 0;
    Array.from(labels).forEach((label, row) => {
      const scores = norms.map((norm, j) =>
        Array.from({ length: width }, (_, d) => d).reduce(
          (sum, d) =>
            sum +
            ((features?.values[row * width + d] ?? 0) * (weights?.values[d * classes + j] ?? 0)) /
              norm,
          0,
        ),
      );
      if (scores.indexOf(Math.max(...scores)) === label) right++;
    });
    expect(report.scores.accuracy).toBeCloseTo(right / labels.length, 12);
    const second = bench.writeConfig('mean', { ...recipe, posthoc: '{ kind: nearest-mean }' });
    const means = bench.start(second);
    const other = reportOf(await means.finished);
    expect(kindsOf(readEvents(means.folder)).has('step')).toBe(false);
    expect(other.baseline?.id).toBe(report.baseline?.id);
    expect(other.scores.balancedAccuracy ?? 0).toBeGreaterThan(0.25);
  });
});
