import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PosthocResult } from '../../../src/predictions/types';
import { buildShell, type Shell } from '../../support/shell';

const fixture = (name: string): string =>
  join(import.meta.dirname, '../../fixtures/predictions', name);

describe('longtail posthoc', { timeout: 60_000 }, () => {
  let shell: Shell;
  let counts = '';
  beforeAll(async () => {
    shell = await buildShell();
    counts = join(shell.folder, 'counts.yaml');
    writeFileSync(counts, 'cicada: 10\nant: 900\nbee: 90\n');
  }, 60_000);
  afterAll(() => shell.dispose());

  it('prints what was tried, what was kept and why, and every class', async () => {
    const { code, stdout } = await shell.run([
      ...['posthoc', fixture('table.csv'), '--trained', 'plain', '--train-counts', counts],
    ]);
    expect(code).toBe(0);
    for (const text of ['logit adjustment, tau 1', 'Kept:', 'cicada', '12 items'])
      expect(stdout).toContain(text);
  });

  it('answers as JSON, the counts by name whatever their order', async () => {
    const { code, stdout } = await shell.run([
      ...['posthoc', fixture('packed.npz'), '--trained', 'plain', '--train-counts', counts],
      '--json',
    ]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as PosthocResult;
    expect(Object.keys(result.effectivePrior)).toEqual(['ant', 'bee', 'cicada']);
    expect(result.effectivePrior['cicada']).toBeCloseTo(0.01, 12);
  });

  it('writes everything into a new folder, and nothing over another', async () => {
    const args = ['posthoc', fixture('packed.npz'), '--trained', 'plain', '--out', 'fixed'];
    expect((await shell.run(args)).code).toBe(0);
    expect(readdirSync(join(shell.folder, 'fixed')).sort()).toEqual([
      'posthoc.json',
      'posthoc.py',
      'posthoc.yaml',
      'predictions.csv',
      'predictions.npz',
      'report.md',
    ]);
    expect(readFileSync(join(shell.folder, 'fixed', 'report.md'), 'utf8')).toMatch(/^# /);
    const again = await shell.run(args);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect((await shell.run([...args, '--force'])).code).toBe(0);
  });

  it.each([
    [['posthoc', fixture('table.csv')], '--trained'],
    [['posthoc', fixture('table.csv'), '--trained', 'plain'], '--train-counts'],
    [['posthoc', fixture('packed.npz'), '--trained', 'plain', '--threshold', 'f1'], '3 classes'],
    [['posthoc', fixture('packed.npz'), '--trained', 'plain', '--costs', '1'], '1:5'],
    [['posthoc', 'none.npz', '--trained', 'plain'], 'none.npz'],
  ])('says what %j lacks', async (args, part) => {
    const { code, stderr } = await shell.run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(part);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
