import type { DatasetIndex, FileSource } from '../types';
import type { ReadPictures } from './pictures';
import { placesOf } from './places';
import type { SamplePicture, SamplePlace } from './types';

export interface WantedSamples {
  readonly className: string;
  /** The dataset's classes that it stands for, where it is a merged one. */
  readonly members?: readonly string[];
  readonly split?: string;
  /** Samples of it to pass over first. */
  readonly from?: number;
  readonly limit: number;
}

export interface ClassSamples {
  readonly class: string;
  /** Samples with the label, listed or not; a picture with two objects of it is one. */
  readonly count: number;
  readonly samples: readonly SamplePlace[];
  /** Where they were asked for: of each sample its picture, null where there is none to show. */
  readonly pictures?: readonly (SamplePicture | null)[];
}

/**
 * The first `limit` samples of a class after `from`, of one split or of all, in the index's order,
 * but those that are trained on first: a class of few is mostly looked at for what it is learnt
 * from. A class or split that is not there has none. `readPictures` reads them too: it brings every
 * format's reader along, which who only lists has no use for.
 */
export const samplesOfClass = (
  source: FileSource,
  index: DatasetIndex,
  wanted: WantedSamples,
  readPictures?: ReadPictures,
): ClassSamples => {
  const { className, members = [className], from = 0, limit } = wanted;
  const names = new Set(members);
  const isWanted = Uint8Array.from(index.classNames, (name) => (names.has(name) ? 1 : 0));
  const listed: number[] = [];
  let count = 0;
  const list = (isOne: (split: number) => boolean): void => {
    for (let sample = 0; sample < index.samples; sample++) {
      if (!isOne(index.split[sample] ?? 0)) continue;
      const end = index.labelStart[sample + 1] ?? 0;
      let at = index.labelStart[sample] ?? 0;
      while (at < end && isWanted[index.labels[at] ?? 0] !== 1) at++;
      if (at === end) continue;
      if (count >= from && count < from + limit) listed.push(sample);
      count++;
    }
  };
  const first = index.splitNames.indexOf(wanted.split ?? 'train');
  list((split) => split === first);
  if (wanted.split === undefined) list((split) => split !== first);
  const found = { class: className, count, samples: placesOf(source, index, listed) };
  return readPictures === undefined
    ? found
    : { ...found, pictures: readPictures(source, index, listed) };
};
