/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 16 }, (_, i) => 10 ** i);
/** So many digits are an integer that a double holds exactly. */
const mostDigits = 15;

/**
 * The number that bytes [from, to) write in plain digits: a sign, at most 15 digits, a point, spaces
 * around. Exactly what `Number` makes of the text: integer and power of ten are exact, so that their
 * quotient is rounded once (Clinger, PLDI 1990). NaN for everything else, numbers or not.
 */
export const plainNumber = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from;
  let end = to;
  while (at < end && bytes[at] === 0x20) at++;
  while (end > at && bytes[end - 1] === 0x20) end--;
  const sign = bytes[at];
  if (sign === 0x2d || sign === 0x2b) at++;
  let integer = 0;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) {
      integer = integer * 10 + (byte - 0x30);
      digits++;
    } else if (byte === 0x2e && point === -1) point = digits;
    else return NaN;
  }
  if (digits === 0 || digits > mostDigits) return NaN;
  const value = point === -1 ? integer : integer / (powers[digits - point] ?? NaN);
  return sign === 0x2d ? -value : value;
};
