import { describe, expect, it } from 'vitest';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource } from './memorySource';

const scan = (...records: readonly unknown[]) =>
  scanDatasetSync(
    memorySource({ '/data/a.jsonl': records.map((record) => JSON.stringify(record)).join('\n') }),
    '/data',
  );
const counts = (...records: readonly unknown[]): unknown[] => {
  const { task, classNames, labels } = scan(...records);
  return [
    task,
    Object.fromEntries(
      classNames.map((name, id) => [name, labels.filter((label) => label === id).length]),
    ),
  ];
};

describe('labels of annotation tools', () => {
  it('are counted one by one where they have offsets', () => {
    const span = { start_offset: 0, end_offset: 2, label: 'A' };
    expect(counts({ text: 'a', entities: [span, span] }, { text: 'b', entities: [] })).toEqual([
      'sequence',
      { A: 2 },
    ]);
    expect(
      counts({
        text: 'a',
        label: [
          [0, 1, 'A'],
          [1, 2, 'A'],
        ],
      }),
    ).toEqual(['sequence', { A: 2 }]);
  });

  it('are of whole texts where there are none', () => {
    const topics = [{ label: 'A' }, { label: 'A' }];
    expect(counts({ text: 'a', topics })).toEqual(['multi-label', { A: 1 }]);
  });

  it('are several categories where a text has two or none', () => {
    const one = { text: 'a', cats: { A: 1, B: 0 } };
    expect(counts(one, one)).toEqual(['single-label', { A: 2 }]);
    expect(counts(one, { text: 'b', cats: { A: 1, B: 0.5 } })).toEqual([
      'multi-label',
      { A: 2, B: 1 },
    ]);
    expect(counts(one, { text: 'b', cats: { A: 0, B: 0 } })).toEqual(['multi-label', { A: 1 }]);
  });

  it("are what Prodigy's annotator chose", () => {
    const options = [{ id: 'A', text: 'an A' }];
    const chosen = (accept: readonly string[], answer = 'accept') => ({
      text: 'x',
      options,
      accept,
      answer,
    });
    expect(counts(chosen(['A']), chosen(['B']), chosen(['B'], 'reject'))).toEqual([
      'single-label',
      { A: 1, B: 1 },
    ]);
    expect(counts(chosen(['A', 'B']), chosen([]))).toEqual(['multi-label', { A: 1, B: 1 }]);
  });
});

it('a folder of DocBin alone is refused, with what to do', () => {
  expect(() => scanDatasetSync(memorySource({ '/data/train.spacy': 'x' }), '/data')).toThrow(
    expect.objectContaining({ code: 'dataset/docbin-only' }) as Error,
  );
});
