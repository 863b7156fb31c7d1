import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema, type RebalanceConfig } from '../../src/config/schema';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend, BackendId } from '../../src/trainer/backend/types';
import { loadTrainingData } from '../../src/trainer/data/trainingData';
import { createNetworkFor } from '../../src/trainer/network';
import { predictRows } from '../../src/trainer/stages/predict';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { writeProblems } from './repeatProblems';
import { coveringRuns } from './repeatRuns';
import { trainerPath } from './runs';

const smaller = (config: RebalanceConfig): RebalanceConfig => ({
  ...config,
  stages: config.stages.map((stage) => ({
    ...stage,
    optimizer: { ...stage.optimizer, batchSize: 8 },
  })),
});

/**
 * Every listed method on one backend: from the second step of a stage to its last as many tensors,
 * and none left behind when the network is gone.
 */
export const flatContract = (backendId: BackendId): void => {
  const root = mkdtempSync(join(tmpdir(), `longtail-flat-${backendId}-`));
  const problems = writeProblems(root);
  const runs = coveringRuns(backendId, problems);
  let backend: Backend;
  const load = (config: RebalanceConfig) =>
    loadTrainingData({
      ...{ config, backend, cacheFolder: join(root, 'cache') },
      ...{ configPath: join(root, 'longtail.yaml'), workerFolder: dirname(trainerPath) },
      ...{ check: () => undefined, tick: () => undefined },
    });
  beforeAll(async () => {
    backend = await selectBackend(backendId);
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  describe(`tensors from step to step on ${backendId}`, () => {
    for (const run of runs)
      it.skipIf(run.skipped)(run.name, async () => {
        const config = smaller(run.config);
        const { ops } = backend;
        const data = await load(config);
        const start = ops.memory().tensors;
        const network = createNetworkFor(ops, config, data);
        const breathe = () => Promise.resolve();
        const { tailAugment } = config.input;
        for (const [stage, own] of config.stages.entries()) {
          const counts: number[] = [];
          await runStage(
            { ops, network, data, config: own, seed: stage, stage, tailAugment, breathe },
            startOf(stage),
            null,
            {
              onStep: () => counts.push(ops.memory().tensors),
              onEpoch: () => undefined,
              shouldStop: () => false,
              checkpoint: () => undefined,
              checkpointDue: () => false,
            },
          );
          expect(counts.length, own.name).toBeGreaterThan(2);
          // The first step makes what the optimizer keeps.
          expect([own.name, ...new Set(counts.slice(1))]).toEqual([own.name, counts.at(-1)]);
        }
        const before = ops.memory().tensors;
        await predictRows({ ops, network, data, breathe }, data.split.test);
        expect(ops.memory().tensors).toBe(before);
        network.dispose();
        expect(ops.memory().tensors).toBe(start);
      });

    it('250 steps leave as many tensors, and as many bytes, as 50', async () => {
      const { ops } = backend;
      const config = configSchema.parse({
        ...{ version: 1, dataset: { root: problems.table }, input: { kind: 'tabular' } },
        model: { kind: 'mlp', hidden: [16] },
        stages: [{ name: 'train', epochs: 20, optimizer: { learningRate: 0.02, batchSize: 8 } }],
      });
      const data = await load(config);
      const network = createNetworkFor(ops, config, data);
      const [stage] = config.stages;
      const { tailAugment } = config.input;
      const after: ReturnType<typeof ops.memory>[] = [];
      const breathe = () => Promise.resolve();
      await runStage(
        { ops, network, data, config: stage!, seed: 1, stage: 0, tailAugment, breathe },
        startOf(0),
        null,
        {
          onStep: () => after.push(ops.memory()),
          onEpoch: () => undefined,
          shouldStop: () => after.length === 250,
          checkpoint: () => undefined,
          checkpointDue: () => false,
        },
      );
      network.dispose();
      expect(after).toHaveLength(250);
      expect(after[249]).toEqual(after[49]);
    });
  });
};
