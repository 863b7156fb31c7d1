const blank = 0x20;
const tab = 0x09;
const comma = 0x2c;
const carriageReturn = 0x0d;

/** A line of a list: the bytes [start, nameEnd) name a file, `label` is its class. */
export interface ListLine {
  readonly start: number;
  readonly nameEnd: number;
  readonly label: number;
}

const isSpace = (byte: number | undefined): boolean => byte === blank || byte === tab;

/**
 * Reads `path<blank>number` from the bytes [from, to), also with tabs or a comma between. The last
 * blank parts them: paths have blanks of their own. A number alone has an empty name. Null for
 * anything else.
 */
export const parseLine = (bytes: Uint8Array, from: number, to: number): ListLine | null => {
  let start = from;
  let end = to;
  while (end > start && (isSpace(bytes[end - 1]) || bytes[end - 1] === carriageReturn)) end--;
  while (start < end && isSpace(bytes[start])) start++;
  let at = end;
  let label = 0;
  let scale = 1;
  while (at > start) {
    const digit = (bytes[at - 1] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    label += digit * scale;
    scale *= 10;
    at--;
  }
  if (at === end || end - at > 9) return null;
  if (at > start && bytes[at - 1] === 0x2d) {
    label = -label;
    at--;
  }
  if (at === start) return { start, nameEnd: start, label };
  const parted = bytes[at - 1];
  if (!isSpace(parted) && parted !== comma) return null;
  let nameEnd = at;
  while (nameEnd > start && (isSpace(bytes[nameEnd - 1]) || bytes[nameEnd - 1] === comma))
    nameEnd--;
  return nameEnd === start ? null : { start, nameEnd, label };
};
