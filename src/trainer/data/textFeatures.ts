/**
 * Words: runs of letters, marks and digits in lower case; a character alone in scripts that are
 * written without spaces.
 */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+/gu;

/** The words of a text, in order. */
export const wordsOf = (text: string): readonly string[] =>
  text.normalize('NFKC').toLowerCase().match(wordPattern) ?? [];

/** FNV-1a, 32 bits, over the UTF-8 bytes of a text. Fowler, Noll and Vo; RFC 9923. */
export const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};

export interface TextOptions {
  /** Longest sequence of words that is a feature. */
  readonly ngrams: number;
  /** Features; sequences whose hashes fall together share one. */
  readonly features: number;
}

/**
 * How often each hashed sequence of one to `ngrams` words (one space between them) comes in a text:
 * feature = hash mod `features`. Weinberger et al., ICML 2009, without signs.
 */
export const countFeatures = (
  text: string,
  { ngrams, features }: TextOptions,
): ReadonlyMap<number, number> => {
  const words = wordsOf(text);
  const counts = new Map<number, number>();
  for (let start = 0; start < words.length; start++) {
    let sequence = '';
    for (let n = 0; n < ngrams && start + n < words.length; n++) {
      sequence = n === 0 ? (words[start] ?? '') : `${sequence} ${words[start + n] ?? ''}`;
      const feature = fnv1a(sequence) % features;
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  return counts;
};

/** Counts of a text's features become (1 + ln count) · idf, in place, and its length 1. */
export const weighFeatures = (
  { features, numbers }: { readonly features: Uint32Array; readonly numbers: Float32Array },
  idf: ArrayLike<number>,
): void => {
  let squares = 0;
  features.forEach((feature, i) => {
    const value = (1 + Math.log(numbers[i] ?? 1)) * (idf[feature] ?? 0);
    numbers[i] = value;
    squares += value * value;
  });
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] ?? 0) / length;
};
