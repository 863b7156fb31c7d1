import { LongtailError } from '../../common/errors';
import type { DatasetIndex, FileSource } from '../types';
import type { ReadPictures } from './pictures';
import { placesOf } from './places';
import type { SamplePicture, SamplePlace } from './types';

/** Samples by their numbers, as files beside the dataset (a run's predictions) name them. */
export interface WantedRows {
  readonly rows: readonly number[];
  /** Of the index that the numbers are of: in another one they are other samples. */
  readonly fingerprint: string;
}

export interface RowSamples {
  /** In the order of the numbers asked for. */
  readonly samples: readonly SamplePlace[];
  /** Where they were asked for: of each sample its picture, null where there is none to show. */
  readonly pictures?: readonly (SamplePicture | null)[];
}

/** Where samples are, by number. Throws `dataset/index-other` for the numbers of another dataset. */
export const samplesOfRows = (
  source: FileSource,
  index: DatasetIndex,
  { rows, fingerprint }: WantedRows,
  readPictures?: ReadPictures,
): RowSamples => {
  if (index.fingerprint !== fingerprint || rows.some((row) => row >= index.samples))
    throw new LongtailError('dataset/index-other', { root: index.root });
  const samples = placesOf(source, index, rows);
  return readPictures === undefined
    ? { samples }
    : { samples, pictures: readPictures(source, index, rows) };
};
