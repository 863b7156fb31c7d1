import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineReader } from '../../../src/dataset/bytes/lineReader';
import { Skimmer } from '../../../src/dataset/formats/jsonl/skim';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

it('finds what JSON.parse finds', () => {
  const record = fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), fc.jsonValue(), {
    minKeys: 1,
    maxKeys: 6,
  });
  fc.assert(
    fc.property(record, fc.constantFrom(0, 2), (made, indent) => {
      const text = JSON.stringify(made, null, indent);
      const bytes = encode(text);
      const keys = [...Object.keys(made), 'not there'];
      const skimmer = new Skimmer(keys);
      expect(skimmer.read(bytes, 0, bytes.length)).toBe('record');
      const parsed = JSON.parse(text) as Record<string, unknown>;
      keys.forEach((key, k) => {
        const from = skimmer.from[k] ?? -1;
        expect(from >= 0).toBe(Object.hasOwn(parsed, key));
        if (from < 0) return;
        const value = Buffer.from(bytes).toString('utf8', from, skimmer.to[k]);
        expect(JSON.parse(value)).toEqual(parsed[key]);
      });
    }),
  );
});

it('ends on any bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ a1\n'.split('')) }), (text) => {
      const bytes = encode(`{${text}`);
      expect(['record', 'empty', 'damaged']).toContain(
        new Skimmer(['a']).read(bytes, 0, bytes.length),
      );
    }),
  );
});

it('gives every line, wherever the chunks end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 9 })),
      fc.integer({ min: 1, max: 7 }),
      (lines, n) => {
        const text = lines.map((line) => line.replaceAll('\n', ' ')).join('\n');
        const bytes = encode(text);
        const reader = new LineReader({
          size: bytes.length,
          read: (offset, length) =>
            bytes.subarray(offset, offset + Math.min(length, n + (length >> 20))),
          close: () => undefined,
        });
        const got: string[] = [];
        while (reader.read()) {
          got.push(reader.bytes.toString('utf8', reader.start, reader.end));
          expect(text.slice(reader.offset).startsWith(got.at(-1) ?? '?')).toBe(true);
        }
        expect(got).toEqual(text === '' ? [] : text.replace(/\n$/, '').split('\n'));
      },
    ),
  );
});
