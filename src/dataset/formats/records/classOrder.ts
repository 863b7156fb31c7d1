const wholeNumber = /^[+-]?\d{1,15}$/;

/** Whole numbers in their order, other names by code unit. */
export const classOrder = (names: readonly string[]): string[] =>
  names.every((name) => wholeNumber.test(name))
    ? [...names].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
    : [...names].sort();
