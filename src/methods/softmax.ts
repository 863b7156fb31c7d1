import { argMax } from './numbers';
import type { Numbers } from './numbers';

/** log sum exp of one row of a row-major matrix; -Infinity where every entry is -Infinity. */
export const logSumExp = (values: Numbers, from = 0, to = values.length): number => {
  let top = -Infinity;
  for (let i = from; i < to; i++) top = Math.max(top, values[i] ?? NaN);
  if (top === -Infinity) return -Infinity;
  let total = 0;
  for (let i = from; i < to; i++) total += Math.exp((values[i] ?? NaN) - top);
  return top + Math.log(total);
};

/**
 * Softmax of every row of a row-major matrix [rows][classes]. An entry of -Infinity (a class
 * without training items) gets probability 0.
 */
export const softmaxRows = (logits: Numbers, classes: number): Float64Array => {
  const result = new Float64Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    let top = -Infinity;
    for (let j = from; j < from + classes; j++) top = Math.max(top, logits[j] ?? NaN);
    let total = 0;
    for (let j = from; j < from + classes; j++) {
      const power = Math.exp((logits[j] ?? NaN) - top);
      result[j] = power;
      total += power;
    }
    for (let j = from; j < from + classes; j++) result[j] = (result[j] ?? NaN) / total;
  }
  return result;
};

/** Predicted class and its softmax probability for every row, without the matrix of the others. */
export const topOfRows = (
  logits: Numbers,
  classes: number,
): { readonly predictions: Int32Array; readonly confidences: Float64Array } => {
  const rows = logits.length / classes;
  const predictions = new Int32Array(rows);
  const confidences = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    const best = argMax(logits, from, from + classes);
    const top = logits[from + best] ?? NaN;
    let total = 0;
    for (let j = from; j < from + classes; j++) total += Math.exp((logits[j] ?? NaN) - top);
    predictions[row] = best;
    confidences[row] = 1 / total;
  }
  return { predictions, confidences };
};
