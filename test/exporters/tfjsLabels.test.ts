import type * as Tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { exporterNamed } from '../../src/exporters';
import { labelCases } from './labelCases';
import { near, openModules } from './tfjsModule';

type Rows = readonly (readonly number[])[];

interface Module {
  readonly epochIndices: (
    labels: Rows,
    classNames: readonly string[],
    options?: { epoch?: number; seed?: number },
  ) => readonly number[];
  readonly epochBatches: (
    xs: Tf.Tensor,
    labels: Rows,
    classNames: readonly string[],
    options?: object,
  ) => Iterable<{ xs: Tf.Tensor; ys: Tf.Tensor }>;
  readonly makeLoss: (
    classNames: readonly string[],
    options?: object,
  ) => (yTrue: Tf.Tensor, yPred: Tf.Tensor) => Tf.Tensor;
  readonly startBias: (classNames: readonly string[]) => readonly number[];
}

interface Expected {
  readonly classNames: readonly string[];
  readonly leftOut: readonly string[];
  readonly targets: Rows;
  readonly draws: number;
  readonly labelShares: readonly number[];
  readonly epochs: number;
  readonly switchAt: number;
  readonly batch: { readonly targets: Rows; readonly logits: Rows };
  readonly each: readonly number[];
  readonly mean: number;
  readonly start: readonly number[];
}

const modules = await openModules();
afterAll(() => modules.close());

describe.each(labelCases(exporterNamed('tfjs')))(
  'tfjs code: $name',
  ({ name, files, expected }) => {
    const own = expected as Expected;
    const names = [...own.classNames].sort();
    const order = names.map((one) => own.classNames.indexOf(one));
    const sorted = (rows: Rows): number[][] => rows.map((row) => order.map((j) => row[j] ?? NaN));
    const load = () => modules.load<Module>(name, files[0]?.text ?? '');

    it('draws samples by their labels', async () => {
      const { epochIndices, epochBatches, tf } = await load();
      const labels = sorted(own.targets);
      if (own.switchAt > 0)
        expect([...epochIndices(labels, names)].sort((a, b) => a - b)).toEqual([...labels.keys()]);
      const got = new Float64Array(names.length);
      const epochs = 30;
      for (let epoch = 0; epoch < epochs; epoch++) {
        const drawn = epochIndices(labels, names, { epoch: own.epochs - 1 + epoch, seed: 3 });
        expect(drawn.length).toBe(own.draws);
        for (const i of drawn)
          for (const [j, has] of (labels[i] ?? []).entries()) got[j]! += has / (epochs * own.draws);
      }
      order.forEach((j, label) => {
        const p = own.labelShares[j] ?? NaN;
        const most = 6 * Math.sqrt((p * (1 - p)) / (epochs * own.draws)) + 1e-4;
        expect(Math.abs((got[label] ?? NaN) - p)).toBeLessThanOrEqual(most);
      });
      const xs = tf.tensor2d(labels);
      const [batch] = epochBatches(xs, labels, names, { batchSize: 5 });
      expect(batch?.xs.dataSync()).toEqual(batch?.ys.dataSync());
    });

    it('has the loss of any rank, with labels that count for nothing', async () => {
      const { tf, makeLoss, startBias } = await load();
      const logits = tf.tensor2d(sorted(own.batch.logits));
      const targets = tf.tensor2d(sorted(own.batch.targets));
      const each = makeLoss(names, { reduction: 'none' });
      const mean = makeLoss(names);
      near(each(targets, logits).dataSync(), own.each);
      near(mean(targets, logits).dataSync(), [own.mean]);
      for (const shape of [
        [2, 12],
        [2, 2, 6],
      ])
        near(
          each(
            tf.reshape(targets, [...shape, names.length]),
            tf.reshape(logits, [...shape, names.length]),
          ).dataSync(),
          own.each,
        );
      const even = tf.tensor2d(
        sorted(own.batch.targets).map((row, i) => (i % 2 === 0 ? row.map(() => -1) : row)),
      );
      const odd = tf.range(1, own.each.length, 2, 'int32');
      near(mean(even, logits).dataSync(), [
        ...mean(tf.gather(targets, odd), tf.gather(logits, odd)).dataSync(),
      ]);
      const gradient = tf
        .grad((z) => mean(targets, z))(logits)
        .dataSync();
      expect(gradient.every(Number.isFinite)).toBe(true);
      near(
        startBias(names),
        order.map((j) => own.start[j] ?? NaN),
      );
    });

    it('stops at other names', async () => {
      const { tf, makeLoss, epochIndices } = await load();
      expect(() => makeLoss([...names, 'nobody'])).toThrow('nobody');
      expect(() => makeLoss(names.slice(1))).toThrow(JSON.stringify(names[0]));
      expect(() => epochIndices([[1]], names)).toThrow('classes');
      expect(() => makeLoss(names)(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow('classes');
      expect(own.leftOut).toEqual([]);
    });
  },
);
