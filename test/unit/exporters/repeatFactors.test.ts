import { describe, expect, it } from 'vitest';
import { exporterNamed, exportFiles } from '../../../src/exporters';
import { imageRepeats } from '../../../src/exporters/repeatList';
import type { ExportItems } from '../../../src/exporters/types';
import { medianFrequencyThreshold, repeatFactors } from '../../../src/methods/sampling';
import { profileOf } from '../../support/configs';
import { jobOf } from '../../support/exports';

/** Images with several classes: the same class twice does not count twice. */
const images: readonly (readonly number[])[] = [
  ...Array.from({ length: 60 }, () => [0]),
  ...Array.from({ length: 20 }, () => [0, 1]),
  ...Array.from({ length: 6 }, () => [1, 2]),
  [3, 0],
  [],
];
const names = ['Ä', 'b', '10', '2', 'B'];
const counts = names.map((_, j) => images.filter((own) => own.includes(j)).length);

const items: ExportItems = {
  count: () => images.length,
  place: (item) => ({ path: `images/${item}.png`, row: null }),
  label: (item) => images[item]?.[0] ?? -1,
  labels: (item) => images[item] ?? [],
};

const jobWith = (sampler: object) => {
  const plain = profileOf({ counts, names, task: 'detection' });
  const absent = { group: null, repeat: null };
  const objects = {
    images: images.length,
    objects: 0,
    groups: { rare: 0, common: 0, frequent: 0, absent: 0 },
    repeat: { threshold: 0.001, images: 0, mean: 1, largest: 1 },
    classes: names.map((name, j) => ({ name, images: counts[j] ?? 0, ...absent })),
  };
  return {
    ...jobOf({ ...plain, objects }, { sampler: { kind: 'repeat-factor', ...sampler } }),
    items,
  };
};

const ours = (options: { readonly squareRoot?: boolean; readonly most?: number }) => {
  const labels = Uint32Array.from(images.flat());
  const starts = new Uint32Array(images.length + 1);
  images.forEach((own, i) => (starts[i + 1] = (starts[i] ?? 0) + own.length));
  const threshold = medianFrequencyThreshold(counts.map((n) => n / images.length));
  return repeatFactors({ starts, labels }, names.length, { threshold, most: 10, ...options });
};

describe('repeat factors of exports', () => {
  it('are those of our sampler, for each class and each image', () => {
    for (const options of [{}, { squareRoot: false }, { most: 2 }]) {
      const job = jobWith(options);
      const { categoryRepeat, imageRepeat } = ours(options);
      expect([...(job.stage.sampler.repeats ?? [])]).toEqual(categoryRepeat.map((r) => r ?? 1));
      expect([...imageRepeats(job, items)]).toEqual([...imageRepeat]);
    }
    expect(Math.max(...ours({}).imageRepeat)).toBeGreaterThan(3);
    expect(jobWith({ threshold: 0.25 }).stage.sampler.threshold).toBe(0.25);
  });

  it('are listed a line an image', () => {
    const { files } = exportFiles(jobWith({}), exporterNamed('detectron2'));
    const text = [...(files.find(({ path }) => path.endsWith('.csv'))?.parts ?? [])].join('');
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(images.length + 1);
    expect(lines.at(-1)).toBe(`images/${images.length - 1}.png,,1`);
  });
});
