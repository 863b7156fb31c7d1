/** Numbers by position: plain or typed arrays. */
export type Numbers = ArrayLike<number>;

/**
 * The value at a position; NaN past the end, so that a wrong shape shows in the result. Loops over
 * whole matrices index in place instead: shared by every kind of array, this is several times slower.
 */
export const at = (values: Numbers, position: number): number => values[position] ?? NaN;

/** The numbers as float64, copied only where they are not: loops over one kind of array are fast. */
export const float64 = (values: Numbers): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values);

/** Sum with Neumaier's compensation: order and length do not cost digits. */
export const sum = (values: Numbers): number => {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    const next = total + value;
    if (Number.isFinite(next))
      lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
};

/** Arithmetic mean; NaN for no values. */
export const mean = (values: Numbers): number => sum(values) / values.length;

/** Largest value; -Infinity for no values. */
export const largest = (values: Numbers): number => {
  let best = -Infinity;
  for (let i = 0; i < values.length; i++) best = Math.max(best, values[i] ?? NaN);
  return best;
};

/** Smallest value above 0; Infinity where there is none. */
export const smallestPositive = (values: Numbers): number => {
  let best = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value > 0 && value < best) best = value;
  }
  return best;
};

/** A new array, one value per position. */
export const map = (values: Numbers, f: (value: number, position: number) => number) => {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = f(values[i] ?? NaN, i);
  return result;
};

/** The values divided by their sum; all 0 where the sum is 0. */
export const shares = (values: Numbers): Float64Array => {
  const total = sum(values);
  return map(values, (value) => (total === 0 ? 0 : value / total));
};

/** A copy in ascending order; what is in order already is not sorted again. */
export const ascending = (values: Numbers): Float64Array => {
  const copy = new Float64Array(values);
  for (let i = 1; i < copy.length; i++)
    if (!((copy[i - 1] ?? 0) <= (copy[i] ?? 0))) return copy.sort();
  return copy;
};

/** Position of the largest value in [from, to), counted from `from`; the lowest one on a tie. */
export const argMax = (values: Numbers, from = 0, to = values.length): number => {
  let best = from;
  for (let i = from + 1; i < to; i++) if ((values[i] ?? NaN) > (values[best] ?? NaN)) best = i;
  return best - from;
};

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** 1 / (1 + e^-x) without overflow. */
export const sigmoid = (x: number): number =>
  x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
