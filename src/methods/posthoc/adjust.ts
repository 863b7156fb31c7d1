import { argMax, at, map } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * Post-hoc logit adjustment: z_j - tau log prior_j for every row of [rows][classes] logits, a new
 * array. tau 0 leaves the logits as they are. A class whose log prior is -Infinity (no training
 * item) gets -Infinity for tau > 0: it is never predicted. Adding a constant to all log priors
 * changes no prediction. Menon et al., ICLR 2021 (arXiv 2007.07314), equation 9.
 */
export const adjustLogits = (
  logits: Numbers,
  classes: number,
  logPrior: Numbers,
  tau: number,
): Float64Array => {
  if (logPrior.length !== classes || logits.length % classes !== 0)
    throw new RangeError(`${logits.length} logits, ${logPrior.length} priors, ${classes} classes`);
  return map(logits, (z, i) => {
    if (tau === 0) return z;
    const log = at(logPrior, i % classes);
    return log === -Infinity ? -Infinity : z - tau * log;
  });
};

/**
 * Moves logits from the prior a model was trained on to the prior it will meet:
 * z + log target - log trained. The same prior on both sides is the identity, and a then b undoes
 * b then a. A class absent from either prior is never predicted.
 */
export const shiftPrior = (
  logits: Numbers,
  classes: number,
  logPriors: { readonly trained: Numbers; readonly target: Numbers },
): Float64Array => {
  const change = map(logPriors.target, (log, j) => {
    const trained = at(logPriors.trained, j);
    return log === -Infinity || trained === -Infinity ? -Infinity : log - trained;
  });
  return map(logits, (z, i) => z + at(change, i % classes));
};

/** The predicted class of every row of [rows][classes]; the lowest one on a tie. */
export const predictRows = (scores: Numbers, classes: number): Int32Array => {
  const result = new Int32Array(scores.length / classes);
  for (let row = 0; row < result.length; row++)
    result[row] = argMax(scores, row * classes, (row + 1) * classes);
  return result;
};

/** `predictRows(adjustLogits(…))` without the matrix between, for trying many values of tau. */
export const predictAdjusted = (
  logits: Numbers,
  classes: number,
  logPrior: Numbers,
  tau: number,
): Int32Array => {
  const offsets = map(logPrior, (log) => (tau === 0 ? 0 : -tau * log));
  const result = new Int32Array(logits.length / classes);
  for (let row = 0; row < result.length; row++) {
    let best = 0;
    let top = -Infinity;
    for (let j = 0; j < classes; j++) {
      const offset = offsets[j] ?? NaN;
      // An empty class has an offset of +Infinity and is never predicted.
      const score = offset === Infinity ? -Infinity : (logits[row * classes + j] ?? NaN) + offset;
      if (score > top) {
        best = j;
        top = score;
      }
    }
    result[row] = best;
  }
  return result;
};

/**
 * Logits [rows][classes] plus offsets that may differ from row to row (cross-fitted ones do), a new
 * array. An offset of -Infinity takes a class out, whatever its logit.
 */
export const addOffsets = (
  logits: Numbers,
  classes: number,
  offsetsOf: (row: number) => Numbers,
): Float64Array => {
  const result = new Float64Array(logits.length);
  for (let row = 0; row < logits.length / classes; row++) {
    const offsets = offsetsOf(row);
    for (let j = 0; j < classes; j++) {
      const offset = offsets[j] ?? NaN;
      result[row * classes + j] =
        offset === -Infinity ? -Infinity : (logits[row * classes + j] ?? NaN) + offset;
    }
  }
  return result;
};

/**
 * What a correction adds to every row of logits [C]: log target - tau log trained, with 0 for a
 * uniform target. -Infinity for a class without training items (unless tau is 0) or absent from the
 * target. With tau 1 this is the general prior shift, with a uniform target logit adjustment.
 */
export const priorOffsets = (
  logPriors: { readonly trained: Numbers; readonly target: Numbers },
  tau: number,
): Float64Array =>
  map(logPriors.target, (target, j) => {
    const trained = at(logPriors.trained, j);
    if (target === -Infinity || (tau !== 0 && trained === -Infinity)) return -Infinity;
    return tau === 0 ? target : target - tau * trained;
  });
