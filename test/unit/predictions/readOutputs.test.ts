import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { readOutputs } from '../../../src/predictions/readOutputs';
import type { NamedParts } from '../../../src/predictions/types';
import { memorySource } from '../dataset/memorySource';

const folder = join(import.meta.dirname, '../../fixtures/predictions');
const classes = ['ant', 'bee', 'cicada'];

/** The formula of make.py. */
const logits = Array.from({ length: 12 }, (_, i) =>
  [0, 1, 2].map((j) => (((i * 5 + j * 7) % 16) - 8) / 8),
);
const labels = Array.from({ length: 12 }, (_, i) => i % 3);

const read = (name: string, parts: NamedParts = {}) =>
  readOutputs(nodeFileSource, join(folder, name), parts, { resolve: (path) => join(folder, path) });

/** Softmax of logits: what two ways to write the same outputs have in common. */
const probabilitiesOf = (values: ArrayLike<number>): number[] =>
  Array.from({ length: values.length / 3 }, (_, row) => {
    const own = [0, 1, 2].map((j) => Math.exp(values[row * 3 + j] ?? NaN));
    const total = own.reduce((a, b) => a + b, 0);
    return own.map((one) => one / total);
  }).flat();

describe('files of outputs', () => {
  it.each([
    ['plain.npz', {}],
    ['packed.npz', {}],
    ['big-endian.npz', { classes: 'ant,bee,cicada' }],
    ['logits.npy', { labels: 'labels.npy', classes: 'ant,bee,cicada' }],
    ['lists.parquet', { classes: 'ant,bee,cicada' }],
  ] as const)('%s gives logits, labels and names as they were written', async (name, parts) => {
    const outputs = await read(name, parts);
    expect(outputs).toMatchObject({ task: 'single-label', classNames: classes, items: 12 });
    expect([...(outputs.logits ?? [])]).toEqual(logits.flat());
    expect([...outputs.labels]).toEqual(labels);
    expect(outputs.notes).toEqual([]);
  });

  it.each(['table.csv', 'snappy.parquet', 'zstd.parquet'])(
    '%s gives probabilities by column names',
    async (name) => {
      const outputs = await read(name);
      expect(outputs.classNames).toEqual(classes);
      expect([...outputs.labels]).toEqual(labels);
      const wanted = probabilitiesOf(logits.flat());
      probabilitiesOf(outputs.logits ?? []).forEach((p, i) =>
        expect(p).toBeCloseTo(wanted[i]!, 12),
      );
    },
  );

  it('takes training counts where the file has them', async () => {
    expect((await read('packed.npz')).trainCounts).toEqual([60, 30, 10]);
    expect((await read('plain.npz')).trainCounts).toBeNull();
  });

  it.each([
    ['pickled.npz', {}, 'arrays/pickled'],
    ['logits.npy', {}, 'posthoc/no-labels'],
    ['lists.parquet', {}, 'posthoc/no-class-order'],
    ['plain.npz', { logits: 'logit' }, 'posthoc/no-such-key'],
    ['plain.npz', { classes: 'ant,bee' }, 'posthoc/classes-count'],
    ['plain.npz', { probabilities: 'logits' }, 'posthoc/not-probabilities'],
    ['labels.npy', { labels: 'plain.npz' }, 'posthoc/several-arrays'],
    ['make.py', {}, 'posthoc/unknown-file'],
    ['absent.npz', {}, 'posthoc/cannot-open'],
  ] as const)('%s with %j says %s', async (name, parts, code) => {
    await expect(read(name, parts)).rejects.toMatchObject({ code });
  });
});

describe('tables', () => {
  const open = (text: string, parts: NamedParts = {}, path = '/x.csv') =>
    readOutputs(memorySource({ [path]: text }), path, parts, { resolve: (one) => one });

  it('makes two columns of one score, a probability or a logit', async () => {
    const shares = await open('score,y_true\n0.25,0\n0.5,1\n');
    expect(shares.classNames).toEqual(['0', '1']);
    expect(shares.logits?.[1]).toBeCloseTo(Math.log(0.25 / 0.75), 12);
    expect(shares.notes.map(({ code }) => code)).toEqual(['posthoc/note/taken-as-probabilities']);
    const raw = await open('score,y_true\n0.25,0\n-3,1\n');
    expect([...(raw.logits ?? [])]).toEqual([0, 0.25, 0, -3]);
    const named = await open('score,y_true\n0.25,0\n0.5,1\n', { logits: 'score' });
    expect([...(named.logits ?? [])]).toEqual([0, 0.25, 0, 0.5]);
  });

  it('finds columns named as the classes, and labels of several columns', async () => {
    const byName = await open('bee,ant,label\n3,1,ant\n-1,2,bee\n');
    expect(byName.classNames).toEqual(['ant', 'bee']);
    expect([...(byName.logits ?? [])]).toEqual([1, 3, 2, -1]);
    const sets = await open(
      'label_a,label_b,prob_a,prob_b\n1,1,0.5,0.9\n0,0,0.1,0.5\n0,1,0.2,0.75\n',
    );
    expect(sets).toMatchObject({ task: 'multi-label', classNames: ['a', 'b'], items: 3 });
    expect([...sets.labels]).toEqual([1, 1, 0, 0, 0, 1]);
    expect(sets.logits?.[5]).toBeCloseTo(Math.log(3), 12);
  });

  it('reads other separators and quotes', async () => {
    const outputs = await open(
      'label;logit_a b;"logit_c"\n"a b";1;2\nc;0,5;1\n'.replace('0,5', '0.5'),
    );
    expect(outputs.classNames).toEqual(['a b', 'c']);
    expect([...outputs.labels]).toEqual([0, 1]);
  });

  it.each([
    ['logit_a,logit_b,label\n1,2,a\n1,,b\n', 'posthoc/not-finite'],
    ['logit_a,logit_b,label\n1,2,a\n1,3,c\n', 'posthoc/unknown-label'],
    ['logit_a,logit_b,label\n1,2,0\n1,3,2\n', 'posthoc/label-range'],
    ['logit_a,logit_b,label\n1,2,0\n1,3,0.5\n', 'posthoc/labels-not-whole'],
    ['logit_a,logit_b,label\n1,x,0\n1,3,1\n', 'posthoc/not-numbers'],
    ['logit_a,logit_b,label\n', 'posthoc/no-items'],
    ['a,b\n1,2\n', 'posthoc/no-labels'],
    ['label,other\n0,2\n1,3\n', 'posthoc/no-scores'],
  ])('%j says %s', async (text, code) => {
    await expect(open(text)).rejects.toMatchObject({ code });
  });

  it('names row and array of what is wrong', async () => {
    await expect(open('logit_a,logit_b,label\n1,2,a\n1,,b\n')).rejects.toMatchObject({
      params: { path: '/x.csv', name: 'logits', row: 2, value: 'NaN' },
    });
  });
});
