import type { FormatOptions } from './types';

const texts = [
  'format',
  'labelColumn',
  'pathColumn',
  'splitColumn',
  'splitLists',
  'delimiter',
] as const;

/** What of an object the user named about the format: nothing else, and no key without a value. */
export const formatOptionsIn = (from: {
  readonly [K in keyof FormatOptions]?: FormatOptions[K] | undefined;
}): FormatOptions => {
  const named: { -readonly [K in keyof FormatOptions]: FormatOptions[K] } = {};
  for (const key of texts) {
    const value = from[key];
    if (value !== undefined) named[key] = value;
  }
  if (from.depth !== undefined) named.depth = from.depth;
  return named;
};
