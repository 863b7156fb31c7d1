import { describe, expect, it } from 'vitest';
import { viewClasses } from '../../../src/dataset/classView';

const dataset = { classNames: ['ant', 'bee', 'cat', 'dog'] };
const code = (name: string): unknown => expect.objectContaining({ code: name });

describe('viewClasses', () => {
  it('leaves everything as it is without a choice', () => {
    const { names, map } = viewClasses(dataset, { ignore: [], merge: {} });
    expect(names).toEqual(dataset.classNames);
    expect([...map]).toEqual([0, 1, 2, 3]);
  });

  it('puts a merged class where its first member stood and leaves out ignored ones', () => {
    const { names, map } = viewClasses(dataset, {
      ignore: ['cat'],
      merge: { insect: ['bee', 'ant'] },
    });
    expect(names).toEqual(['insect', 'dog']);
    expect([...map]).toEqual([0, 0, -1, 1]);
  });

  it('lets a merged class keep the name of one of its members', () => {
    expect(viewClasses(dataset, { ignore: [], merge: { dog: ['dog', 'cat'] } }).names).toEqual([
      'ant',
      'bee',
      'dog',
    ]);
  });

  it.each([
    ['dataset/class-unknown', { ignore: ['cow'], merge: {} }],
    ['dataset/class-unknown', { ignore: [], merge: { x: ['cow'] } }],
    ['dataset/class-twice', { ignore: [], merge: { x: ['ant'], y: ['ant', 'bee'] } }],
    ['dataset/class-twice', { ignore: ['ant'], merge: { x: ['ant', 'bee'] } }],
    ['dataset/class-name-taken', { ignore: [], merge: { dog: ['ant', 'bee'] } }],
  ])('refuses with %s', (name, choice) => {
    expect(() => viewClasses(dataset, choice)).toThrow(code(name));
  });
});
