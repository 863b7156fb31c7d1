import { describe, expect, it } from 'vitest';
import { SvmLine, headerOf } from '../../../src/dataset/formats/svmlight/line';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource } from './memorySource';

const read = (text: string) => {
  const bytes = Buffer.from(text);
  const line = new SvmLine();
  const isSample = line.read(bytes, 0, bytes.length);
  const features: [number, number][] = [];
  const isWhole = line.features(bytes, (index, value) => features.push([index, value]));
  return { isSample, labels: line.labels(bytes), features, isWhole };
};

describe('a line of svmlight', () => {
  it.each([
    [
      '1 1:0.5 7:-2',
      ['1'],
      [
        [1, 0.5],
        [7, -2],
      ],
    ],
    ['+1 1:1e-3', ['1'], [[1, 0.001]]],
    ['-1.0 qid:4 2:3 # 5:5', ['-1'], [[2, 3]]],
    ['3,1,3,', ['3', '1'], []],
    [
      ' 2:1 3:1',
      [],
      [
        [2, 1],
        [3, 1],
      ],
    ],
    ['2:1', [], [[2, 1]]],
    ['cat 0:1', ['cat'], [[0, 1]]],
  ])('%s', (text, labels, features) => {
    expect(read(text)).toEqual({ isSample: true, labels, features, isWhole: true });
  });

  it.each(['', '  \t\r', '# 1 1:1'])('"%s" is no sample', (text) => {
    expect(read(text).isSample).toBe(false);
  });

  it.each(['1 word', '1 a:1', '1 -1:1', '1 1.5:1'])(
    '"%s" has a word that is no feature',
    (text) => {
      expect(read(text).isWhole).toBe(false);
    },
  );

  it('knows the sizes that files of extreme classification begin with', () => {
    expect(headerOf('15539 5000 3993')).toEqual({ samples: 15539, features: 5000, labels: 3993 });
    expect(headerOf('1 2:3 4:5')).toBeNull();
  });
});

it('is not seen in tables and lists', () => {
  const rows = '1 2 3\n4 5 6\n1 8 9\n4 1 2\n';
  const index = scanDatasetSync(memorySource({ '/data/a.txt': rows }), '/data/a.txt');
  expect(index.format).toBe('csv');
});
