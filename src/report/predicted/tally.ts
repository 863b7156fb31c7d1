import type { PredictedItem } from '../../protocol/modelJob';

/** What came out for the items looked at so far. */
export interface PredictionTally {
  /** Items that were read. */
  readonly read: number;
  readonly unreadable: number;
  /** Pictures in a folder that names a class. */
  readonly placed: number;
  /** Those of them whose prediction is that class. */
  readonly agreeing: number;
}

export const noPredictions: PredictionTally = { read: 0, unreadable: 0, placed: 0, agreeing: 0 };

/** The labels that are predicted: the most probable class, or all that are given. */
export const labelsOf = (item: PredictedItem): readonly string[] => {
  if ('unreadable' in item) return [];
  const [first] = item.guesses;
  if (first?.given === undefined) return first === undefined ? [] : [first.name];
  return item.guesses.filter(({ given }) => given === true).map(({ name }) => name);
};

/** Whether the prediction is the class of the folder; null where no folder names one. */
export const agrees = (item: PredictedItem): boolean | null =>
  'unreadable' in item || item.folder === null ? null : labelsOf(item).includes(item.folder);

/** The tally with one more item. */
export const tallied = (tally: PredictionTally, item: PredictedItem): PredictionTally => {
  if ('unreadable' in item) return { ...tally, unreadable: tally.unreadable + 1 };
  const agreeing = agrees(item);
  return {
    ...tally,
    read: tally.read + 1,
    placed: tally.placed + Number(agreeing !== null),
    agreeing: tally.agreeing + Number(agreeing === true),
  };
};
