import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildShell, type Shell } from '../../support/shell';

describe('longtail samples', { timeout: 60_000 }, () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await buildShell();
    for (const path of ['train/cat/1', 'train/cat/2', 'train/dog/3', 'test/cat/4']) {
      const file = join(shell.folder, 'pets', `${path}.png`);
      mkdirSync(resolve(file, '..'), { recursive: true });
      writeFileSync(file, path);
    }
    writeFileSync(
      join(shell.folder, 'flowers.csv'),
      'width,label\n1.5,rose\n2.5,tulip\n3.5,"rose"\n4.5,tulip\n5,rose\n',
    );
    const cifar = resolve(__dirname, '../../fixtures/datasets/webdataset-cls/data');
    cpSync(cifar, join(shell.folder, 'shards'), { recursive: true });
  }, 60_000);
  afterAll(() => shell.dispose());

  it('lists the files of a class, of one split, and as JSON', async () => {
    const all = await shell.run(['samples', 'pets', '--class', 'cat']);
    expect(all).toMatchObject({ code: 0, stderr: '' });
    // Those that are trained on first, though “test” comes before “train”.
    expect(all.stdout).toBe('train/cat/1.png\ntrain/cat/2.png\ntest/cat/4.png\n');
    const one = await shell.run([
      ...['samples', 'pets', '--class', 'cat', '--split', 'train', '--limit', '1', '--json'],
    ]);
    expect(JSON.parse(one.stdout)).toEqual({
      class: 'cat',
      count: 2,
      samples: [{ path: 'train/cat/1.png', split: 'train', labels: ['cat'] }],
    });
    const cut = await shell.run(['samples', 'pets', '--class', 'cat', '--limit', '1']);
    expect(cut.stderr).toContain('and 2 more');
  });

  it('names lines of a table and members of an archive', async () => {
    const table = await shell.run(['samples', 'flowers.csv', '--class', 'rose']);
    expect(table.stdout).toBe('flowers.csv:2\nflowers.csv:4\nflowers.csv:6\n');
    const { stdout } = await shell.run(['scan', 'shards', '--json']);
    const profile = JSON.parse(stdout) as { classes: { name: string }[] };
    const name = profile.classes[0]?.name ?? '';
    const shards = await shell.run(['samples', 'shards', '--class', name]);
    expect(shards.stdout).toMatch(/^\S+\.tar, \S+\.(png|jpg)$/m);
  });

  it.each([
    [['samples', 'pets'], '--class NAME'],
    [['samples', 'pets', '--class', 'cta'], '“cat”'],
    [['samples', 'pets', '--class', 'cat', '--split', 'tset'], '“test”'],
    [['samples', 'pets', '--class', 'cat', '--limit', '-1'], 'whole number'],
  ])('%j is refused with the remedy', async (args, remedy) => {
    const ended = await shell.run(args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(remedy);
  });

  it('explains its options', async () => {
    const { stdout } = await shell.run(['samples', '--help']);
    expect(stdout).toContain('--class NAME');
    expect(stdout).not.toContain('cli/');
  });
});
