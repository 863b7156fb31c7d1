import { expect, it } from 'vitest';
import { knownSplit, normaliseSplit } from '../../../src/dataset/splitNames';

it.each([
  ['train', 'train'],
  ['Training', 'train'],
  ['my_train-00001', 'train'],
  ['train2017', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['DEV', 'validation'],
  ['validation.set', 'validation'],
  ['testing', 'test'],
  ['eval', 'test'],
  ['t10k', 'test'],
  ['t10k-images', 'test'],
])('%s means %s', (name, split) => {
  expect(knownSplit(name)).toBe(split);
});

it.each([
  'trains',
  'protest',
  'latest',
  'device',
  'train-test',
  'cat',
  '',
  'evaluate',
  'training set b and test',
])('%s is no split', (name) => {
  expect(knownSplit(name)).toBeNull();
});

it('keeps other names as they are and calls an empty one "all"', () => {
  expect(normaliseSplit(' fold 3 ')).toBe('fold 3');
  expect(normaliseSplit(' ')).toBe('all');
  expect(normaliseSplit('Dev')).toBe('validation');
});
