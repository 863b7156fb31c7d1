import { describe, expect, it } from 'vitest';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { profileDataset } from '../../../src/profile/profile';
import { profileSchema } from '../../../src/profile/schema';
import type { ClassObjects, ClassSets, LongTailProfile } from '../../../src/profile/types';
import type { ClassChoice } from '../../../src/dataset/classView';
import { memorySource } from '../dataset/memorySource';

const setsOf = ({ labelSets }: LongTailProfile, name: string): ClassSets | undefined =>
  labelSets?.classes.find((one) => one.name === name);
const objectsOf = ({ objects }: LongTailProfile, name: string): ClassObjects | undefined =>
  objects?.classes.find((one) => one.name === name);

// Rows 100, 100, 110, 101, 010 and one without a label; the test rows count for nothing here.
const table = [
  'file,split,cat,dog,fox',
  'a.png,train,1,0,0',
  'b.png,train,1,0,0',
  'c.png,train,1,1,0',
  'd.png,train,1,0,1',
  'e.png,train,0,1,0',
  'f.png,test,0,0,1',
  'g.png,test,0,1,1',
].join('\n');

const ofTable = (text: string, classes?: ClassChoice): LongTailProfile => {
  const source = memorySource({ '/data/labels.csv': text });
  const index = scanDatasetSync(source, '/data/labels.csv', { format: 'csv' });
  return profileDataset(index, classes === undefined ? {} : { classes });
};

describe('a profile of several labels a sample', () => {
  it('has the measures of the training split worked out by hand', () => {
    const profile = ofTable(table);
    expect(profile.dataset.task).toBe('multi-label');
    expect(profile.labelSets).toMatchObject({
      samples: 5,
      unlabelled: 0,
      cardinality: 7 / 5,
      distinctSets: 4,
      rareLabels: 1,
      pairs: [{ rare: 'fox', frequent: 'cat', together: 1, share: 1 }],
      pairsComplete: true,
    });
    expect(profile.labelSets?.density).toBeCloseTo(7 / 15, 12);
    // IRLbl 1, 2, 4; of the sets cat+dog and cat+fox 1 - sqrt(2) / 1.5 and 1 - 2 / 2.5.
    expect(profile.labelSets?.meanImbalance).toBeCloseTo(7 / 3, 12);
    expect(profile.labelSets?.cvImbalance).toBeCloseTo(0.6547, 4);
    expect(profile.labelSets?.scumble).toBeCloseTo(0.0514, 4);
    expect(profile.labelSets?.classes).toMatchObject([
      { name: 'cat', imbalance: 1 },
      { name: 'dog', imbalance: 2 },
      { name: 'fox', imbalance: 4 },
    ]);
    expect(setsOf(profile, 'fox')?.scumble).toBeCloseTo(0.2, 12);
    expect(profile.together).toEqual({
      rare: [{ name: 'fox', samples: 1 }],
      frequent: [{ name: 'cat', samples: 4 }],
      samples: [[1]],
      rareLabels: 1,
    });
    // Of two the rarest is cat (in four), of two dog (in two), of one fox.
    expect(profile.rarest).toEqual({ counts: [1, 2, 4], samples: [1, 2, 2], without: 0 });
    expect(() => profileSchema.parse(profile)).not.toThrow();
  });

  it('counts an empty set as one, and knows nothing of a class that training lacks', () => {
    const rows = ['h.png,train,0,0,0', 'i.png,train,0,0,0'].join('\n');
    const profile = ofTable(`${table.replaceAll(',0,1\nd', ',0,0\nd')}\n${rows}`);
    expect(profile.labelSets).toMatchObject({ samples: 7, unlabelled: 2, cardinality: 1 });
    const none = ofTable(table.replace('d.png,train,1,0,1', 'd.png,train,1,0,0'));
    expect(setsOf(none, 'fox')).toMatchObject({ imbalance: null, scumble: null });
  });

  it('takes two merged labels of a sample for one', () => {
    const choice = { ignore: [], merge: { pet: ['cat', 'dog'] } };
    const profile = ofTable(table, choice);
    expect(profile.labelSets).toMatchObject({ cardinality: 6 / 5, distinctSets: 2 });
    expect(profile.labelSets?.classes).toMatchObject([{ imbalance: 1 }, { imbalance: 5 }]);
    expect(ofTable(table, { ignore: ['cat'], merge: {} }).labelSets?.samples).toBe(3);
  });

  it('says nothing of sets where a sample has one label', () => {
    const profile = ofTable('text,label\nx,a\ny,b\nz,a\n');
    expect(profile.dataset.task).toBe('single-label');
    expect(profile).not.toHaveProperty('labelSets');
    expect(profile).not.toHaveProperty('rarest');
  });
});

