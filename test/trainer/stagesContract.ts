import { beforeAll, describe, expect, it } from 'vitest';
import { stageSchema, type ModelConfig } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import { createImageInput } from '../../src/trainer/data/imageInput';
import type { TrainingData } from '../../src/trainer/data/trainingData';
import { modelSpec } from '../../src/trainer/models';
import { createNetwork } from '../../src/trainer/models/network';
import { stages } from '../../src/trainer/stages';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { batchStarts } from '../../src/trainer/stages/steps';
import { drawPicture, side } from './tinyDataset';

const counts = [60, 20, 8];
const held = 6;

/** Three classes of generated pictures in memory: rows in order of class, then the held-out ones. */
export const makeData = (): TrainingData => {
  const labels = [...counts.flatMap((n, c) => Array<number>(n).fill(c)), 0, 1, 2, 0, 1, 2];
  const data = new Uint8Array(labels.length * side * side);
  labels.forEach((label, i) => data.set(drawPicture(label, i), i * side * side));
  const all = Uint32Array.from(labels.keys());
  const train = all.slice(0, -held);
  return {
    root: '',
    fingerprint: '',
    samples: labels.length,
    classNames: ['a', 'b', 'c'],
    task: 'single-label',
    classOf: Int32Array.from(labels),
    multi: null,
    split: { train, validation: all.slice(-held), test: new Uint32Array(), scoredSplit: 'test' },
    bandCounts: counts,
    trainCounts: counts,
    input: createImageInput({
      data,
      shape: { width: side, height: side, channels: 1 },
      slotOf: Int32Array.from(all),
      trainRows: train,
      augment: ['crop', 'flip'],
    }),
    issues: [],
  };
};

/** Every kind of stage, on one backend: nothing leaks, and what is frozen does not move. */
export const stagesContract = (backend: BackendId, model: ModelConfig): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });

  describe.each(Object.keys(stages))(`stage %s on ${backend}`, (trainable) => {
    const config = stageSchema.parse({
      name: 's',
      epochs: 4,
      trainable,
      init: 'again',
      sampler: { kind: 'class-balanced' },
      loss: { kind: 'logit-adjusted' },
      optimizer: { learningRate: 0.05, batchSize: 16 },
    });

    it('leaves no tensor behind and holds their number from step to step', async () => {
      const data = makeData();
      const start = ops.memory().tensors;
      const inputShape = data.input.shape;
      const network = createNetwork(ops, modelSpec(model), { inputShape, classes: 3, seed: 1 });
      const before = network.getWeights();
      const during: number[] = [];
      const losses: number[] = [];
      const breathe = () => Promise.resolve();
      const own = ops.memory().tensors;
      const end = await runStage(
        { ops, network, data, config, seed: 1, stage: 0, breathe },
        startOf(0),
        null,
        {
          onStep: () => during.push(ops.memory().tensors),
          onEpoch: (_, loss, validation) => {
            losses.push(loss);
            expect(validation?.logits).toHaveLength(held * 3);
          },
          shouldStop: () => false,
          checkpoint: () => undefined,
          checkpointDue: () => false,
        },
      );
      expect(end.outcome).toBe('completed');
      expect(during).toHaveLength(4 * Math.ceil(88 / 16));
      expect(new Set(during.slice(1)).size).toBe(1);
      expect(ops.memory().tensors).toBe(own);
      expect(losses.every(Number.isFinite)).toBe(true);
      // Scales of a classifier that was never trained have little to gain.
      if (trainable !== 'scale') expect(losses.at(-1)).toBeLessThan(losses[0]!);
      const after = network.getWeights();
      for (const [name, { values }] of before) {
        const moved = after.get(name)!.values.some((value, i) => value !== values[i]);
        const isClassifier = network.classifier.parameters.some((one) => one.name === name);
        // Scales go into the kernel; the bias of plain weight scaling is left out.
        const own = trainable === 'scale' ? name === 'classifier/kernel' : isClassifier;
        expect([name, moved]).toEqual([name, trainable === 'all' || own]);
      }
      network.dispose();
      expect(ops.memory().tensors).toBe(start);
    });
  });

  describe('batches', () => {
    it('cover an epoch in steps that differ by one draw at most', () => {
      for (const [draws, size] of [
        [129, 128],
        [128, 128],
        [1, 128],
        [1000, 33],
      ] as const) {
        const starts = batchStarts(draws, size);
        const sizes = starts.slice(1).map((end, i) => end - starts[i]!);
        expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(draws);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(size);
      }
    });
  });
};
