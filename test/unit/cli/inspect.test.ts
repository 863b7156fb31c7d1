import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Inspection } from '../../../src/dataset/inspect/types';
import { buildShell, type Shell } from '../../support/shell';

const withShell: { shell: Shell | null } = { shell: null };
const run = async (...args: string[]) => {
  if (withShell.shell === null) throw new Error('no shell');
  return withShell.shell.run(args);
};

beforeAll(async () => {
  const shell = (withShell.shell = await buildShell());
  const files = { 'train/cat/1': 'x', 'train/dog/2': 'x', 'train/dog/3': 'z', 'test/cat/4': 'x' };
  for (const [path, text] of Object.entries(files)) {
    const file = join(shell.folder, 'pets', `${path}.png`);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  writeFileSync(join(shell.folder, 'flowers.csv'), 'width,label\n1,a\n2,b\n3,a\n4,b\n');
}, 60_000);
afterAll(() => withShell.shell?.dispose());

it('looks into the samples in a thread, as text and as JSON', { timeout: 60_000 }, async () => {
  const text = await run('inspect', 'pets');
  expect(text.code).toBe(0);
  expect(text.stdout).toContain('one of 1 samples of test is also in train (100 %)');
  expect(text.stdout).toContain('2 pairs of equal samples have different labels.');
  const json = JSON.parse((await run('inspect', 'pets', '--json')).stdout) as Inspection;
  expect(json.schema).toBe('longtail.inspection/1');
  expect(json.repeats).toMatchObject({ repeated: 3, pairsOverSplits: 2, pairsOverLabels: 2 });
  expect(json.media.unreadable).toBe(4);
  const table = await run('inspect', 'flowers.csv');
  expect(table).toMatchObject({ code: 2, stdout: '' });
  expect(table.stderr).toContain('rows or texts');
  const near = JSON.parse((await run('inspect', 'pets', '--near', '--json')).stdout) as Inspection;
  expect(near.near).toMatchObject({ radius: 4, compared: 0, undecodable: 4, pairs: 0 });
  expect((await run('inspect', 'pets', '--near-bits', '99')).stderr).toContain('0 to 12');
  expect((await run('inspect', '--help')).stdout).not.toContain('cli/');
});
