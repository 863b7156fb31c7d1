import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteTable } from '../../../src/dataset/bytes/byteTable';
import { MemoryChunks } from '../../../src/dataset/columns';
import { IndexBuilder } from '../../../src/dataset/indexBuilder';
import { finishIndex } from '../../../src/dataset/indexEncode';
import { indexFromBytes } from '../../../src/dataset/indexFile';
import { RowsOut } from '../../../src/dataset/rowBatch';
import type { DatasetIndex } from '../../../src/dataset/types';

const build = (fill: (builder: IndexBuilder) => void): DatasetIndex | null => {
  const store = new MemoryChunks();
  const builder = new IndexBuilder(store, () => undefined);
  fill(builder);
  const facts = { root: '/d', format: 'csv', options: {}, startedMs: 0, scanMs: 0 };
  finishIndex(builder, facts, [], store);
  return indexFromBytes(store.bytes());
};
const contents = (index: DatasetIndex | null): unknown =>
  index === null
    ? null
    : [
        index.fingerprint,
        index.classNames,
        index.splitNames,
        [...index.labelStart],
        [...index.labels],
        [...index.split],
        index.areas,
        Array.from({ length: index.samples }, (_, i) => index.locator(i)),
        index.issues,
      ];

const rows = fc.array(
  fc.record({
    labels: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    split: fc.integer({ min: 0, max: 1 }),
    gap: fc.constantFrom(1, 7, 2 ** 31, 2 ** 33),
    length: fc.constantFrom(0, 5, 2 ** 32 - 1),
    digest: fc.integer(),
  }),
  { maxLength: 40 },
);

it('takes rows in batches as it takes them one by one', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const write = (builder: IndexBuilder, inBatches: boolean): void => {
        ['a', 'b', 'c', 'd'].forEach((name) => builder.classId(name));
        ['train', 'test'].forEach((name) => builder.splitId(name));
        const container = builder.container('t.csv');
        const out = new RowsOut(builder, container);
        let offset = 0;
        for (const { labels, split, gap, length, digest } of made) {
          offset += gap;
          if (inBatches) out.row(labels, split, offset, length, digest);
          else builder.sample(labels, split, container, '', offset, length, digest);
        }
        out.flush();
      };
      const batches = contents(build((builder) => write(builder, true)));
      expect(batches).toEqual(contents(build((builder) => write(builder, false))));
      expect(batches).not.toBeNull();
    }),
  );
});

it('gives back the columns that were written, even or not', () => {
  const index = build((builder) => {
    builder.classId('a');
    builder.splitId('all');
    builder.container('x');
    for (let i = 0; i < 70_000; i++)
      builder.sample([0], 0, 0, '', i === 69_999 ? 2 ** 40 + 3 : i * 3, 3, 0, i === 3 ? [2] : [0]);
  });
  expect(index?.locator(5)).toEqual({ path: 'x', offset: 15, length: 3 });
  expect(index?.locator(69_998).offset).toBe(69_998 * 3);
  expect(index?.locator(69_999).offset).toBe(2 ** 40 + 3);
  expect([...(index?.areas?.subarray(0, 5) ?? [])]).toEqual([0, 0, 0, 2, 0]);
  expect(index?.labelStart[70_000]).toBe(70_000);
});

it('numbers texts by their bytes, whatever their hashes', () => {
  const text = fc.string({ maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3000, size: 'max' }), (texts) => {
      const table = new ByteTable();
      const numbers = new Map<string, number>();
      for (const each of texts) {
        const bytes = new TextEncoder().encode(`..${each}.`);
        const found = table.find(new DataView(bytes.buffer), 2, bytes.length - 1);
        if (!numbers.has(each)) numbers.set(each, numbers.size);
        expect(found).toBe(numbers.get(each));
      }
      expect(table.size).toBe(numbers.size);
    }),
    { numRuns: 20 },
  );
});
