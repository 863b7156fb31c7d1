import { describe, expect, it } from 'vitest';
import {
  everyClass,
  ignoring,
  isEveryClass,
  membersOf,
  merging,
} from '../../../src/dataset/classChoice';
import { viewClasses, type ClassChoice } from '../../../src/dataset/classView';

const dataset = { classNames: ['ant', 'bee', 'cat', 'dog', 'eel'] };
const shown = (choice: ClassChoice): readonly string[] => viewClasses(dataset, choice).names;
const merge = (choice: ClassChoice, names: readonly string[], into: string): ClassChoice =>
  merging(choice, names, into, (name) => shown(choice).includes(name));

describe('choosing classes step by step', () => {
  it('leaves out what was selected, and more after that', () => {
    const choice = ignoring(ignoring(everyClass, ['ant']), ['eel', 'cat']);
    expect(shown(choice)).toEqual(['bee', 'dog']);
    expect(isEveryClass(choice)).toBe(false);
  });

  it('merges under a new name or one of their own', () => {
    expect(shown(merge(everyClass, ['ant', 'bee'], 'insect'))).toContain('insect');
    expect(shown(merge(everyClass, ['cat', 'dog'], 'dog'))).toEqual(['ant', 'bee', 'dog', 'eel']);
  });

  it('takes a merged class apart when it is merged or left out again', () => {
    const insects = merge(everyClass, ['ant', 'bee'], 'insect');
    const animals = merge(insects, ['insect', 'cat'], 'animal');
    expect(animals.merge).toEqual({ animal: ['ant', 'bee', 'cat'] });
    expect(membersOf(animals, 'animal')).toEqual(['ant', 'bee', 'cat']);
    expect(shown(ignoring(animals, ['animal']))).toEqual(['dog', 'eel']);
  });

  it('joins the class that has the name already, merged or not', () => {
    expect(merge(everyClass, ['ant', 'bee'], 'cat').merge).toEqual({ cat: ['ant', 'bee', 'cat'] });
    const insects = merge(everyClass, ['ant', 'bee'], 'insect');
    expect(merge(insects, ['cat', 'dog'], 'insect').merge).toEqual({
      insect: ['cat', 'dog', 'ant', 'bee'],
    });
  });
});
