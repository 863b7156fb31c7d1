import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DryRun } from '../../../src/config/preview/types';
import { buildShell, type Shell } from '../../support/shell';

const rows = Object.entries({ bee: 60, wasp: 12, ant: 6 }).flatMap(([name, count]) =>
  Array.from({ length: count }, (_, i) => `${i},${i % 7},${name}\n`),
);
const config = `version: 1
dataset: { root: ./insects.csv, splits: { validation: 0.1, test: 0.2 } }
input: { kind: tabular }
model: { kind: linear }
stages:
  - { name: train, epochs: 3, sampler: { kind: class-balanced }, optimizer: { batchSize: 10 } }
`;

describe('longtail preview', { timeout: 60_000 }, () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await buildShell();
    writeFileSync(join(shell.folder, 'insects.csv'), `a,b,label\n${rows.join('')}`);
    writeFileSync(join(shell.folder, 'longtail.yaml'), config);
    writeFileSync(join(shell.folder, 'wrong.yaml'), config.replace('linear', 'lineal'));
  }, 60_000);
  afterAll(() => shell.dispose());

  it('prints every class and stage, the cost, and what it leaves out', async () => {
    const { code, stdout } = await shell.run(['preview', 'longtail.yaml']);
    expect(code).toBe(0);
    // 60 − 12 − 6, 12 − 2 − 1 and 6 − 1 − 1 are 42, 9 and 4: 55 draws, a third for each.
    expect(stdout).toMatch(/bee +\w+ +60 +42 +18\.3 +0\.437 ×/);
    expect(stdout).toMatch(/ant +\w+ +6 +4 +18\.3 +4\.58 ×/);
    expect(stdout).toMatch(/train +3 +55 +10 +18/);
    expect(stdout).toContain('No run of the same shape is stored');
  });

  it('answers as JSON by class name', async () => {
    const { code, stdout } = await shell.run(['preview', 'longtail.yaml', '--json']);
    expect(code).toBe(0);
    const run = JSON.parse(stdout) as DryRun;
    expect(run.schema).toBe('longtail.preview/1');
    for (const one of run.classes) expect(one.effectivePrior).toBeCloseTo(1 / 3, 10);
  });

  it('names what is wrong with a config instead', async () => {
    const { code, stdout, stderr } = await shell.run(['preview', 'wrong.yaml']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('linear');
  });
});
