import { stageCounts, type TailQuestion } from '../../config/stageCounts';
import type { TrainingData } from './trainingData';

/** What a stage draws from: the rows of the training split, then extra copies of rare ones. */
export interface TrainingItems {
  /** Row of each item. */
  readonly rows: Uint32Array;
  /** Class of each item; −1 with several labels an item. */
  readonly labels: Int32Array;
  /** Items of each class [C], copies included. */
  readonly counts: readonly number[];
  /** Items from here on are copies, to be augmented more strongly. */
  readonly firstCopy: number;
}

/** The items of a stage. Copies of a class are spread evenly over its rows; no row is left out. */
export const trainingItems = (
  data: Pick<TrainingData, 'split' | 'classOf' | 'trainCounts'>,
  question: TailQuestion,
): TrainingItems => {
  const { train } = data.split;
  const counts = stageCounts(data.trainCounts, question);
  const extra = counts.map((count, label) => count - (data.trainCounts[label] ?? 0));
  const copies = extra.reduce((sum, n) => sum + n, 0);
  const rows = new Uint32Array(train.length + copies);
  rows.set(train);
  let at = train.length;
  while (at < rows.length)
    for (const row of train) {
      const label = data.classOf[row] ?? -1;
      const left = extra[label] ?? 0;
      if (left === 0) continue;
      extra[label] = left - 1;
      rows[at++] = row;
    }
  const labels = new Int32Array(rows.length);
  for (let item = 0; item < rows.length; item++) labels[item] = data.classOf[rows[item] ?? 0] ?? -1;
  return { rows, labels, counts, firstCopy: train.length };
};
