import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import { exportModel } from '../../src/trainer/finished/exportModel';
import { cases, trainHere } from './exportedCases';
import { predictInShell, run, writeLibrary } from './exportedCode';
import { writeNetwork } from './exportedNetworks';
import { writePictures } from './exportedPictures';
import { writeProblems } from './repeatProblems';
import { trainerPath } from './runs';

const root = mkdtempSync(join(tmpdir(), 'longtail-exported-shell-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A line that the code for Node prints. */
interface Printed {
  readonly path: string;
  readonly labels: readonly string[];
  readonly probabilities: Readonly<Record<string, number>>;
}

/** A line that the shell prints. */
interface Predicted {
  readonly path: string;
  readonly labels: readonly string[];
  readonly guesses: readonly { readonly name: string; readonly probability: number }[];
  readonly folder: string | null;
  readonly agrees: boolean | null;
}

const linesOf = (text: string): readonly unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('an exported model in the shell', () => {
  it('reads a folder of pictures as its code for Node does, and says what it could not', async () => {
    const { ops } = await selectBackend('wasm');
    const out = join(root, 'exports', 'network');
    await writeNetwork(ops, 'tiny-frozen', out);
    await writeLibrary(join(root, 'exports'));
    const folder = join(root, 'mixed');
    writePictures(folder);
    // One in a folder called like a class, the others in none.
    mkdirSync(join(folder, 'a'));
    renameSync(join(folder, 'colour.png'), join(folder, 'a', 'colour.png'));
    const pictures = [
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(png|jpg)$/.test(name))
        .map((name) => join(folder, name))
        .sort(),
    ];
    writeFileSync(join(folder, 'broken.png'), 'no picture');
    writeFileSync(join(folder, 'notes.txt'), '');
    const printed = await run(process.execPath, [join(out, 'longtailModel.mjs'), ...pictures]);
    const wanted = linesOf(printed) as readonly Printed[];
    expect(wanted.map(({ path }) => path)).toEqual(pictures);

    const shell = await predictInShell(out, folder, '--format', 'json', '--top', '9');
    expect(shell.code).toBe(1);
    expect(shell.stderr).toContain('broken.png');
    const found = linesOf(shell.stdout) as readonly Predicted[];
    expect(found.map(({ path }) => path)).toEqual(pictures);
    found.forEach(({ path, folder: own, guesses, labels, agrees }, i) => {
      const isPlaced = path === join(folder, 'a', 'colour.png');
      expect(own).toBe(isPlaced ? 'a' : null);
      expect(labels).toEqual(wanted[i]!.labels);
      expect(agrees).toBe(isPlaced ? labels[0] === 'a' : null);
      // Features are rounded to float16 as in training; the code for Node does not round them.
      for (const { name, probability } of guesses)
        expect(Math.abs(probability - wanted[i]!.probabilities[name]!)).toBeLessThan(3e-3);
    });
  });

  it('reads rows, and says which it left out', async () => {
    const dataset = writeProblems(join(root, 'problems')).table;
    const own = await trainHere(root, 'thresholds', { dataset, recipe: cases['thresholds']! });
    const { folder: model, store: storeFolder, out } = own;
    await exportModel({ kind: 'export', model, storeFolder, out }, dirname(trainerPath));
    const path = join(root, 'new.csv');
    writeFileSync(path, 'place;size\nhere;1,5\nthere;\nhere;big\n"un;known"\n');
    const shell = await predictInShell(out, path, '--format', 'csv', '--top', '1');
    expect(shell.code).toBe(1);
    expect(shell.stderr).toContain('row 3 has “big” in column “size”');
    expect(shell.stderr).toContain('row 4 lost fields');
    const [header, ...lines] = shell.stdout.trim().split('\n');
    expect(header).toBe('path,row,labels,class_1,probability_1');
    expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
      [path, '1'],
      [path, '2'],
    ]);
  });
});
