import type { LongTailProfile, ProfileClass } from '../../src/profile/types';
import { words } from '../../src/words/say';

/** A class with its count in the profiled split, which is what bands and measures are of. */
export interface ClassRow {
  /** In the profile's list of classes. */
  readonly place: number;
  readonly name: string;
  readonly count: number;
  readonly band: ProfileClass['band'];
  readonly splits: ProfileClass['splits'];
  readonly all: number;
  /** Share of the profiled split, 0 when that is empty. */
  readonly share: number;
}

/** Largest first, names in order where they tie. */
export const byFallingCount = (a: ClassRow, b: ClassRow): number =>
  b.count - a.count || (a.name < b.name ? -1 : 1);

/** Classes as the page shows them, largest first. */
export const classRowsOf = ({ classes, profiledSplit }: LongTailProfile): readonly ClassRow[] => {
  const countOf = (own: ProfileClass): number =>
    profiledSplit === 'all' ? own.count : (own.splits[profiledSplit] ?? 0);
  const total = classes.reduce((sum, own) => sum + countOf(own), 0);
  return classes
    .map((own, place) => ({
      place,
      name: own.name,
      count: countOf(own),
      band: own.band,
      splits: own.splits,
      all: own.count,
      share: total > 0 ? countOf(own) / total : 0,
    }))
    .sort(byFallingCount);
};

/** "5,000 images": the count with what is counted. */
export const amount = ({ dataset }: LongTailProfile, count: number): string => {
  const kind =
    dataset.task === 'detection' || dataset.task === 'segmentation'
      ? 'annotation'
      : dataset.modality === 'image'
        ? 'image'
        : 'sample';
  return words(`pages/amount/${kind}`, { count });
};

/** Split as a reader calls it: the known ones by their word, others by their own name. */
export const splitName = (name: string): string =>
  ['train', 'validation', 'test', 'all'].includes(name) ? words(`pages/split/${name}`) : name;
