import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../../src/dataset/formats/csv/recordReader';
import { openTable } from '../../../src/dataset/formats/csv/tableBytes';
import { memorySource } from './memorySource';

fc.configureGlobal({ seed: 20261123 });

interface Read {
  readonly rows: string[][];
  readonly reader: RecordReader;
  readonly places: [number, number][];
}

const readAll = (content: string | Uint8Array, delimiter = ','): Read => {
  const table = openTable(memorySource({ '/a.csv': content }), '/a.csv');
  const reader = new RecordReader(table, delimiter.charCodeAt(0));
  const rows: string[][] = [];
  const places: [number, number][] = [];
  while (reader.read()) {
    rows.push(Array.from({ length: reader.fields }, (_, i) => reader.text(i)));
    places.push([reader.offset, reader.length]);
  }
  return { rows, reader, places };
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('records', () => {
  it('reads back any cells that were quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '🐈') });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join(end);
        expect(readAll(text).rows).toEqual(rows);
      }),
    );
  });

  it('reads bare cells, and quotes in the middle of them, as they stand', () => {
    expect(readAll('a,b "c" d,5\'6"\n,,\n').rows).toEqual([
      ['a', 'b "c" d', '5\'6"'],
      ['', '', ''],
    ]);
  });

  it('leaves out empty lines and needs no line end at the end', () => {
    expect(readAll('\n\na,b\r\n\r\nc,d').rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('gives places from which each record can be read again', () => {
    const text = 'id,t\n1,"a\nb"\n\n2,é\n';
    const bytes = new TextEncoder().encode(text);
    const { places } = readAll(bytes);
    const parts = places.map(([offset, length]) =>
      new TextDecoder().decode(bytes.slice(offset, offset + length)),
    );
    expect(parts).toEqual(['id,t', '1,"a\nb"', '2,é']);
  });

  it('is the same across the borders of its chunks', () => {
    // Records of 100,003 bytes and one line end: a chunk of 1 MB ends inside one.
    const rows = Array.from({ length: 40 }, (_, i) => [
      String(i % 10),
      `${'x'.repeat(50_000)}\n${'"'.repeat(9)}${'y'.repeat(49_900)}`,
    ]);
    const text = rows.map((row) => row.map(quoted).join(',')).join('\n');
    const read = readAll(text);
    expect(read.rows).toEqual(rows);
    expect(read.reader.runaways).toBe(0);
  });
});

describe('what no table should have', () => {
  it('reads a quote that never closes as a character', () => {
    const { rows, reader } = readAll('a,b\n1,"x\n2,y\n');
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '"x'],
      ['2', 'y'],
    ]);
    expect(reader.runaways).toBe(1);
  });

  it('gives up on quotes after three that never close', () => {
    // Each closes only after more than 4 MB: further than a record may be long.
    const far = `${'z'.repeat(10_000)},z\n`.repeat(480);
    const { rows, reader } = readAll(`"1\n${far}"2\n${far}"3\n${far}"4\n"5,5"\n`);
    expect(reader.runaways).toBe(3);
    expect(rows.at(-1)).toEqual(['"5', '5"']);
  });

  it('skips a line without end instead of keeping it', () => {
    const { rows, reader } = readAll(`a,b\n${'x'.repeat(9 * 1024 * 1024)}\nc,d\n`);
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(reader.tooLong).toBe(1);
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { places } = readAll(bytes);
        places.reduce((last, [offset, length]) => {
          expect(offset).toBeGreaterThanOrEqual(last);
          return offset + length;
        }, 0);
      }),
    );
  });
});

describe('encodings', () => {
  const text = 'naïve,“x”\nнет,1\n';
  it.each([
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    expect(readAll(bytes).rows).toEqual([
      ['naïve', '“x”'],
      ['нет', '1'],
    ]);
  });

  it('UTF-16 without a mark, by its zeros', () => {
    expect(readAll(Buffer.from('one,two\nthree,four\n', 'utf16le')).rows[1]).toEqual([
      'three',
      'four',
    ]);
  });

  it('Windows-1252 where it cannot be UTF-8', () => {
    expect(readAll(Buffer.from([0x93, 0xe9, 0x94, 0x2c, 0x80])).rows).toEqual([['“é”', '€']]);
  });
});
