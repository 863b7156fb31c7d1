import fc from 'fast-check';

/** CIFAR-10-LT, imbalance factor 100. */
export const cifar10 = [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50];

/** Class counts, some of them empty, at least one not. */
export const someCounts = fc
  .array(fc.integer({ min: 0, max: 20000 }), { minLength: 1, maxLength: 12 })
  .filter((counts) => counts.some((n) => n > 0));

/** Class counts without an empty class. */
export const fullCounts = fc.array(fc.integer({ min: 1, max: 20000 }), {
  minLength: 2,
  maxLength: 12,
});

export const total = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0);

/** The largest |a - b| over positions. */
export const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, i) => {
    const other = b[i] ?? NaN;
    return value === other ? most : Math.max(most, Math.abs(value - other));
  }, 0);
};

export const rounded = (values: ArrayLike<number>, digits: number): number[] =>
  Array.from(values, (value) => Number(value.toFixed(digits)));
