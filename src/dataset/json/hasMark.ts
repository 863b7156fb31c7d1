/** Whether one of four bytes may be a quote or stand behind "Z", where brackets do; never misses one. */
export const hasMark = (four: number): boolean => {
  const quotes = four ^ 0x22222222;
  return (((four + 0x25252525) | four | ((quotes - 0x01010101) & ~quotes)) & 0x80808080) !== 0;
};
