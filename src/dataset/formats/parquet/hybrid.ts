/** A place in bytes that readers move on. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Unsigned LEB128. RangeError past the end or above 2⁵³. */
export const readVarint = (cursor: Cursor): number => {
  let value = 0;
  for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
  }
  throw new RangeError('varint');
};

/** 32 bits from a byte on, zeros past the end. */
const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)) >>>
  0;

const unpack = (
  bytes: Uint8Array,
  from: number,
  width: number,
  out: Uint8Array | Int32Array,
  start: number,
  count: number,
): void => {
  const mask = width >= 32 ? 0xffffffff : 2 ** width - 1;
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    const at = from + Math.floor(bit / 8);
    const shift = bit % 8;
    const low = word(bytes, at) >>> shift;
    const high = shift + width > 32 ? ((bytes[at + 4] ?? 0) << (32 - shift)) >>> 0 : 0;
    out[start + i] = (low | high) & mask;
  }
};

/**
 * Numbers of a fixed bit width as Parquet's hybrid of runs and packed groups, `out.length` of them,
 * from the cursor on; the cursor is left behind the last group. RangeError when there are fewer.
 */
export const readHybrid = (cursor: Cursor, width: number, out: Uint8Array | Int32Array): void => {
  const { bytes } = cursor;
  const runBytes = Math.ceil(width / 8);
  for (let done = 0; done < out.length;) {
    const head = readVarint(cursor);
    const left = out.length - done;
    if (head % 2 === 0) {
      const run = Math.min(left, head / 2);
      if (run === 0) throw new RangeError('empty run');
      if (cursor.at + runBytes > bytes.length) throw new RangeError('run past the end');
      const value = word(bytes, cursor.at) & (runBytes >= 4 ? -1 : 2 ** (8 * runBytes) - 1);
      out.fill(value, done, done + run);
      cursor.at += runBytes;
      done += run;
    } else {
      const groups = (head - 1) / 2;
      const count = Math.min(left, groups * 8);
      if (count === 0 || cursor.at + Math.ceil((count * width) / 8) > bytes.length)
        throw new RangeError('group past the end');
      unpack(bytes, cursor.at, width, out, done, count);
      cursor.at += groups * width;
      done += count;
    }
  }
};

/** Bits that numbers up to `most` take. */
export const bitsFor = (most: number): number => 32 - Math.clz32(most);
