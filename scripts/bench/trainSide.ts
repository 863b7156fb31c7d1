// The trainer's side of the benchmarks: prints what it is, then for every number N read does N
// pieces of work (steps, or epochs) and prints the milliseconds of each. One argument, JSON.
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { createRandom, shuffle } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendChoice } from '../../src/trainer/backend/types';
import { createImageInput } from '../../src/trainer/data/imageInput';
import { createObjective } from '../../src/trainer/losses/index';
import { modelSpec } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { createSgd } from '../../src/trainer/models/optimizer';
import { lossGradient } from '../../src/trainer/stages/lossGradient';

interface Task {
  readonly backend: BackendChoice;
  readonly size: number;
  readonly channels: 1 | 3;
  /** Pictures as bytes, and a byte a label, for epochs; null for steps on one batch. */
  readonly data: { readonly pixels: string; readonly labels: string } | null;
}

const batch = 128;
const classes = 10;

const main = async (): Promise<void> => {
  const task = JSON.parse(process.argv[2] ?? '') as Task;
  const { id, ops, versions, fallback } = await selectBackend(task.backend);
  const shape = [task.size, task.size, task.channels];
  const numbers = shape.reduce((product, n) => product * n, 1);
  const spec = modelSpec(
    id === 'cpu' ? { kind: 'mlp', hidden: [64] } : { kind: 'resnet-8', width: 16 },
  );
  const network = createNetwork(ops, spec, { inputShape: shape, classes, seed: 0 });
  const sgd = createSgd(ops, network, { momentum: 0.9, nesterov: true, weightDecay: 2e-4 });
  const counts = new Array<number>(classes).fill(1);
  const objective = createObjective(
    { loss: { kind: 'cross-entropy' } },
    { counts, samples: classes, logitScale: 1 },
  );
  const step = (pixels: Float32Array, labels: Int32Array): number => {
    const x = ops.tensor(pixels, [labels.length, ...shape]);
    const { result, gradients } = network.gradients(x, (logits) => {
      const truth = { labels, targets: null, mixed: null };
      const { lossSum, dLogits } = lossGradient(ops, objective, logits, { truth, epoch: 0 });
      return { result: lossSum / labels.length, dLogits };
    });
    sgd.step(gradients, 0.1);
    ops.dispose(x);
    return result;
  };

  const createSteps = () => {
    const random = createRandom(0);
    const pixels = Float32Array.from({ length: batch * numbers }, () => random.nextNormal());
    const labels = Int32Array.from({ length: batch }, (_, row) => row % classes);
    return () => step(pixels, labels);
  };
  const createEpochs = (files: NonNullable<Task['data']>) => {
    const data = new Uint8Array(fs.readFileSync(files.pixels));
    const labels = new Uint8Array(fs.readFileSync(files.labels));
    const rows = Uint32Array.from(labels, (_, row) => row);
    const input = createImageInput({
      ...{ data, trainRows: rows, augment: ['crop', 'flip'], slotOf: Int32Array.from(rows) },
      shape: { height: task.size, width: task.size, channels: task.channels },
    });
    let epoch = 0;
    return () => {
      const order = shuffle(Uint32Array.from(rows), createRandom(0, 'epoch', epoch));
      let loss = NaN;
      for (let draw = 0; draw < order.length; draw += batch) {
        const taken = order.subarray(draw, draw + batch);
        const pixels = input.batch(taken, { seed: 0, stage: 0, epoch, draw });
        loss = step(
          pixels,
          Int32Array.from(taken, (row) => labels[row] ?? 0),
        );
      }
      epoch++;
      return loss;
    };
  };

  const work = task.data === null ? createSteps() : createEpochs(task.data);
  for (let n = 0; n < (task.data === null ? 5 : 1); n++) work();
  process.stdout.write(`${JSON.stringify({ id, ...versions, fallback })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const times: number[] = [];
    let loss = NaN;
    for (let n = 0; n < Number(line); n++) {
      const begun = performance.now();
      loss = work();
      times.push(performance.now() - begun);
    }
    const { tensors, bytes } = ops.memory();
    const resident = process.memoryUsage().rss;
    const peak = process.resourceUsage().maxRSS * 1024;
    process.stdout.write(`${JSON.stringify({ times, tensors, bytes, resident, peak, loss })}\n`);
  }
};

void main();
