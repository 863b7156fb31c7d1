import { at, map } from '../numbers';
import type { Numbers } from '../numbers';
import { rowNorms } from './classifier';

/** `centred`: the mean of all training features is taken off, then every row has norm 1. */
export type MeanFeatures = 'raw' | 'unit' | 'centred';
/** `dot` is the product over the width, the mean's norm not divided out, as the authors' code has it. */
export type MeanSimilarity = 'l2' | 'cosine' | 'dot';

export interface MeanVariant {
  readonly features: MeanFeatures;
  readonly similarity: MeanSimilarity;
}

/**
 * Variants by name. `cosine`, the default, divides the means' norms out as well; `un-` (as they
 * are), `l2n-` (unit rows) and `cl2n-` (centred, then unit rows) with `l2` or `cos` are those of the
 * authors' code, whose `cos` does not.
 */
export const meanVariants = {
  cosine: { features: 'centred', similarity: 'cosine' },
  l2: { features: 'raw', similarity: 'l2' },
  'un-l2': { features: 'raw', similarity: 'l2' },
  'un-cos': { features: 'raw', similarity: 'dot' },
  'l2n-l2': { features: 'unit', similarity: 'l2' },
  'l2n-cos': { features: 'unit', similarity: 'dot' },
  'cl2n-l2': { features: 'centred', similarity: 'l2' },
  'cl2n-cos': { features: 'centred', similarity: 'dot' },
} as const satisfies Record<string, MeanVariant>;

export interface NearestMean {
  /** Class means of the prepared features [classes][width]; NaN rows for classes without items. */
  readonly means: Float64Array;
  /** Mean of all features as they were given [width]: what centred ones have taken off. */
  readonly centre: Float64Array;
  /** Scores of features [rows][width] as [rows][classes]; higher wins, -Infinity without a mean. */
  scores(features: Numbers): Float64Array;
}

const columnMeans = (rows: Numbers, width: number): Float64Array => {
  const result = new Float64Array(width);
  const count = rows.length / width;
  for (let i = 0; i < rows.length; i++) result[i % width] = at(result, i % width) + at(rows, i);
  return map(result, (total) => total / count);
};

const unitRows = (rows: Numbers, width: number): Float64Array => {
  const norms = rowNorms(rows, width);
  return map(rows, (value, i) => value / Math.max(at(norms, Math.floor(i / width)), 1e-12));
};

/**
 * Nearest-class-mean classifier on features. The default, centred unit features and cosine, is
 * invariant to the scale of the features. Kang et al., ICLR 2020, section 4.2.
 */
export const nearestMean = (
  features: Numbers,
  labels: Numbers,
  shape: { readonly width: number; readonly classes: number },
  variant: MeanVariant = meanVariants.cosine,
): NearestMean => {
  const { width, classes } = shape;
  const centre = columnMeans(features, width);
  const prepare = (rows: Numbers): Float64Array => {
    if (variant.features === 'raw') return Float64Array.from(rows);
    if (variant.features === 'unit') return unitRows(rows, width);
    return unitRows(
      map(rows, (value, i) => value - at(centre, i % width)),
      width,
    );
  };
  const prepared = prepare(features);
  const members = new Float64Array(classes);
  const totals = new Float64Array(classes * width);
  for (let row = 0; row < labels.length; row++) {
    const label = at(labels, row);
    members[label] = at(members, label) + 1;
    for (let d = 0; d < width; d++) {
      const place = label * width + d;
      totals[place] = at(totals, place) + at(prepared, row * width + d);
    }
  }
  const means = map(totals, (total, i) => total / at(members, Math.floor(i / width)));
  const meanNorms = rowNorms(means, width);

  const score = (rows: Numbers, norms: Numbers, row: number, j: number): number => {
    if (at(members, j) === 0) return -Infinity;
    let dot = 0;
    let squares = 0;
    for (let d = 0; d < width; d++) {
      const x = at(rows, row * width + d);
      const m = at(means, j * width + d);
      dot += x * m;
      squares += (x - m) ** 2;
    }
    if (variant.similarity === 'l2') return -squares;
    if (variant.similarity === 'dot') return dot / width;
    return dot / Math.max(at(norms, row) * at(meanNorms, j), 1e-12);
  };

  return {
    means,
    centre,
    scores: (given) => {
      const rows = prepare(given);
      const norms = rowNorms(rows, width);
      const result = new Float64Array(norms.length * classes);
      return map(result, (_, i) => score(rows, norms, Math.floor(i / classes), i % classes));
    },
  };
};
