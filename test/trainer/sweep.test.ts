import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sweepRecipes } from '../../src/config/sweepRecipes';
import type { SweepReport } from '../../src/report/sweep/types';
import { listRuns, readEvents } from '../../src/run/runStore';
import { readNpz } from '../../src/trainer/npz';
import { createBench, reportOf } from './runs';
import { writeTinyDataset } from './tinyDataset';

const root = mkdtempSync(join(tmpdir(), 'longtail-sweep-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const bench = createBench(join(root, 'bench'), writeTinyDataset(join(root, 'data')).root);
const config = bench.writeConfig('sweep', {
  model: '{ kind: mlp, hidden: [16] }',
  backend: 'cpu',
});

const sweepOf = (folder: string): SweepReport =>
  JSON.parse(readFileSync(join(folder, 'sweep.json'), 'utf8')) as SweepReport;

/** What must not depend on when a sweep ran. */
const lasting = ({ rows, best }: SweepReport) => ({
  best,
  rows: rows.map((row) => ({ ...row, seconds: 0 })),
});

describe('a sweep', () => {
  let first: SweepReport;

  it('tries every recipe that fits on one representation, and reports the one validation chose', async () => {
    const run = bench.start(config, { sweep: { recipes: [], seeds: [] } });
    const report = reportOf(await run.finished);
    first = sweepOf(run.folder);
    const fitting = sweepRecipes.filter(({ binary }) => binary !== true).map(({ id }) => id);
    expect(first.rows.map(({ id }) => id)).toEqual(fitting);
    expect(first.leftOut.map(({ id }) => id)).toEqual(['thresholds']);
    // Hold-out of a tenth of 120, 40, 20 and 8.
    expect(first.representations).toMatchObject([{ seed: 7, items: 169, width: 16 }]);
    const plain = first.rows.find(({ id }) => id === 'plain')!;
    expect(plain.againstPlain).toBeNull();
    expect(report.baseline?.scores.balancedAccuracy).toBe(plain.test.balancedAccuracy.value);
    const best = first.rows.find(({ id }) => id === first.best)!;
    const scores = first.rows.map(({ validation }) => validation!.balancedAccuracy.value);
    expect(best.validation!.balancedAccuracy.value).toBe(Math.max(...scores));
    expect(report.scores.balancedAccuracy).toBe(best.test.balancedAccuracy.value);
    for (const { againstPlain } of first.rows)
      if (againstPlain !== null) {
        const [low, high] = againstPlain.interval;
        expect(againstPlain.tie).toBe(low <= 0 && high >= 0);
      }
    // One network was trained, for the baseline; test scores appear in no event of a recipe.
    expect(listRuns(bench.store).filter(({ record }) => record.role === 'baseline')).toHaveLength(
      1,
    );
    const evals = readEvents(run.folder).filter((event) => event.kind === 'eval');
    expect(evals.filter(({ split, role }) => split === 'test' && role === 'recipe')).toEqual([]);
  });

  it('takes the representation from the store the second time, with the same numbers', async () => {
    const run = bench.start(config, { sweep: { recipes: [], seeds: [] } });
    await run.finished;
    expect(lasting(sweepOf(run.folder))).toEqual(lasting(first));
    expect(listRuns(bench.store).filter(({ record }) => record.role === 'baseline')).toHaveLength(
      1,
    );
  });

  it('gives means over several seeds, each with a representation of its own', async () => {
    const run = bench.start(config, { sweep: { recipes: ['crt'], seeds: [7, 8] } });
    await run.finished;
    const sweep = sweepOf(run.folder);
    expect(sweep.representations.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(sweep.rows.map(({ id }) => id)).toEqual(['plain', 'crt']);
    expect(sweep.rows[1]!.test.balancedAccuracy.deviation).not.toBeNull();
    const alone = bench.start(config, { sweep: { recipes: ['crt'], seeds: [8] } });
    await alone.finished;
    const values = [first, sweepOf(alone.folder)].map(
      ({ rows }) => rows.find(({ id }) => id === 'crt')!.test.balancedAccuracy.value,
    );
    expect(sweep.rows[1]!.test.balancedAccuracy.value).toBeCloseTo(
      (values[0]! + values[1]!) / 2,
      12,
    );
  });

  it('leaves the kept recipe as a config that trains to the same scores and the same network', async () => {
    const run = bench.start(config, { sweep: { recipes: ['crt', 'mislas'], seeds: [] } });
    const kept = reportOf(await run.finished);
    const again = bench.start(join(run.folder, 'best.yaml'));
    const trained = reportOf(await again.finished);
    expect(trained.config.stages).toEqual(kept.config.stages);
    expect(kept.config.stages).toHaveLength(2);
    expect(trained.scores).toEqual(kept.scores);
    const [a, b] = [run.folder, again.folder].map((folder) => ({
      weights: readNpz(join(folder, 'model', 'weights.npz')),
      model: JSON.parse(readFileSync(join(folder, 'model', 'model.json'), 'utf8')) as unknown,
    }));
    expect(a!.weights).toEqual(b!.weights);
    expect(a!.model).toEqual(b!.model);
  });

  it('refuses a recipe that is none', async () => {
    const run = bench.start(config, { sweep: { recipes: ['cRT'], seeds: [] } });
    expect(await run.finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'sweep/unknown-recipe' },
    });
  });

  it('stops when it is asked to, and is a sweep again when it is resumed', async () => {
    const run = bench.start(config, {
      sweep: { recipes: [], seeds: [9] },
      onEvent: (event) => {
        if (event.kind === 'stage/end' && event.stage !== 'train') run.stop();
      },
    });
    expect(await run.finished).toEqual({ outcome: 'stopped', step: 'asked' });
    const again = bench.start(config, { resume: true, runFolder: run.folder });
    expect((await again.finished).outcome).toBe('completed');
    expect(sweepOf(run.folder).representations).toMatchObject([{ seed: 9 }]);
    expect(sweepOf(run.folder).rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
  });
});
