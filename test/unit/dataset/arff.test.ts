import { describe, expect, it } from 'vitest';
import { ArffRow } from '../../../src/dataset/formats/arff/row';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { FormatOptions } from '../../../src/dataset/types';
import { memorySource } from './memorySource';

const read = (text: string) => {
  const bytes = Buffer.from(text);
  const row = new ArffRow();
  const kind = row.read(bytes, 0, bytes.length);
  return kind === 'row' ? Array.from({ length: row.fields }, (_, at) => row.text(at)) : kind;
};

describe('a row of ARFF', () => {
  it.each([
    ['1,b,c', ['1', 'b', 'c']],
    ["'a b' , \"c,d\",'it\\'s'", ['a b', 'c,d', "it's"]],
    ['1 2\t3', ['1', '2', '3']],
    ["?,'?',x", [null, '?', 'x']],
    ['a,,b,', ['a', '', 'b', '']],
    ['5, yes, {2}', ['5', 'yes']],
    ['%', 'none'],
    ['  \r', 'none'],
    ["'a", 'damaged'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('names its attributes where it is sparse', () => {
    const bytes = Buffer.from("{1 x, 4 'y z'}");
    const row = new ArffRow();
    expect(row.read(bytes, 0, bytes.length)).toBe('row');
    expect([0, 1, 4].map((at) => row.place(at))).toEqual([-1, 0, 1]);
    expect(row.text(1)).toBe('y z');
    for (const text of ['{1 x', '{1}', '{a b}', '{-1 b}']) expect(read(text)).toBe('damaged');
    expect(read('{}')).toEqual([]);
  });
});

describe('labels of ARFF', () => {
  const scan = (text: string, options: FormatOptions = {}) =>
    scanDatasetSync(memorySource({ '/data/a.arff': text }), '/data', options);
  const meka = (count: string): string =>
    `@relation 'x: -C ${count}'\n@attribute a {0,1}\n@attribute f numeric\n@attribute b {0,1}\n@data\n1,5,1\n0,5,1\n`;

  it('are the first of MEKA, or the last', () => {
    expect([scan(meka('1')).task, scan(meka('1')).classNames]).toEqual(['multi-label', ['a']]);
    expect(scan(meka('-1')).classNames).toEqual(['b']);
  });

  it('are what the user names', () => {
    const index = scan(meka('1'), { labelColumn: 'f' });
    expect([index.task, index.classNames]).toEqual(['single-label', ['5']]);
    expect(() => scan(meka('1'), { labelColumn: 'none' })).toThrow(
      expect.objectContaining({ code: 'dataset/column-missing' }) as Error,
    );
  });

  it('are asked for where there are only numbers', () => {
    expect(() => scan('@relation r\n@attribute a real\n@data\n1\n')).toThrow(
      expect.objectContaining({ code: 'dataset/no-label-column' }) as Error,
    );
  });

  it('name their attribute where there are more than two values', () => {
    const text = "@relation '-C 2'\n@attribute a {x,y,z}\n@attribute b {0,1}\n@data\nx,1\nz,0\n";
    expect(scan(text).classNames).toEqual(['a=x', 'a=z', 'b=0', 'b=1']);
  });
});
