import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../src/dataset/detect';
import { classOfStem, planNames } from '../../../src/dataset/formats/fileNames/parts';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { memorySource } from './memorySource';
import type { Tree } from './memorySource';

/** Names with numbers from 1 put in for `#`, `count` of each. */
const names = (count: number, ...patterns: readonly string[]): string[] =>
  patterns.flatMap((pattern) =>
    Array.from({ length: count }, (_, at) => pattern.replace('#', String(at + 1))),
  );
const classes = (stems: readonly string[]): string[] | null => {
  const plan = planNames(stems);
  return plan && [...new Set(stems.map((stem) => classOfStem(stem, plan) ?? ''))];
};
const tree = (paths: readonly string[]): Tree =>
  Object.fromEntries(paths.map((path) => [`/data/${path}`, 'x']));
const first = (paths: readonly string[]): string =>
  detectFormat(memorySource(tree(paths)), '/data')[0]?.format ?? '';

describe('classes in the names of files', () => {
  it.each([
    ['before a point', ['cat.#', 'dog.#'], ['cat', 'dog']],
    ['of several words', ['red_fox_#', 'snow_owl_#'], ['red_fox', 'snow_owl']],
    ['before brackets', ['cat (#)', 'dog (#)'], ['cat', 'dog']],
    ['of one letter', ['A_#', 'B_#'], ['A', 'B']],
    ['as the first of parts that vary on their own', ['0_ann_#', '0_bo_#', '1_ann_#'], ['0', '1']],
  ])('are found %s', (_, patterns, expected) => {
    expect(classes(names(4, ...patterns))).toEqual(expected);
  });

  it.each([
    ['one class', ['cat_#']],
    ['what cameras write', ['IMG_#', 'DSC_#']],
    ['frames of videos', ['video1_frame_#', 'video2_frame_#']],
    ['pictures of numbered series', ['img_1_#', 'img_2_#']],
    ['splits', ['train_#', 'test_#']],
    ['COCO', ['COCO_train2014_#', 'COCO_val2014_#']],
    ['numbers alone', ['03-01-#', '03-02-#']],
    ['dates', ['2021-03-01_#', '2022-03-01_#']],
    ['numbers without a separator', ['cat#', 'dog#']],
  ])('are not taken from %s', (_, patterns) => {
    expect(classes(names(4, ...patterns))).toBeNull();
  });

  it('are not taken from names that do not repeat', () => {
    const ids = Array.from({ length: 40 }, (_, at) => `owner${String(at)}_1`);
    expect(classes(ids)).toBeNull();
  });

  it('rank below folders that are classes', () => {
    const inFolders = names(4, 'a/cat_#.jpg', 'a/dog_#.jpg', 'b/cat_#.jpg', 'b/dog_#.jpg');
    expect(first(inFolders)).toBe('image-folder');
    expect(first([...inFolders, ...names(4, 'cat_#.jpg', 'dog_#.jpg')])).toBe('image-folder');
    expect(first(names(4, 'train/a/cat_#.jpg', 'train/b/dog_#.jpg'))).toBe('image-folder');
    expect(first(names(4, 'cat_#.jpg', 'dog_#.jpg'))).toBe('file-names');
  });

  it('rank below labels beside the pictures', () => {
    const rows = names(4, 'cat_#.jpg,x', 'dog_#.jpg,y').join('\n');
    const pictures = tree(names(4, 'cat_#.jpg', 'dog_#.jpg'));
    const source = memorySource({ ...pictures, '/data/labels.csv': `image,label\n${rows}\n` });
    expect(detectFormat(source, '/data')[0]?.format).toBe('csv');
  });

  it('are read from the part that the user names, and refused where there is none', () => {
    const source = memorySource(tree(names(4, '1-#-A-7.wav', '2-#-B-9.wav')));
    const scan = (labelColumn: string) =>
      scanDatasetSync(source, '/data', { format: 'file-names', labelColumn });
    expect(scan('4').classNames).toEqual(['7', '9']);
    expect(scan('3').classNames).toEqual(['A', 'B']);
    expect(() => scan('5')).toThrow(
      expect.objectContaining({ code: 'dataset/column-missing' }) as Error,
    );
  });
});
