import type * as Tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { exporterNamed } from '../../src/exporters';
import { casesFor } from './cases';
import { near, openModules } from './tfjsModule';

interface Module {
  readonly epochIndices: (
    labels: readonly number[],
    classNames: readonly string[],
    options?: { epoch?: number; seed?: number },
  ) => readonly number[];
  readonly epochBatches: (
    xs: Tf.Tensor,
    labels: readonly number[],
    classNames: readonly string[],
    options?: object,
  ) => Iterable<{ xs: Tf.Tensor; ys: Tf.Tensor }>;
  readonly makeLoss: (
    classNames: readonly string[],
    options?: object,
  ) => ((yTrue: Tf.Tensor, yPred: Tf.Tensor) => Tf.Tensor) & {
    readonly setEpoch?: (epoch: number) => void;
  };
  readonly correctLogits?: (logits: Tf.Tensor, classNames: readonly string[]) => Tf.Tensor;
}

interface Expected {
  readonly classNames: readonly string[];
  readonly counts: readonly number[];
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly posthocOffsets: readonly (number | null)[] | null;
  readonly leftOut: readonly string[];
  readonly stages: readonly {
    readonly epochs: number;
    readonly switchAt: number;
    readonly weights: readonly number[] | null;
    readonly sampler: { readonly shares: readonly number[]; readonly draws: number };
    readonly loss: {
      readonly plain: readonly number[];
      readonly each: readonly number[];
      readonly mean: number;
    };
  }[];
}

const modules = await openModules();
afterAll(() => modules.close());
const load = (name: string, text: string) => modules.load<Module>(name, text);

const cases = casesFor(exporterNamed('tfjs')).filter(({ name }) => !name.startsWith('labels-'));
describe.each(cases)('tfjs code: $name', ({ name, files, expected }) => {
  const own = expected as Expected;
  // Names as a user has them: by code point, so never in the order of the file.
  const names = [...own.classNames].sort();
  const order = names.map((one) => own.classNames.indexOf(one));
  const stage = own.stages.at(-1)!;

  it('draws as the sampler does', async () => {
    const { epochIndices } = await load(name, files[0]?.text ?? '');
    const labels = order.flatMap((j, label) =>
      Array.from({ length: own.counts[j] ?? 0 }, () => label),
    );
    const epoch = stage.epochs - 1;
    const drawn = epochIndices(labels, names, { epoch, seed: 3 });
    expect(drawn.length).toBe(stage.sampler.draws);
    const got = new Float64Array(names.length);
    for (const i of drawn) got[labels[i] ?? 0]! += 1 / drawn.length;
    order.forEach((j, label) => {
      const p = stage.sampler.shares[j] ?? NaN;
      // Six standard deviations of a binomial share: one false alarm in 10^9.
      const most = 6 * Math.sqrt((p * (1 - p)) / drawn.length) + 1e-4;
      expect(Math.abs((got[label] ?? NaN) - p)).toBeLessThanOrEqual(most);
    });
    expect(epochIndices(labels, names, { epoch, seed: 3 })).toEqual(drawn);
    expect(epochIndices(labels, names, { epoch: epoch + 1, seed: 3 })).not.toEqual(drawn);
    if (stage.switchAt > 0)
      expect([...epochIndices(labels, names)].sort((a, b) => a - b)).toEqual([...labels.keys()]);
  });

  it('has the loss on labels, columns and one-hot, of any rank', async () => {
    const { tf, makeLoss } = await load(name, files[0]?.text ?? '');
    const logits = tf.tensor2d(own.logits.map((row) => order.map((j) => row[j] ?? NaN)));
    const labels = own.labels.map((label) => order.indexOf(label));
    const each = makeLoss(names, { reduction: 'none' });
    const mean = makeLoss(names);
    const sparse = tf.tensor1d(labels, 'int32');
    if (stage.switchAt > 0 && stage.weights !== null) {
      near(each(sparse, logits).dataSync(), stage.loss.plain);
      each.setEpoch?.(stage.switchAt);
      mean.setEpoch?.(stage.switchAt);
    }
    const { each: wanted } = stage.loss;
    near(each(sparse, logits).dataSync(), wanted);
    near(each(tf.reshape(sparse, [-1, 1]), logits).dataSync(), wanted);
    near(each(tf.oneHot(sparse, names.length), logits).dataSync(), wanted);
    for (const shape of [
      [2, labels.length / 2],
      [2, 2, labels.length / 4],
    ])
      near(
        each(tf.reshape(sparse, shape), tf.reshape(logits, [...shape, names.length])).dataSync(),
        wanted,
      );
    near(mean(sparse, logits).dataSync(), [stage.loss.mean]);
    const some = labels.map((label, i) => (i % 2 === 0 ? -1 : label));
    const odd = labels.filter((_, i) => i % 2 === 1);
    const rows = tf.gather(
      logits,
      tf.tensor1d(
        [...labels.keys()].filter((i) => i % 2 === 1),
        'int32',
      ),
    );
    near(mean(tf.tensor1d(some, 'int32'), logits).dataSync(), [
      ...mean(tf.tensor1d(odd, 'int32'), rows).dataSync(),
    ]);
    const gradient = tf
      .grad((z) => mean(sparse, z))(logits)
      .dataSync();
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(() => mean(sparse, tf.reshape(logits, [-1, 1]))).toThrow('classes');
  });

  it('stops at other names, and makes batches', async () => {
    const { tf, makeLoss, epochBatches, correctLogits } = await load(name, files[0]?.text ?? '');
    expect(() => makeLoss([...names, 'nobody'])).toThrow('nobody');
    expect(() => makeLoss(names.slice(1))).toThrow(JSON.stringify(names[0]));
    const labels = own.counts.flatMap((count, j) => (count > 0 ? [order.indexOf(j)] : []));
    const xs = tf.tensor2d(labels.map((label) => [label]));
    const [batch] = epochBatches(xs, labels, names, { batchSize: 2 });
    expect(batch?.xs.dataSync()).toEqual(Float32Array.from(batch?.ys.dataSync() ?? []));
    if (own.posthocOffsets === null || correctLogits === undefined) return;
    const got = correctLogits(tf.zeros([1, names.length]), names).dataSync();
    order.forEach((j, i) => {
      expect(got[i]).toBeCloseTo(own.posthocOffsets?.[j] ?? -Infinity, 4);
    });
  });
});
