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
