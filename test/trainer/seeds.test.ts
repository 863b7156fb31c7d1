import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { readTestItems } from '../../src/predictions/testItems';
import { readRun } from '../../src/run/runStore';
import { createBench, reportOf } from './runs';
import { writeTinyDataset } from './tinyDataset';

const root = mkdtempSync(join(tmpdir(), 'longtail-seeds-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const bench = createBench(join(root, 'bench'), writeTinyDataset(join(root, 'data')).root);

it('repeats a run with another seed and its own config, and keeps what it predicted', async () => {
  const recipe = { model: '{ kind: mlp, hidden: [8] }', backend: 'cpu' } as const;
  const config = bench.writeConfig('seeds', {
    ...recipe,
    posthoc: '{ kind: logit-adjustment, tau: 1 }',
  });
  const first = bench.start(config);
  const before = reportOf(await first.finished);
  // The file says something else by now.
  bench.writeConfig('seeds', { ...recipe, stages: ['{ name: other, epochs: 1 }'] });
  const { id } = first;
  const again = bench.start(config, { repeat: { seed: 9, group: id, from: first.folder } });
  const after = reportOf(await again.finished);
  expect([before.seed, after.seed]).toEqual([7, 9]);
  expect(after.config).toEqual({ ...before.config, seed: 9 });
  expect(readFileSync(join(again.folder, 'config.yaml'), 'utf8')).toMatch(/^seed: 9$/m);
  const { record } = readRun(again.folder) ?? {};
  expect(record?.repeat).toEqual({ seed: 9, group: id });
  expect(record?.score).toEqual({ kind: 'balanced', value: after.validation?.balancedAccuracy });
  const path = join(again.folder, 'predictions', 'test.npz');
  expect(readTestItems(nodeFileSource, path, after)?.rows).toHaveLength(80);
});
