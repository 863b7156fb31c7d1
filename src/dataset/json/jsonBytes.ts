export const quote = 0x22;
export const backslash = 0x5c;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;

/** Whether one of four bytes may be a quote or stand behind "Z", where brackets do; never misses one. */
export const hasMark = (four: number): boolean => {
  const quotes = four ^ 0x22222222;
  return (((four + 0x25252525) | four | ((quotes - 0x01010101) & ~quotes)) & 0x80808080) !== 0;
};
