import { at } from './numbers';
import type { Numbers } from './numbers';

/** log sum exp of one row of a row-major matrix; -Infinity where every entry is -Infinity. */
export const logSumExp = (values: Numbers, from = 0, to = values.length): number => {
  let top = -Infinity;
  for (let i = from; i < to; i++) top = Math.max(top, at(values, i));
  if (top === -Infinity) return -Infinity;
  let total = 0;
  for (let i = from; i < to; i++) total += Math.exp(at(values, i) - top);
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
    for (let j = from; j < from + classes; j++) top = Math.max(top, at(logits, j));
    let total = 0;
    for (let j = from; j < from + classes; j++) {
      const power = Math.exp(at(logits, j) - top);
      result[j] = power;
      total += power;
    }
    for (let j = from; j < from + classes; j++) result[j] = at(result, j) / total;
  }
  return result;
};

/** log softmax of every row of a row-major matrix [rows][classes]. */
export const logSoftmaxRows = (logits: Numbers, classes: number): Float64Array => {
  const result = new Float64Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    const norm = logSumExp(logits, from, from + classes);
    for (let j = from; j < from + classes; j++) result[j] = at(logits, j) - norm;
  }
  return result;
};
