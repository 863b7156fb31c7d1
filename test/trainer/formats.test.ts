import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCifar, writeIdx, writeNpz, writeShards } from './arrayDatasets';
import { createBench, reportOf } from './runs';
import { drawPicture, side } from './tinyDataset';

/** A dataset to train on: what to write into a folder (or where it is), and what it holds. */
interface FormatCase {
  readonly name: string;
  readonly write: (folder: string) => string;
  readonly trained: number;
  readonly classes: readonly string[];
  /** A small convolution network unless said. */
  readonly model?: string;
  readonly input?: string;
}

const fixtures = resolve(__dirname, '../fixtures/trainer');

const formats: readonly FormatCase[] = [
  {
    name: 'Parquet with the bytes of pictures',
    write: () => join(fixtures, 'parquet'),
    trained: 60,
    classes: ['upright', 'level'],
  },
  {
    name: 'CSV beside picture files',
    write: (folder) => {
      mkdirSync(join(folder, 'images'), { recursive: true });
      const rows = Array.from({ length: 80 }, (_, i) => {
        const label = i % 4 === 0 ? 1 : 0;
        const data = drawPicture(label, i);
        const png = encode({ width: side, height: side, data, channels: 1, depth: 8 });
        writeFileSync(join(folder, 'images', `${String(i)}.png`), png);
        return `${String(i)},${label === 1 ? 'rare' : 'common'},${i < 60 ? 'train' : 'test'}`;
      });
      writeFileSync(join(folder, 'labels.csv'), `id,label,split\n${rows.join('\n')}\n`);
      return folder;
    },
    trained: 60,
    classes: ['common', 'rare'],
  },
  {
    name: 'JSON lines of texts',
    write: (folder) => {
      mkdirSync(folder, { recursive: true });
      const record = (i: number): string => {
        const label = i % 4 === 0 ? 'space' : 'sport';
        const own = label === 'space' ? 'the probe left its orbit' : 'the team won its league';
        return JSON.stringify({ text: `${own} on day ${String(i)} of that year`, label });
      };
      const lines = Array.from({ length: 80 }, (_, i) => record(i));
      writeFileSync(join(folder, 'train.jsonl'), `${lines.slice(0, 60).join('\n')}\n`);
      writeFileSync(join(folder, 'test.jsonl'), `${lines.slice(60).join('\n')}\n`);
      return folder;
    },
    trained: 60,
    classes: ['space', 'sport'],
    model: '{ kind: linear }',
    input: 'input: { kind: text }',
  },
  { name: 'CIFAR', write: writeCifar, trained: 60, classes: ['blue', 'red'] },
  { name: 'MNIST IDX', write: writeIdx, trained: 60, classes: ['0', '1'] },
  { name: 'WebDataset', write: writeShards, trained: 60, classes: ['common', 'rare'] },
  {
    name: 'NumPy rows',
    write: writeNpz,
    trained: 60,
    classes: ['0', '1'],
    model: '{ kind: linear }',
    input: 'input: { kind: tabular }',
  },
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stage = '{ name: train, epochs: 2, optimizer: { learningRate: 0.05, batchSize: 16 } }';

describe.each(formats)('$name', ({ name, write, trained, classes, model, input }) => {
  it('trains for two epochs', async () => {
    const own = join(folder, name);
    const root = write(join(own, 'data'));
    const before = readdirSync(root, { recursive: true }).sort();
    const bench = createBench(join(own, 'bench'), root);
    const config = bench.writeConfig('two', {
      dataset: `dataset: { root: ${JSON.stringify(root)}, splits: { train: train, test: test, validation: none } }`,
      stages: [stage],
      model: model ?? '{ kind: small-cnn, width: 4 }',
      ...(input === undefined ? {} : { input }),
      backend: 'wasm',
    });
    const report = reportOf(await bench.start(config, { baseline: 'skip' }).finished);
    expect(report.timings[0]).toMatchObject({ epochs: 2, steps: 2 * Math.ceil(trained / 16) });
    expect(report.scores.classes.map((row) => row.name)).toEqual(classes);
    expect(report.scores.classes.reduce((sum, row) => sum + row.trainCount, 0)).toBe(trained);
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(before);
  });
});
