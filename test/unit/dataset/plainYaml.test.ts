import { expect, it } from 'vitest';
import { readYaml } from '../../../src/dataset/bytes/plainYaml';

it('reads what describes a dataset', () => {
  const value = readYaml(
    'names: {0: a, 1: b}\ntrain: [x, y]\n__proto__: 1\nrun: !!js/function f\n',
  );
  expect(value).toEqual(
    new Map<string, unknown>([
      [
        'names',
        new Map([
          [0, 'a'],
          [1, 'b'],
        ]),
      ],
      ['train', ['x', 'y']],
      ['__proto__', 1],
      ['run', 'f'],
    ]),
  );
});

it.each(['[', '{', '? ', '- ', '&a [', '{a: ', '[[]: '])(
  'leaves out %j nested without end',
  (mark) => {
    expect(readYaml(mark.repeat(5000))).toBeNull();
  },
);

it('is done soon with keys that are lists in lists', () => {
  expect(() => readYaml(`${'['.repeat(30)}1]: 2]: 3`)).not.toThrow();
});

it('does not unfold aliases without end', () => {
  const lines = ['a0: &a0 [x, x]'];
  for (let i = 1; i < 30; i++) {
    const again = Array.from({ length: 9 }, () => `*a${String(i - 1)}`).join(', ');
    lines.push(`a${String(i)}: &a${String(i)} [${again}]`);
  }
  expect(readYaml(lines.join('\n'))).toBeNull();
});
