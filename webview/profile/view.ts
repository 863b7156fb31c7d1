import type { ProfileFacts } from '../../src/profile/classRows';
import { words } from '../../src/words/say';

/** "5,000 images": the count with what is counted. */
export const amount = ({ dataset }: Pick<ProfileFacts, 'dataset'>, count: number): string => {
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
