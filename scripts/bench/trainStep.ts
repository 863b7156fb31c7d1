// One side of step.mjs: the trainer's own training step. The same lines as keras_step.py: prints
// what it is, then for every number N read runs N steps and prints the milliseconds of each.
import { createInterface } from 'node:readline';
import { createRandom } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendChoice } from '../../src/trainer/backend/types';
import { modelSpec } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { createSgd } from '../../src/trainer/models/optimizer';

const batch = 128;
const classes = 10;

const main = async (): Promise<void> => {
  const backend = await selectBackend((process.argv[2] ?? 'auto') as BackendChoice);
  const { ops } = backend;
  const shape = [28, 28, 1];
  const spec = modelSpec({ kind: 'resnet-8', width: 16 });
  const network = createNetwork(ops, spec, { inputShape: shape, classes, seed: 0 });
  const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 2e-4 });
  const random = createRandom(0);
  const pixels = Float32Array.from({ length: batch * 28 * 28 }, () => random.nextNormal());
  const labels = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) labels[row * classes + (row % classes)] = 1;

  const step = (): number => {
    const x = ops.tensor(pixels, [batch, ...shape]);
    const targets = ops.tensor(labels, [batch, classes]);
    const { result, gradients } = network.gradients(x, (logits) =>
      ops.tidy(() => {
        const { perExample, dLogits } = ops.softmaxCrossEntropy(logits, targets);
        const loss = ops.read(ops.mean(perExample)).at(0) ?? NaN;
        return { dLogits: ops.affine(dLogits, 1 / batch), result: loss };
      }),
    );
    sgd.step(gradients, 0.1);
    ops.dispose(x, targets);
    return result;
  };

  for (let n = 0; n < 5; n++) step();
  const { id, versions, fallback } = backend;
  process.stdout.write(`${JSON.stringify({ ready: true, id, ...versions, fallback })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const times: number[] = [];
    let loss = NaN;
    for (let n = 0; n < Number(line); n++) {
      const begun = performance.now();
      loss = step();
      times.push(performance.now() - begun);
    }
    const { tensors, bytes } = ops.memory();
    const memory = { tensors, bytes, rss: process.memoryUsage().rss, loss };
    process.stdout.write(`${JSON.stringify(times)}\n`);
    process.stderr.write(`${JSON.stringify(memory)}\n`);
  }
};

void main();
