import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Ops, Tensor } from '../../src/trainer/backend/types';
import { modelSpec } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { createSgd } from '../../src/trainer/models/optimizer';
import type { ModelSpec, Network } from '../../src/trainer/models/types';
import { expectClose } from './backendOps';
import { noNative } from './backends';

const classes = 4;

const specs: readonly ModelSpec[] = [
  modelSpec({ kind: 'resnet-8', width: 4 }),
  // Channels that are no multiple of anything, into the 1×1 convolutions with a stride.
  modelSpec({ kind: 'resnet-8', width: 5 }),
  modelSpec({ kind: 'mlp', hidden: [7, 5] }),
];

describe.skipIf(noNative !== null)(`passes as graphs on native ${noNative ?? ''}`, () => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend('native'));
  });
  const build = (spec: ModelSpec, graphs: boolean): Network =>
    createNetwork(graphs ? ops : { ...ops, recorder: null }, spec, {
      ...{ inputShape: [8, 8, 2], classes, seed: 3 },
    });
  const draw = (seed: number, batch: number): { x: Tensor; targets: Tensor } => {
    const random = createRandom(seed, 'input');
    const values = Float32Array.from({ length: batch * 128 }, () => random.nextNormal());
    const labels = Float32Array.from({ length: batch * classes }, (_, i) =>
      i % classes === Math.floor(i / classes) % classes ? 1 : 0,
    );
    return {
      x: ops.tensor(values, [batch, 8, 8, 2]),
      targets: ops.tensor(labels, [batch, classes]),
    };
  };
  const gradientsOf = (network: Network, x: Tensor, targets: Tensor) =>
    network.gradients(x, (logits) =>
      ops.tidy(() => {
        const { perExample, dLogits } = ops.softmaxCrossEntropy(logits, targets);
        return { result: ops.read(perExample), dLogits };
      }),
    );
  /** Some steps over batches of changing sizes; the last loss and all weights. */
  const train = (network: Network, sizes: readonly number[]) => {
    const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 1e-3 });
    const losses: Float32Array[] = [];
    for (const [step, size] of sizes.entries()) {
      const { x, targets } = draw(step, size);
      const { result, gradients } = gradientsOf(network, x, targets);
      losses.push(result);
      sgd.step(gradients, 0.001);
      ops.dispose(x, targets);
    }
    sgd.dispose();
    return { losses, weights: network.getWeights() };
  };

  for (const [index, spec] of specs.entries())
    describe(`${spec.kind} ${index}`, () => {
      it('gives what the same operations give one by one', () => {
        const networks = [build(spec, true), build(spec, false)] as const;
        for (const batch of [6, 5, 6]) {
          const { x, targets } = draw(batch, batch);
          const [graph, single] = networks.map((network) => gradientsOf(network, x, targets));
          expectClose(graph?.result ?? [], single?.result ?? [0], 'loss');
          expect([...(graph?.gradients.keys() ?? [])]).toEqual([
            ...(single?.gradients.keys() ?? []),
          ]);
          for (const [name, wanted] of single?.gradients ?? []) {
            const got = graph?.gradients.get(name);
            expectClose(got ? ops.read(got) : [], ops.read(wanted), name, 2e-5);
          }
          const [moved, wanted] = networks.map((network) => network.getWeights());
          for (const [name, { values }] of wanted ?? [])
            expectClose(moved?.get(name)?.values ?? [], values, name);
        }
        for (const network of networks) network.dispose();
      });

      it('gives the gradient of its input, too', () => {
        const { x, targets } = draw(1, 6);
        const found = [true, false].map((graphs) => {
          const network = build(spec, graphs);
          const pass = network.backbone.forward(x, 'train');
          const { dInput } = network.backbone.backward(pass, pass.output, { inputGradient: true });
          return dInput === null ? new Float32Array() : ops.read(dInput);
        });
        expect(found[0]?.length).toBe(6 * 128);
        expectClose(found[0] ?? [], found[1] ?? [0], 'input', 2e-5);
        ops.dispose(x, targets);
      });

      it('repeats a run bit for bit, and leaves nothing behind', () => {
        const before = ops.memory().tensors;
        // More sizes than graphs are kept: some are recorded again.
        const sizes = [6, 5, 6, 7, 3, 2, 6, 5, 4];
        const runs = [0, 1].map(() => {
          const network = build(spec, true);
          const trained = train(network, sizes);
          network.dispose();
          return trained;
        });
        expect(runs[1]).toEqual(runs[0]);
        expect(ops.memory().tensors).toBe(before);
      });
    });

  it('refuses a tensor it was not told of', () => {
    const stranger = ops.tensor([1, 2], [2]);
    const x = ops.tensor([3, 4], [2]);
    // Looked at once before, so that it is in TensorFlow's hands.
    ops.dispose(ops.add(stranger, x));
    expect(() => ops.recorder?.record([x], () => ops.add(x, stranger))).toThrow(RangeError);
    ops.dispose(stranger, x);
  });
});
