import { at, map } from '../numbers';
import type { Numbers } from '../numbers';

/** Below this a row norm is taken as this, so that a dead class divides by no zero. */
const leastNorm = 1e-12;

/** Euclidean norm of every row of [rows][width]. */
export const rowNorms = (weights: Numbers, width: number): Float64Array => {
  const norms = new Float64Array(weights.length / width);
  for (let i = 0; i < weights.length; i++) {
    const row = Math.floor(i / width);
    norms[row] = Math.hypot(at(norms, row), at(weights, i));
  }
  return norms;
};

/**
 * tau-normalisation: rows of [classes][width] classifier weights divided by norm^tau; used without
 * a bias. tau 0 leaves them, tau 1 makes every norm 1. Kang et al., ICLR 2020, equation 4.
 */
export const tauNormalise = (weights: Numbers, width: number, tau: number): Float64Array => {
  const norms = rowNorms(weights, width);
  return map(weights, (w, i) => w / Math.max(at(norms, Math.floor(i / width)), leastNorm) ** tau);
};

/** Learnable weight scaling: rows of [classes][width] times one scale per class (Kang et al.). */
export const scaleRows = (weights: Numbers, width: number, scales: Numbers): Float64Array =>
  map(weights, (w, i) => w * at(scales, Math.floor(i / width)));

/** features [rows][width] x weights [classes][width] transposed (+ bias [classes]): [rows][classes]. */
export const linearLogits = (
  features: Numbers,
  weights: Numbers,
  width: number,
  bias?: Numbers,
): Float64Array => {
  const classes = weights.length / width;
  const rows = features.length / width;
  const result = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < classes; j++) {
      let total = bias ? at(bias, j) : 0;
      for (let d = 0; d < width; d++)
        total += at(features, row * width + d) * at(weights, j * width + d);
      result[row * classes + j] = total;
    }
  return result;
};
