import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import {
  Tensor as LibraryTensor,
  logSoftmax,
  mean,
  mul,
  neg,
  sum,
  variableGrads,
  type io,
  type Scalar,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose } from './backendOps';
import { createRandom } from '../../src/common/random';
import type { ClassifierConfig, ModelConfig } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops, Tensor } from '../../src/trainer/backend/types';
import { exportLayersModel, type LayersExport } from '../../src/trainer/backend/layersModel';
import { priorEntropy } from '../../src/methods/priors';
import { initialBias } from '../../src/trainer/models/initialBias';
import { classifierSpec } from '../../src/trainer/models/classifier';
import { modelSpec, models } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { createSgd } from '../../src/trainer/models/optimizer';
import type { LayerSpec, ModelSpec, Network } from '../../src/trainer/models/types';

const classes = 4;
const batch = 6;
/** 19 ReLUs one behind the other leave 2 %; a term left out of a gradient would be far more. */
const tolerance = 0.03;

/** The smallest configuration of every kind. A new kind fails here until it has a row. */
const smallest: { readonly [K in ModelConfig['kind']]: Extract<ModelConfig, { kind: K }> } = {
  'resnet-8': { kind: 'resnet-8', width: 4 },
  'resnet-20': { kind: 'resnet-20', width: 4 },
  'resnet-32': { kind: 'resnet-32', width: 4 },
  'small-cnn': { kind: 'small-cnn', width: 4 },
  mlp: { kind: 'mlp', hidden: [7, 5] },
  linear: { kind: 'linear' },
  bbn: { kind: 'bbn', backbone: 'resnet-8', width: 4, adaptor: 'parabolic-decay' },
  pretrained: { kind: 'pretrained', net: 'efficientnet-lite0' },
};

/** Every classifier on a small network. */
const classifiers: Readonly<Record<string, ClassifierConfig>> = {
  'linear-without-bias': { kind: 'linear', bias: false },
  cosine: { kind: 'cosine', scale: 12 },
  'mlp-classifier': { kind: 'mlp', hidden: [9, 6] },
};

/** Layers no listed kind uses yet but the interpreter knows, so that all of it is tried. */
const everyLayer: ModelSpec = {
  kind: 'every-layer',
  backbone: [
    {
      kind: 'conv',
      ...{ name: 'c1', filters: 3, size: 3, stride: 2, padding: 'valid', bias: true, decay: true },
    },
    { kind: 'batch-norm', name: 'n1', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'relu', name: 'r1' },
    { kind: 'max-pool', name: 'p1', size: 2, stride: 2, padding: 'same' },
    { kind: 'flatten', name: 'f1' },
    { kind: 'dense', name: 'd1', units: 6, bias: false, decay: true },
    { kind: 'batch-norm', name: 'n2', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'relu', name: 'r2' },
  ],
  classifier: { kind: 'dense', name: 'classifier', bias: false, decay: false },
};

const specs: ModelSpec[] = [
  ...Object.values(smallest).map((config) => modelSpec(config)),
  ...Object.entries(classifiers).map(([kind, classifier]) => ({
    ...modelSpec({ kind: 'mlp', hidden: [7], classifier }),
    kind,
  })),
  everyLayer,
];

const lossOf = (ops: Ops, network: Network, x: Tensor, targets: Tensor) =>
  network.gradients(x, (logits) =>
    ops.tidy(() => {
      const { perExample, dLogits } = ops.softmaxCrossEntropy(logits, targets);
      const result = ops.read(perExample).reduce((sum, loss) => sum + loss, 0) / batch;
      return { result, dLogits: ops.affine(dLogits, 1 / batch) };
    }),
  );

const layersIn = (layers: readonly LayerSpec[]): readonly LayerSpec[] =>
  layers.flatMap((layer) =>
    layer.kind === 'residual'
      ? [layer, ...layersIn(layer.body), ...layersIn(layer.shortcut)]
      : layer.kind === 'branches'
        ? [layer, ...layersIn(layer.first), ...layersIn(layer.second)]
        : [layer],
  );