const box = (image: number, category: number, area: number) => ({
  id: image * 1000 + area,
  image_id: image,
  category_id: category,
  bbox: [0, 0, 1, area],
  area,
});

/** So many pictures; objects as (picture, class, area). */
const ofBoxes = (
  pictures: number,
  objects: readonly (readonly [number, number, number])[],
): LongTailProfile => {
  const images = Array.from({ length: pictures }, (_, id) => ({
    id,
    file_name: `${String(id)}.png`,
  }));
  const text = JSON.stringify({
    images,
    annotations: objects.map(([image, category, area]) => box(image, category, area)),
    categories: ['car', 'bus', 'tram', 'ship'].map((name, id) => ({ id, name })),
  });
  const source = memorySource({ '/data/annotations.json': text });
  return profileDataset(scanDatasetSync(source, '/data/annotations.json', { format: 'coco' }));
};

describe('a profile of objects', () => {
  // 4,000 pictures: a car in 3,990, a bus in 11 (two in one of them), a tram in one; one is empty.
  const profile = ofBoxes(4000, [
    ...Array.from({ length: 3990 }, (_, i) => [i, 0, 20_000] as const),
    ...Array.from({ length: 11 }, (_, i) => [3985 + i, 1, 2000] as const),
    [3985, 1, 2001],
    [3998, 2, 100],
  ]);

  it('counts images, objects and sizes', () => {
    expect(profile.objects).toMatchObject({
      images: 4000,
      objects: 4003,
      areas: { unknown: 0, small: 1, medium: 12, large: 3990 },
      groups: { rare: 1, common: 1, frequent: 1, absent: 1 },
    });
    expect(objectsOf(profile, 'bus')).toMatchObject({
      images: 11,
      group: 'common',
      areas: { small: 0, medium: 12, large: 0 },
    });
    expect(objectsOf(profile, 'ship')).toMatchObject({
      images: 0,
      group: null,
      repeat: null,
    });
    expect(() => profileSchema.parse(profile)).not.toThrow();
  });

  it('repeats images as LVIS would: root of threshold over share of images', () => {
    expect(objectsOf(profile, 'car')?.repeat).toBe(1);
    expect(objectsOf(profile, 'bus')?.repeat).toBe(1);
    // A share of 1 in 4,000 under 1 in 1,000.
    expect(objectsOf(profile, 'tram')?.repeat).toBeCloseTo(2, 12);
    expect(profile.objects?.repeat).toMatchObject({ threshold: 0.001, images: 1, largest: 2 });
    expect(profile.objects?.repeat.mean).toBeCloseTo(4001 / 4000, 12);
  });

  it('calls ten images rare and a hundred common', () => {
    const every = (count: number, id: number) =>
      Array.from({ length: count }, (_, i) => [i, id, 1] as const);
    const found = ofBoxes(200, [...every(10, 0), ...every(100, 1), ...every(101, 2)]);
    const groups = ['car', 'bus', 'tram'].map((name) => objectsOf(found, name)?.group);
    expect(groups).toEqual(['rare', 'common', 'frequent']);
  });

  it('leaves sizes out where no format said them', () => {
    const source = memorySource({
      '/set/data.yaml': 'names: [car, bus]\ntrain: images\n',
      '/set/images/1.jpg': '',
      '/set/labels/1.txt': '0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n0 .2 .2 .1 .1\n',
    });
    const { objects } = profileDataset(scanDatasetSync(source, '/set', { format: 'yolo' }));
    expect(objects).toMatchObject({ images: 1, objects: 3 });
    expect(objects).not.toHaveProperty('areas');
  });
});
