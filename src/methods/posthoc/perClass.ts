import { at, map } from '../numbers';
import type { Numbers } from '../numbers';

/** What a correction does to the logits of every class [C]: scale z + offset. */
export interface ClassCorrection {
  /** All 1 where null. */
  readonly scales: Float64Array | null;
  /** -Infinity takes a class out, whatever its logit. */
  readonly offsets: Float64Array;
}

/**
 * tau-normalisation of a linear classifier by its logits w.x + b alone: w.x / |w|^tau is
 * (z - b) / |w|^tau. `norms` and `biases` are [C]; a class whose `trained` is false is never
 * predicted. Kang et al., ICLR 2020, equation 4.
 */
export const normCorrection = (
  { norms, biases }: { readonly norms: Numbers; readonly biases: Numbers },
  trained: readonly boolean[],
  tau: number,
): ClassCorrection => {
  const scales = map(norms, (norm) => 1 / Math.max(norm, 1e-12) ** tau);
  return {
    scales,
    offsets: map(biases, (bias, j) => (trained[j] === true ? -bias * at(scales, j) : -Infinity)),
  };
};

/**
 * Predicted class of every row of corrected logits [rows][classes], without the matrix between: for
 * sliders over saved logits. The lowest class on a tie.
 */
export const predictCorrected = (
  logits: Float32Array,
  classes: number,
  { scales, offsets }: ClassCorrection,
): Int32Array => {
  const rows = logits.length / classes;
  const result = new Int32Array(rows);
  const factors = scales ?? new Float64Array(classes).fill(1);
  for (let row = 0, from = 0; row < rows; row++, from += classes) {
    let best = 0;
    let top = -Infinity;
    for (let j = 0; j < classes; j++) {
      const score = (logits[from + j] ?? NaN) * (factors[j] ?? NaN) + (offsets[j] ?? NaN);
      if (score > top) {
        best = j;
        top = score;
      }
    }
    result[row] = best;
  }
  return result;
};

/** Corrected logits [rows][classes], a new array. */
export const correctLogits = (
  logits: Numbers,
  classes: number,
  { scales, offsets }: ClassCorrection,
): Float64Array =>
  map(logits, (z, i) => {
    const offset = at(offsets, i % classes);
    if (offset === -Infinity) return -Infinity;
    return (scales === null ? z : z * at(scales, i % classes)) + offset;
  });
