export type Severity = 'none' | 'mild' | 'moderate' | 'severe' | 'extreme';

/**
 * A word for an imbalance ratio: below 3 none, to 10 mild, to 50 moderate, to 200 severe, above
 * that extreme. Bounds are our own choice, no publication's. Null (no ratio) is none.
 */
export const severity = (ratio: number | null): Severity => {
  if (ratio === null || ratio < 3) return 'none';
  if (ratio < 10) return 'mild';
  if (ratio < 50) return 'moderate';
  return ratio <= 200 ? 'severe' : 'extreme';
};
