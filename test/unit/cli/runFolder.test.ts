import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runFolder, storeOf } from '../../../src/cli/runFolder';

const base = mkdtempSync(join(tmpdir(), 'longtail-stores-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const io = (cwd: string) => ({
  cwd: join(base, cwd),
  env: { XDG_DATA_HOME: join(base, 'share') },
});

it('finds the runs of a dataset from inside it, where they are kept elsewhere', () => {
  const folder = join(base, 'share/longtail/runs/one');
  mkdirSync(folder, { recursive: true });
  for (const name of ['birds/train', 'other']) mkdirSync(join(base, name), { recursive: true });
  const record = {
    schema: 'longtail.run/1',
    ...{ id: 'one', title: 'One', state: 'completed', role: 'recipe', baselineKey: 'k' },
    ...{ datasetRoot: join(base, 'birds'), configPath: join(base, 'longtail.yaml') },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', endedAt: null, attempt: 1 },
    ...{ pid: null, error: null },
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  expect(storeOf(io('birds/train'))).toBe(join(base, 'share/longtail'));
  expect(runFolder('one', io('birds')).folder).toBe(folder);
  // Runs of another dataset are none of this folder.
  expect(storeOf(io('other'))).toBe(join(base, 'other/.longtail'));
  // A store in the folder itself goes first.
  mkdirSync(join(base, 'birds/.longtail'));
  expect(storeOf(io('birds'))).toBe(join(base, 'birds/.longtail'));
});