/** Of a listed kind, alone or in branches; the list of every layer is short enough for any backend. */
const isConvolutional = (spec: ModelSpec): boolean =>
  spec !== everyLayer && layersIn(spec.backbone).some(({ kind }) => kind === 'conv');

/** The model that the library reads from an export's files. */
const fromFiles = async (exported: LayersExport): Promise<LayersModel> => {
  const { modelJson, weightsBin } = await exported.toFiles();
  const { modelTopology, weightsManifest } = JSON.parse(modelJson) as {
    modelTopology: object;
    weightsManifest: { weights: io.WeightsManifestEntry[] }[];
  };
  return loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest[0]?.weights ?? [],
        weightData: weightsBin.slice().buffer,
      }),
  });
};

/** What every model must do, on one backend. */
export const describeModels = (id: BackendId): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(id));
  });

  it('every kind of the table is tried', () => {
    expect(Object.keys(smallest).sort()).toEqual(Object.keys(models).sort());
  });

  const build = (spec: ModelSpec, seed = 3): Network =>
    createNetwork(ops, spec, { inputShape: [8, 8, 2], classes, seed });
  const input = (): Tensor => {
    const random = createRandom(5, 'input');
    const values = Float32Array.from({ length: batch * 128 }, () => random.nextNormal());
    return ops.tensor(values, [batch, 8, 8, 2]);
  };
  const labels = (): Tensor => {
    const values = new Float32Array(batch * classes);
    for (let row = 0; row < batch; row++) values[row * classes + (row % classes)] = 1;
    return ops.tensor(values, [batch, classes]);
  };

  // Convolutions take seconds a step on plain cpu, which is not offered for them; the operations'
  // own suite tries them there.
  const offered = id === 'cpu' ? specs.filter((spec) => !isConvolutional(spec)) : specs;
  for (const spec of offered)
    describe(spec.kind, () => {
      // A step along a parameter of 31 ReLUs one behind the other always bends some of them: the
      // deepest net is held to automatic differentiation instead.
      it.skipIf(spec.kind === 'resnet-32')(
        'has gradients that agree with finite differences, and one for every parameter',
        () => {
          const network = build(spec);
          const x = input();
          const targets = labels();
          const { result: here, gradients } = lossOf(ops, network, x, targets);
          expect([...gradients.keys()].sort()).toEqual(
            network.parameters.map((p) => p.name).sort(),
          );
          const random = createRandom(11, spec.kind);
          const lossAt = (name: string, shape: readonly number[], values: Float32Array): number => {
            network.update(name, ops.tensor(values, shape));
            const { result, gradients: unused } = lossOf(ops, network, x, targets);
            ops.dispose(...unused.values());
            return result;
          };
          for (const { name, shape, value } of network.parameters) {
            const start = ops.read(value);
            const gradient = gradients.get(name);
            expect(gradient?.shape, name).toEqual([...shape]);
            const slope = gradient ? ops.read(gradient) : new Float32Array();
            // Along a direction half random, half the gradient's own: the derivative there is the
            // gradient's projection. A ReLU that changes side within a step bends the loss on that
            // side, hence steps to one side too, and shorter ones while the best so far is too far
            // off; float32 sets the floor.
            const length = (v: Float32Array): number => Math.sqrt(v.reduce((s, x) => s + x * x, 0));
            const norm = length(slope);
            const noise = start.map(() => random.nextNormal());
            const noiseLength = length(noise);
            const direction = slope.map((g, i) => g / norm + (noise[i] ?? NaN) / noiseLength);
            const wanted = direction.reduce((sum, d, i) => sum + d * (slope[i] ?? NaN), 0);
            const at = (h: number): number =>
              lossAt(
                name,
                shape,
                start.map((w, i) => w + h * (direction[i] ?? NaN)),
              );
            let error = Infinity;
            for (const h of [0.01, 0.003, 0.001, 0.0003]) {
              const [below, above] = [at(-h), at(h)];
              const slopes = [(above - below) / (2 * h), (above - here) / h, (here - below) / h];
              const errors = slopes.map((found) => Math.abs(found - wanted));
              error = Math.min(error, ...errors);
              if (error / Math.max(norm, 0.01) < tolerance) break;
            }
            network.update(name, ops.tensor(start, shape));
            expect(norm, `${name} has a gradient`).toBeGreaterThan(0);
            expect(error / Math.max(norm, 0.01), name).toBeLessThan(tolerance);
          }
          ops.dispose(x, targets, ...gradients.values());
          network.dispose();
        },
      );

      it.runIf(spec.kind.startsWith('resnet'))(
        "has the gradients that the library's own layers and automatic differentiation give",
        async () => {
          const network = build(spec);
          const [x, targets] = [input(), labels()];
          const exported = await exportLayersModel({
            ...{ spec, inputShape: [8, 8, 2], classes },
            weights: network.getWeights(),
          });
          const loaded = await fromFiles(exported);
          const { grads } = variableGrads(() => {
            const logits = loaded.apply(x, { training: true });
            if (!(logits instanceof LibraryTensor)) throw new TypeError('several outputs');
            return neg<Scalar>(mean(sum(mul(targets, logSoftmax(logits)), -1)));
          });
          const { gradients } = lossOf(ops, network, x, targets);
          // The library makes its variables' names unique.
          const own = new Map(loaded.trainableWeights.map((one) => [one.originalName, one.name]));
          for (const [name, gradient] of gradients) {
            const wanted = grads[own.get(name) ?? name];
            expect(wanted?.shape, name).toEqual(gradient.shape);
            expectClose(ops.read(gradient), wanted ? ops.read(wanted) : [], name, 1e-3);
          }
          ops.dispose(x, targets, ...gradients.values(), ...Object.values(grads));
          exported.dispose();
          loaded.dispose();
          network.dispose();
        },
      );

      it('leaves no tensor behind: passes, steps, weights, predictions', () => {
        const before = ops.memory().tensors;
        const network = build(spec);
        const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 1e-3 });
        const x = input();
        const targets = labels();
        const one = (): void => {
          sgd.step(lossOf(ops, network, x, targets).gradients, 0.05);
          const { logits, features } = network.predict(x);
          ops.dispose(logits, features);
          network.backbone.forward(x, 'train').dispose();
          network.backbone.forward(x, 'inference').dispose();
          network.setWeights(network.getWeights());
          sgd.setState(sgd.getState());
          network.reinitialize('classifier', 1);
        };
        one();
        const after = ops.memory();
        for (let n = 0; n < 5; n++) one();
        expect(ops.memory()).toEqual(after);
        ops.dispose(x, targets);
        sgd.dispose();
        network.dispose();
        expect(ops.memory().tensors).toBe(before);
      });

      it('learns a batch by heart', () => {
        const network = build(spec);
        const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 0 });
        const x = input();
        const targets = labels();
        const losses: number[] = [];
        for (let n = 0; n < 40; n++) {
          const { result, gradients } = lossOf(ops, network, x, targets);
          losses.push(result);
          sgd.step(gradients, 0.05);
        }
        expect(losses.every(Number.isFinite)).toBe(true);
        expect(losses.at(-1)).toBeLessThan(0.2 * (losses[0] ?? 0));
        ops.dispose(x, targets);
        sgd.dispose();
        network.dispose();
      });

      it('predicts the same for the same weights, whatever else is in the batch', () => {
        const network = build(spec);
        const other = build(spec, 99);
        const x = input();
        const targets = labels();
        // Running statistics differ from their start only after a training pass.
        ops.dispose(...lossOf(ops, network, x, targets).gradients.values());
        const first = network.predict(x);
        const again = network.predict(x);
        expect(ops.read(again.logits)).toEqual(ops.read(first.logits));
        expect(first.features.shape).toEqual([batch, network.featureWidth]);
        expect(ops.read(other.predict(x).logits)).not.toEqual(ops.read(first.logits));

        other.setWeights(network.getWeights());
        expect(other.getWeights()).toEqual(network.getWeights());
        const copied = other.predict(x);
        expect(ops.read(copied.logits)).toEqual(ops.read(first.logits));
        expect(ops.read(copied.features)).toEqual(ops.read(first.features));

        const alone = network.predict(ops.slice(x, [2, 0, 0, 0], [1, 8, 8, 2]));
        const row = ops.read(first.logits).subarray(2 * classes, 3 * classes);
        for (const [i, value] of ops.read(alone.logits).entries())
          expect(value).toBeCloseTo(row[i] ?? NaN, 4);
        network.dispose();
        other.dispose();
      });

      it('starts from its seed alone; the classifier can start again without the rest', () => {
        const network = build(spec);
        const twin = build(spec);
        const start = network.getWeights();
        expect(twin.getWeights()).toEqual(start);
        twin.reinitialize('classifier', 8);
        const changed = [...twin.getWeights()]
          .filter(([name, { values }]) => values.join() !== start.get(name)?.values.join())
          .map(([name]) => name);
        const kernels = network.classifier.parameters.map(({ name }) => name);
        expect(changed).toEqual(kernels.filter((name) => name.endsWith('/kernel')));
        twin.reinitialize('all', 3);
        expect(twin.getWeights()).toEqual(start);
        network.dispose();
        twin.dispose();
      });

      it('refuses weights of another network, naming the first that differs', () => {
        const network = build(spec);
        const weights = new Map(network.getWeights());
        weights.set('classifier/kernel', { shape: [1, 1], values: new Float32Array(1) });
        expect(() => {
          network.setWeights(weights);
        }).toThrow(/model\/weights.*classifier\/kernel/);
        network.dispose();
      });

      it("is the same model as the library's own layers, from memory and from its files", async () => {
        const network = build(spec);
        const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 0 });
        const x = input();
        const targets = labels();
        for (let n = 0; n < 3; n++) sgd.step(lossOf(ops, network, x, targets).gradients, 0.05);
        const wanted = ops.read(network.predict(x).logits);
        const exported = await exportLayersModel({
          ...{ spec, inputShape: [8, 8, 2], classes },
          weights: network.getWeights(),
        });
        expectClose(ops.read(exported.predict(x)), wanted, 'exported', 1e-4);

        const loaded = await fromFiles(exported);
        const again = loaded.predict(x);
        expectClose(Array.isArray(again) ? [] : ops.read(again), wanted, 'loaded', 1e-4);
        exported.dispose();
        loaded.dispose();
        sgd.dispose();
        network.dispose();
      });

      it('names its layers once, and decays kernels of 3×3 and dense layers only', () => {
        const network = build(spec);
        const names = layersIn(spec.backbone).map((layer) => layer.name);
        expect(new Set(names).size).toBe(names.length);
        for (const { name, shape, decay } of network.parameters)
          if (decay) expect(name.endsWith('/kernel') && shape[0] !== 1, name).toBe(true);
        network.dispose();
      });
    });

  it('takes another classifier in place of its own, keeping the rest', () => {
    const before = ops.memory().tensors;
    const network = build(modelSpec(smallest.mlp));
    const x = input();
    const features = ops.read(network.predict(x).features);
    for (const classifier of [...Object.values(classifiers), undefined]) {
      const own = classifierSpec(classifier);
      const fresh = build({ ...modelSpec(smallest.mlp), classifier: own }, 21);
      network.setClassifier(own, { seed: 21, scaled: false });
      expect(network.spec.classifier).toEqual(own);
      const made = network.predict(x);
      expect(ops.read(made.features)).toEqual(features);
      for (const { name } of fresh.classifier.parameters)
        expect(network.getWeights().get(name), name).toEqual(fresh.getWeights().get(name));
      fresh.dispose();
    }
    expect(network.parameters.map(({ name }) => name).slice(-2)).toEqual([
      'classifier/kernel',
      'classifier/bias',
    ]);
    network.dispose();
    ops.dispose(x);
    expect(ops.memory().tensors - before).toBeLessThanOrEqual(10);
  });

  it('has cosines as logits, and scores of one length whatever the length of the features', () => {
    const network = createNetwork(
      ops,
      { ...modelSpec(smallest.linear), classifier: classifierSpec({ kind: 'cosine', scale: 5 }) },
      { inputShape: [2], classes: 2, seed: 0 },
    );
    // Columns (3, 4) and (0, -2): of (1, 0) the cosines are 3/5 and 0, of (0, 7) 4/5 and -1.
    network.update('classifier/kernel', ops.tensor([3, 0, 4, -2], [2, 2]));
    const x = ops.tensor([1, 0, 0, 7, 0, 0], [3, 2]);
    const logits = ops.read(network.predict(x).logits);
    expectClose(logits, [3, 0, 4, -5, 0, 0], 'cosines', 1e-5);
    network.dispose();
  });

  it('starts at the prior with its log as bias: first softmax the prior, first loss its entropy', () => {
    const counts = [70, 20, 8, 2];
    const prior = counts.map((n) => n / 100);
    const network = createNetwork(ops, modelSpec(smallest.mlp), {
      ...{ inputShape: [8, 8, 2], classes, seed: 3 },
      initialBias: initialBias({ sigmoid: false, counts, samples: 100 }),
    });
    network.update('classifier/kernel', ops.zeros([5, classes]));
    const x = input();
    const softmax = ops.read(ops.softmax(network.predict(x).logits));
    prior.forEach((p, c) => expect(softmax[c]).toBeCloseTo(p, 6));
    const shares = ops.tensor(Array.from({ length: batch }, () => prior).flat(), [batch, classes]);
    const { result } = lossOf(ops, network, x, shares);
    expect(result).toBeCloseTo(priorEntropy(prior), 5);
    network.reinitialize('classifier', 4);
    expect([...(network.getWeights().get('classifier/bias')?.values ?? [])]).toEqual(
      prior.map((p) => Math.fround(Math.log(p))),
    );
    network.dispose();
  });

  it('a backward pass runs once, and only on a training pass', () => {
    const network = build(specs[1] ?? everyLayer);
    const x = input();
    const inference = network.backbone.forward(x, 'inference');
    expect(() => network.backbone.backward(inference, inference.output)).toThrow(RangeError);
    const pass = network.backbone.forward(x, 'train');
    const { dInput } = network.backbone.backward(pass, pass.output, { inputGradient: true });
    expect(dInput?.shape).toEqual(x.shape);
    expect(() => network.backbone.backward(pass, pass.output)).toThrow(RangeError);
    network.dispose();
  });

  it('moves running statistics as Keras does: share kept, biased variance', () => {
    const spec: ModelSpec = {
      ...everyLayer,
      backbone: [
        { kind: 'flatten', name: 'f' },
        { kind: 'batch-norm', name: 'n', epsilon: 1e-3, momentum: 0.9 },
      ],
    };
    const network = createNetwork(ops, spec, { inputShape: [1], classes, seed: 0 });
    const x = ops.tensor([1, 3], [2, 1]);
    network.backbone.forward(x, 'train').dispose();
    const weights = network.getWeights();
    // mean 2, variance ((1 − 2)² + (3 − 2)²) / 2 = 1: 0.9·0 + 0.1·2 and 0.9·1 + 0.1·1
    expect(weights.get('n/moving_mean')?.values[0]).toBeCloseTo(0.2, 6);
    expect(weights.get('n/moving_variance')?.values[0]).toBeCloseTo(1, 6);
    network.dispose();
  });
};
