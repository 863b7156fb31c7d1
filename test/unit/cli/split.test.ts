import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SplitSummary } from '../../../src/dataset/split/types';
import { buildShell, type Shell } from '../../support/shell';

const withShell: { shell: Shell | null } = { shell: null };
const shell = (): Shell => {
  if (withShell.shell === null) throw new Error('no shell');
  return withShell.shell;
};

beforeAll(async () => {
  withShell.shell = await buildShell();
  for (let i = 0; i < 30; i++) {
    const file = join(shell().folder, 'pets', i % 3 === 0 ? 'dog' : 'cat', `${i}.png`);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, String(i));
  }
}, 60_000);
afterAll(() => withShell.shell?.dispose());

const split = (...args: string[]) => shell().run(['split', 'pets', ...args]);

it(
  'shows a split, writes it beside the dataset, and never inside',
  { timeout: 60_000 },
  async () => {
    const shown = await split('--shares', '0.8,0.1,0.1');
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toMatch(/all samples +24 +3 +3/);
    const written = await split('--shares', '0.8,0.1,0.1', '--out', 'lists', '--json');
    expect(written.code).toBe(0);
    const folder = join(shell().folder, 'lists');
    expect(readdirSync(folder).sort()).toEqual([
      'split.json',
      'test.txt',
      'train.txt',
      'validation.txt',
    ]);
    const summary = JSON.parse(readFileSync(join(folder, 'split.json'), 'utf8')) as SplitSummary;
    expect(summary).toEqual(JSON.parse(written.stdout));
    expect(summary.classes['dog']).toEqual({ train: 8, validation: 1, test: 1 });
    expect(readFileSync(join(folder, 'train.txt'), 'utf8').trim().split('\n')).toHaveLength(24);

    const scanned = await shell().run(['scan', 'pets', '--split-lists', 'lists', '--json']);
    const { splits } = JSON.parse(scanned.stdout) as { splits: unknown };
    expect(splits).toMatchObject({ train: { samples: 24 }, test: { samples: 3 } });
    const config = ['config', 'pets', '--split-lists', 'lists', '--out', 'sub/longtail.yaml'];
    mkdirSync(join(shell().folder, 'sub'));
    expect((await shell().run(config)).code).toBe(0);
    const text = readFileSync(join(shell().folder, 'sub', 'longtail.yaml'), 'utf8');
    expect(text).toContain('splitLists: ../lists');
    const preview = await shell().run(['preview', 'sub/longtail.yaml']);
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.stdout).toContain('24 samples are trained on');

    const again = await split('--shares', '0.8,0.2', '--out', 'lists');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    const inside = await split('--shares', '0.8,0.2', '--out', 'pets/lists');
    expect(inside.code).toBe(2);
    expect(existsSync(join(shell().folder, 'pets', 'lists'))).toBe(false);
    expect((await split('--shares', '0.8,0.3')).stderr).toContain('1.1 together');
    expect((await split('--shares', '0.8,0.2', '--group', 'name')).code).toBe(2);
    expect((await shell().run(['split', '--help'])).stdout).not.toContain('cli/');
  },
);
