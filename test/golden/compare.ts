import type { Json, Tolerance } from './files';

/** What a computation may give back: numbers, typed arrays, lists and records of them. */
export type Got =
  | null
  | boolean
  | number
  | string
  | Float64Array
  | Int32Array
  | Uint8Array
  | readonly Got[]
  | { readonly [key: string]: Got };

const nonFinite = new Set(['Infinity', '-Infinity', 'NaN']);

const isTyped = (value: Got): value is Float64Array | Int32Array | Uint8Array =>
  ArrayBuffer.isView(value);

const compareNumber = (got: Got, expected: number, tolerance: Tolerance): boolean => {
  if (typeof got !== 'number') return false;
  // An infinite expectation has an infinite tolerance: only the same value will do.
  if (!Number.isFinite(expected)) return Object.is(got, expected);
  return Math.abs(got - expected) <= tolerance.abs + tolerance.rel * Math.abs(expected);
};

/**
 * Every difference between what was computed and what is expected, one line each, by the keys of
 * `expected`: a missing value is a difference. A flat typed array matches nested rows.
 */
export const differences = (
  got: Got | undefined,
  expected: Json,
  tolerance: Tolerance,
  place = '',
): string[] => {
  if (got === undefined) return [`${place}: not computed`];
  if (typeof expected === 'number' || (typeof expected === 'string' && nonFinite.has(expected)))
    return compareNumber(got, Number(expected), tolerance)
      ? []
      : [`${place}: ${JSON.stringify(got)} instead of ${expected}`];
  if (Array.isArray(expected)) {
    const wanted: readonly Json[] = isTyped(got) ? expected.flat(Infinity) : expected;
    const values = isTyped(got) || Array.isArray(got) ? Array.from<Got>(got) : null;
    if (values?.length !== wanted.length)
      return [`${place}: ${values?.length ?? typeof got} values instead of ${wanted.length}`];
    return wanted.flatMap((value, i) => differences(values[i], value, tolerance, `${place}[${i}]`));
  }
  if (expected !== null && typeof expected === 'object') {
    if (got === null || typeof got !== 'object') return [`${place}: no record`];
    const record = got as { readonly [key: string]: Got };
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(record[key], value, tolerance, `${place}.${key}`),
    );
  }
  return got === expected
    ? []
    : [`${place}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`];
};
