import type { ClassView } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';
import { resolveBands } from '../methods/bands';
import { largest } from '../methods/numbers';
import { repeatFactors } from '../methods/sampling';
import type { SampleSets } from '../dataset/sampleSets';
import type { AreaCounts, ImageGroup, ObjectFacts } from './types';

/** The threshold of LVIS: a class in fewer than one image of a thousand is repeated. */
const threshold = 0.001;

const areaKeys = ['unknown', 'small', 'medium', 'large'] as const;
const groups = { many: 'frequent', medium: 'common', few: 'rare' } as const;

/** [class × 4] objects of the samples by area class, 0 unknown. */
const countAreas = (
  index: DatasetIndex,
  view: ClassView,
  rows: Uint32Array,
): { readonly areas: Float64Array; readonly known: boolean } => {
  const areas = new Float64Array(4 * view.names.length);
  let known = false;
  for (const row of rows) {
    const to = index.labelStart[row + 1] ?? 0;
    for (let at = index.labelStart[row] ?? 0; at < to; at++) {
      const id = view.map[index.labels[at] ?? 0] ?? -1;
      if (id < 0) continue;
      const area = index.areas?.[at] ?? 0;
      if (area > 0) known = true;
      areas[4 * id + area] = (areas[4 * id + area] ?? 0) + 1;
    }
  }
  return { areas, known };
};

const areasOf = (areas: Float64Array, id: number): AreaCounts => {
  const [unknown, small, medium, large] = areaKeys.map((_, area) => areas[4 * id + area] ?? 0);
  return { unknown: unknown ?? 0, small: small ?? 0, medium: medium ?? 0, large: large ?? 0 };
};

const added = (a: AreaCounts, b: AreaCounts): AreaCounts => ({
  unknown: a.unknown + b.unknown,
  small: a.small + b.small,
  medium: a.medium + b.medium,
  large: a.large + b.large,
});

/**
 * Objects of the profiled split: images and objects a class, sizes, LVIS's three groups by images
 * (rare to 10, common to 100) and how often repeat-factor sampling would show an image at LVIS's
 * threshold. Images without an object count among the images. null where there is no object.
 */
export const profileObjects = (
  index: DatasetIndex,
  view: ClassView,
  { sets, rows }: SampleSets,
): ObjectFacts | null => {
  if (sets.labels.length === 0) return null;
  const classes = view.names.length;
  const { areas, known } = countAreas(index, view, rows);
  const factors = repeatFactors(sets, classes, { threshold });
  const images = factors.imagesPerCategory;
  const { assignment } = resolveBands(images, 'lvis');
  const groupOf = (id: number): ImageGroup | null =>
    (images[id] ?? 0) === 0 ? null : groups[assignment[id] ?? 'few'];
  const sizes = { rare: 0, common: 0, frequent: 0, absent: 0 };
  let all: AreaCounts = { unknown: 0, small: 0, medium: 0, large: 0 };
  for (let id = 0; id < classes; id++) {
    sizes[groupOf(id) ?? 'absent']++;
    all = added(all, areasOf(areas, id));
  }
  let repeated = 0;
  for (const repeat of factors.imageRepeat) if (repeat > 1) repeated++;
  return {
    images: rows.length,
    objects: all.unknown + all.small + all.medium + all.large,
    ...(known ? { areas: all } : {}),
    groups: sizes,
    repeat: {
      threshold,
      images: repeated,
      mean: factors.expectedEpochSize / rows.length,
      largest: largest(factors.imageRepeat),
    },
    classes: view.names.map((name, id) => ({
      name,
      images: images[id] ?? 0,
      ...(known ? { areas: areasOf(areas, id) } : {}),
      group: groupOf(id),
      repeat: factors.categoryRepeat[id] ?? null,
    })),
  };
};
