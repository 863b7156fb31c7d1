import { expect, it } from 'vitest';
import { profileText } from '../../../src/cli/profileText';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { profileDataset } from '../../../src/profile/profile';
import { memorySource } from '../dataset/memorySource';

const shown = (categories: readonly number[], extra: object): string => {
  const coco = {
    images: [1, 2, 3].map((id) => ({ id, file_name: `${String(id)}.jpg`, width: 9, height: 9 })),
    categories: [
      { id: 1, name: 'ant' },
      { id: 2, name: 'bee' },
    ],
    annotations: categories.map((category_id, i) => ({
      ...{ id: i + 1, image_id: 1 + (i % 2), category_id },
      ...extra,
    })),
  };
  const source = memorySource({ '/data/annotations/instances_train.json': JSON.stringify(coco) });
  const profile = profileDataset(scanDatasetSync(source, '/data'));
  return profileText(profile, { all: false, columns: 100, paint: (_, text) => text });
};

it('counts objects where there are objects, and pictures beside them', () => {
  const text = shown([1, 1, 1, 1, 2, 2], { bbox: [0, 0, 4, 4], area: 16 });
  expect(text).toContain('ant has 2 times the objects of bee.');
  expect(text).toContain('classes 2 · pictures 3 · objects 6 ·');
  expect(text).toContain('One picture has no object.');
  expect(text).toContain('train objects');
  expect(text).not.toMatch(/samples (of|[·\d])/);
});

it('says that a sample with none of the labels is a negative, not left out', () => {
  const source = memorySource({ '/data/a.csv': 'x,labels\n1,sun|rain\n2,\n3,sun\n4,rain|sun\n' });
  const profile = profileDataset(scanDatasetSync(source, '/data/a.csv'));
  const text = profileText(profile, { all: false, columns: 100, paint: (_, t) => t });
  expect(profile.dataset.task).toBe('multi-label');
  expect(text).toContain('none of the labels');
  expect(text).not.toContain('not counted');
});
