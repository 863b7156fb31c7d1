import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import type { ParquetLeaf } from './footer';

/** Values of a column as they are stored; 64-bit whole numbers as floats. */
export type Values = ArrayLike<number> | readonly Uint8Array[];

const need = (bytes: Uint8Array, at: number, length: number): void => {
  if (length < 0 || at + length > bytes.length) throw new RangeError('values past the end');
};

const wholeNumbers = (bytes: Uint8Array, count: number): Float64Array => {
  need(bytes, 0, count * 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++)
    out[i] = view.getUint32(i * 8, true) + view.getInt32(i * 8 + 4, true) * 2 ** 32;
  return out;
};

const texts = (bytes: Uint8Array, count: number): Uint8Array[] => {
  need(bytes, 0, count * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out: Uint8Array[] = [];
  for (let at = 0; out.length < count;) {
    need(bytes, at, 4);
    const length = view.getUint32(at, true);
    need(bytes, at + 4, length);
    out.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return out;
};

const fixed = (bytes: Uint8Array, count: number, width: number): Uint8Array[] => {
  need(bytes, 0, count * width);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * width, (i + 1) * width));
};

/** `count` values in the encoding PLAIN. RangeError when the bytes end before. */
export const plainValues = (bytes: Uint8Array, leaf: ParquetLeaf, count: number): Values => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (width: number, get: (at: number) => number): Float64Array => {
    need(bytes, 0, count * width);
    return new Float64Array(count).map((_, i) => get(i * width));
  };
  switch (leaf.type) {
    case 'BOOLEAN':
      need(bytes, 0, Math.ceil(count / 8));
      return new Uint8Array(count).map((_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
    case 'INT32':
      return read(4, (at) => view.getInt32(at, true));
    case 'INT64':
      return wholeNumbers(bytes, count);
    case 'FLOAT':
      return read(4, (at) => view.getFloat32(at, true));
    case 'DOUBLE':
      return read(8, (at) => view.getFloat64(at, true));
    case 'BYTE_ARRAY':
      return texts(bytes, count);
    case 'FIXED_LEN_BYTE_ARRAY':
      return fixed(bytes, count, leaf.width);
    case 'INT96':
      return fixed(bytes, count, 12);
  }
};

/** `count` values in one of the delta encodings. Throws what the library throws. */
export const deltaValues = (
  bytes: Uint8Array,
  leaf: ParquetLeaf,
  count: number,
  encoding: string,
): Values => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: 0 };
  if (encoding === 'DELTA_BINARY_PACKED') {
    if (leaf.type === 'INT32') {
      const out = new Int32Array(count);
      deltaBinaryUnpack(reader, count, out);
      return out;
    }
    const out = new BigInt64Array(count);
    deltaBinaryUnpack(reader, count, out);
    return Float64Array.from(out, Number);
  }
  const out: Uint8Array[] = [];
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, count, out);
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, count, out);
  else throw new Error(`encoding ${encoding}`);
  return out;
};
