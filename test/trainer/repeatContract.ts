import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RebalanceConfig } from '../../src/config/schema';
import { serializeConfig } from '../../src/config/serialize';
import { readNpz } from '../../src/trainer/npz';
import type { BackendId } from '../../src/trainer/backend/types';
import { writeProblems } from './repeatProblems';
import { coveringRuns } from './repeatRuns';
import { createBench, lasting, reportOf } from './runs';

/** Numbers that a run leaves beside its report. */
const numberFiles = ['predictions/validation.npz', 'predictions/test.npz', 'model/weights.npz'];

/**
 * Every listed method trained twice on one backend, in two processes at a time with nothing shared
 * but the dataset: equal reports except timings, memory and ids, and the same bits in predictions
 * and weights. On native that is of one machine, whose cores decide the number of threads.
 */
export const repeatContract = (backend: BackendId): void => {
  const root = mkdtempSync(join(tmpdir(), `longtail-repeat-${backend}-`));
  const problems = writeProblems(root);
  const runs = coveringRuns(backend, problems);
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const train = (configs: readonly RebalanceConfig[]) =>
    Promise.all(
      configs.map(async (config, i) => {
        const bench = createBench(join(root, `bench ${i}`), '');
        const path = join(bench.folder, 'longtail.yaml');
        writeFileSync(path, serializeConfig(config));
        const run = bench.start(path, { baseline: 'skip' });
        const report = reportOf(await run.finished);
        return { report, arrays: (file: string) => readNpz(join(run.folder, file)) };
      }),
    );

  describe(`the same numbers each time on ${backend}`, () => {
    for (const { name, config, skipped } of runs)
      it.skipIf(skipped)(name, async () => {
        const [first, second] = await train([config, config]);
        expect(first?.report.backend).toBe(backend);
        if (first === undefined || second === undefined) throw new Error('two runs');
        expect(lasting(second.report)).toEqual(lasting(first.report));
        for (const file of numberFiles) expect(second.arrays(file)).toEqual(first.arrays(file));
      });

    it('and others with another seed', async () => {
      const [one] = runs;
      if (one === undefined) throw new Error('no runs');
      const [first, second] = await train([one.config, { ...one.config, seed: 6 }]);
      for (const file of numberFiles) expect(second?.arrays(file)).not.toEqual(first?.arrays(file));
    });
  });
};
