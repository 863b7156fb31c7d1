import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema';
import { presets } from '../../src/config/presets';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import { createNetworkFor } from '../../src/trainer/network';
import { predictRows } from '../../src/trainer/stages/predict';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { makeData } from './stagesContract';

/** Every preset trains through its stages on one backend, and leaves no tensor behind. */
export const presetsContract = (backend: BackendId): void => {
  let ops: Ops;
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });

  describe(`presets on ${backend}`, () => {
    it.each(presets.map((preset) => [preset.id, preset] as const))(
      '%s trains',
      async (_, preset) => {
        const data = makeData();
        const plain = configSchema.parse({
          version: 1,
          dataset: { root: '.' },
          model: { kind: 'resnet-8', width: 4 },
          stages: [{ name: 'train', epochs: 3, optimizer: { learningRate: 0.05, batchSize: 16 } }],
        });
        const config = preset.apply(plain, { classes: 3, ratio: 7.5 });
        const before = ops.memory().tensors;
        const network = createNetworkFor(ops, config, data);
        const losses: number[] = [];
        const breathe = () => Promise.resolve();
        for (const [stage, own] of config.stages.entries())
          await runStage(
            { ops, network, data, config: own, seed: stage, stage, breathe },
            startOf(stage),
            null,
            {
              onStep: (__, { loss }) => losses.push(loss),
              onEpoch: () => undefined,
              shouldStop: () => false,
              checkpoint: () => undefined,
              checkpointDue: () => false,
            },
          );
        const { logits } = await predictRows(
          { ops, network, data, breathe },
          data.split.validation,
        );
        expect([...losses, ...logits].every(Number.isFinite)).toBe(true);
        expect(losses.length).toBeGreaterThan(10);
        network.dispose();
        expect(ops.memory().tensors).toBe(before);
      },
    );
  });
};
