const words: ReadonlyMap<string, string> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
  ['eval', 'test'],
  ['evaluation', 'test'],
  ['t10k', 'test'],
]);

/** The name used when a dataset has no splits. */
export const noSplit = 'all';

/**
 * `train`, `validation` or `test` where a name means that, null where it does not. The word must
 * stand alone or between `-`, `.`, `_`, blanks or digits ("train-00001", "my_val"), so that
 * "trains" or "protest" are no splits. A name with two of the words means neither.
 */
export const knownSplit = (name: string): string | null => {
  const text = name.trim().toLowerCase();
  const whole = words.get(text);
  if (whole !== undefined) return whole;
  const found = new Set(
    text
      .replace(/\bt10k(?![a-z])/, 'test')
      .split(/[-._\s\d]+/)
      .flatMap((part) => words.get(part) ?? []),
  );
  return found.size === 1 ? ([...found][0] ?? null) : null;
};

/** The normal name of a split: train, validation and test by meaning, others as they are. */
export const normaliseSplit = (name: string): string => {
  const text = name.trim();
  return text === '' ? noSplit : (knownSplit(text) ?? text);
};
