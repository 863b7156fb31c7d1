import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** Counts of predictions, row-major [true][predicted], with its row and column sums. */
export interface Confusion {
  readonly classes: number;
  readonly cells: Float64Array;
  /** Items of each true class [C]. */
  readonly support: Float64Array;
  /** Items predicted as each class [C]. */
  readonly predicted: Float64Array;
  /** Items of each class predicted right [C]. */
  readonly correct: Float64Array;
  readonly items: number;
}

/** Counts labels against predictions; both are class positions below `classes`. */
export const confusionMatrix = (
  labels: Numbers,
  predictions: Numbers,
  classes: number,
): Confusion => {
  const cells = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const place = at(labels, i) * classes + at(predictions, i);
    cells[place] = at(cells, place) + 1;
  }
  const support = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const correct = new Float64Array(classes);
  for (let t = 0; t < classes; t++) {
    correct[t] = at(cells, t * classes + t);
    for (let p = 0; p < classes; p++) {
      const n = at(cells, t * classes + p);
      support[t] = at(support, t) + n;
      predicted[p] = at(predicted, p) + n;
    }
  }
  return { classes, cells, support, predicted, correct, items: labels.length };
};

/** The confusion counts as nested rows, for JSON. */
export const confusionRows = (confusion: Confusion): number[][] =>
  Array.from({ length: confusion.classes }, (_, t) =>
    Array.from(confusion.cells.subarray(t * confusion.classes, (t + 1) * confusion.classes)),
  );
