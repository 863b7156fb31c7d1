import type { Json } from './files';

/** A number of a case's input; anything else is a broken file. */
export const number = (value: Json | undefined): number => {
  if (typeof value !== 'number') throw new TypeError(`not a number: ${JSON.stringify(value)}`);
  return value;
};

export const text = (value: Json | undefined): string => {
  if (typeof value !== 'string') throw new TypeError(`not a text: ${JSON.stringify(value)}`);
  return value;
};

export const list = (value: Json | undefined): readonly Json[] => {
  if (!Array.isArray(value)) throw new TypeError(`not a list: ${JSON.stringify(value)}`);
  return value as readonly Json[];
};

export const numbers = (value: Json | undefined): number[] => list(value).map(number);

export const rows = (value: Json | undefined): number[][] => list(value).map(numbers);

/** Nested rows as one row-major array. */
export const flat = (value: Json | undefined): Float64Array =>
  Float64Array.from(rows(value).flat());

/** A number, or undefined where the file has null or nothing. */
export const optional = (value: Json | undefined): number | undefined =>
  value === null || value === undefined ? undefined : number(value);

/** One of the words a method takes. */
export const oneOf = <T extends string | number>(
  value: Json | undefined,
  words: readonly T[],
): T => {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new TypeError(`unknown word ${JSON.stringify(value)}`);
  return found;
};
