import { endianness } from 'node:os';
import { LongtailError } from '../../common/errors';

/** An array of a file, row-major whatever the file's order. */
export interface NamedArray {
  readonly shape: readonly number[];
  /** Numbers, or text for NumPy's U and S. Booleans are 0 and 1. */
  readonly values: Float32Array | Float64Array | Int32Array | readonly string[];
  /** Whether the file declares whole numbers (or booleans). */
  readonly integer: boolean;
}

/** What the header of an `.npy` says. */
export interface NpyHeader {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly start: number;
}

/** Where an array is, for errors. */
export interface ArrayPlace {
  readonly path: string;
  /** Name inside an archive; '' for a file of its own. */
  readonly name: string;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const damaged = (place: ArrayPlace): LongtailError =>
  new LongtailError('arrays/damaged', { ...place });

/**
 * The header of an `.npy` file, versions 1 to 3, from its first bytes. Nothing in it is run: the
 * three fields are found by their form. Throws `arrays/damaged` for anything else and
 * `arrays/structured` for records.
 */
export const parseNpyHeader = (bytes: Uint8Array, place: ArrayPlace): NpyHeader => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 12 || magic.some((byte, i) => view[i] !== byte)) throw damaged(place);
  const wide = (view[6] ?? 1) > 1;
  const from = wide ? 12 : 10;
  const start = from + (wide ? view.readUInt32LE(8) : view.readUInt16LE(8));
  const text = view.toString('latin1', from, Math.min(start, view.length));
  if (/'descr':\s*\[/.test(text)) throw new LongtailError('arrays/structured', { ...place });
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) throw damaged(place);
  const sizes = shape
    .split(',')
    .map((part) => part.replace(/L$/, '').trim())
    .filter((part) => part !== '')
    .map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0)) throw damaged(place);
  return { descr, fortran: order === 'True', shape: sizes, start };
};

/** 16-bit float to number, IEEE 754 binary16. */
const half = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

interface NumberType {
  readonly bytes: number;
  readonly integer: boolean;
  readonly make: (length: number) => Float32Array | Float64Array | Int32Array;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const f32 = (n: number): Float32Array => new Float32Array(n);
const f64 = (n: number): Float64Array => new Float64Array(n);
const i32 = (n: number): Int32Array => new Int32Array(n);
const row = (
  bytes: number,
  integer: boolean,
  make: NumberType['make'],
  read: NumberType['read'],
): NumberType => ({ bytes, integer, make, read });

/** One row a NumPy kind and size. 64-bit integers become the nearest double. */
const numberTypes: Readonly<Record<string, NumberType>> = {
  f2: row(2, false, f32, (view, at, little) => half(view.getUint16(at, little))),
  f4: row(4, false, f32, (view, at, little) => view.getFloat32(at, little)),
  f8: row(8, false, f64, (view, at, little) => view.getFloat64(at, little)),
  b1: row(1, true, i32, (view, at) => view.getUint8(at)),
  u1: row(1, true, i32, (view, at) => view.getUint8(at)),
  i1: row(1, true, i32, (view, at) => view.getInt8(at)),
  u2: row(2, true, i32, (view, at, little) => view.getUint16(at, little)),
  i2: row(2, true, i32, (view, at, little) => view.getInt16(at, little)),
  u4: row(4, true, f64, (view, at, little) => view.getUint32(at, little)),
  i4: row(4, true, i32, (view, at, little) => view.getInt32(at, little)),
  u8: row(8, true, f64, (view, at, little) => Number(view.getBigUint64(at, little))),
  i8: row(8, true, f64, (view, at, little) => Number(view.getBigInt64(at, little))),
};

const copied: ReadonlySet<string> = new Set(['f4', 'f8', 'i4']);

/** Text of fixed width: U is UTF-32, S bytes; zeros fill up the end. */
const readText = (
  view: DataView,
  length: number,
  { kind, width, little }: { readonly kind: string; readonly width: number; little: boolean },
): string[] =>
  Array.from({ length }, (_, i) => {
    const letters = Array.from({ length: width }, (__, k) =>
      kind === 'U' ? view.getUint32(4 * (i * width + k), little) : view.getUint8(i * width + k),
    );
    const end = letters.reduce((last, code, k) => (code === 0 ? last : k + 1), 0);
    return kind === 'U'
      ? String.fromCodePoint(...letters.slice(0, end).map((code) => Math.min(code, 0x10ffff)))
      : Buffer.from(letters.slice(0, end)).toString('utf8');
  });

/** Places of a column-major array in row-major order. */
const rowMajor = <T>(
  values: ArrayLike<T>,
  shape: readonly number[],
  put: (i: number, value: T | undefined) => void,
) => {
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const place = shape.map(() => 0);
  for (let i = 0; i < values.length; i++) {
    put(i, values[place.reduce((sum, index, axis) => sum + index * (steps[axis] ?? 0), 0)]);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] ?? 0) + 1;
      if ((place[axis] ?? 0) < (shape[axis] ?? 0)) break;
      place[axis] = 0;
    }
  }
};

/**
 * Reads an `.npy` file: floats of 2, 4 and 8 bytes, integers, booleans and fixed-width text, of
 * either byte order, row- or column-major. Throws `arrays/pickled` for Python objects (they would
 * have to be executed), `arrays/unknown-type`, `arrays/damaged`.
 */
export const parseNpy = (bytes: Uint8Array, place: ArrayPlace): NamedArray =>
  decodeArray(parseNpyHeader(bytes, place), bytes, place);

/** The values a header describes, from `start` on. Throws what `parseNpy` throws. */
export const decodeArray = (
  { descr, fortran, shape, start }: NpyHeader,
  bytes: Uint8Array,
  place: ArrayPlace,
): NamedArray => {
  const [, order, kind = '', size = ''] = /^([<>|=]?)([A-Za-z])(\d*)$/.exec(descr) ?? [];
  if (kind === 'O') throw new LongtailError('arrays/pickled', { ...place });
  const type = numberTypes[kind + size];
  const isText = kind === 'U' || kind === 'S';
  if (type === undefined && !isText)
    throw new LongtailError('arrays/unknown-type', { ...place, type: descr });
  const length = shape.reduce((product, n) => product * n, 1);
  const width = type?.bytes ?? Number(size) * (kind === 'U' ? 4 : 1);
  // Values without width would cost memory but no bytes of the file.
  if (width === 0 && length > 0) throw damaged(place);
  if (!(bytes.length >= start + length * width)) throw damaged(place);
  const little = order !== '>';
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length * width);
  if (type === undefined) {
    const text = readText(view, length, { kind, width: Number(size), little });
    if (!fortran || shape.length < 2) return { shape, values: text, integer: false };
    const ordered = [...text];
    rowMajor(text, shape, (i, value) => (ordered[i] = value ?? ''));
    return { shape, values: ordered, integer: false };
  }
  const values = type.make(length);
  // The common types lie in memory as they lie in the file: one copy instead of a call a value.
  if (little && endianness() === 'LE' && copied.has(kind + size))
    new Uint8Array(values.buffer).set(bytes.subarray(start, start + length * width));
  else for (let i = 0; i < length; i++) values[i] = type.read(view, i * width, little);
  if (!fortran || shape.length < 2) return { shape, values, integer: type.integer };
  const ordered = type.make(length);
  rowMajor(values, shape, (i, value) => (ordered[i] = value ?? NaN));
  return { shape, values: ordered, integer: type.integer };
};

/** An array as it is written: floats as `<f4` or `<f8`, integers as `<i4`, row-major. */
export interface WritableArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Int32Array;
}

const descrOf = ({ values }: WritableArray): string => {
  if (values instanceof Int32Array) return '<i4';
  return values instanceof Float32Array ? '<f4' : '<f8';
};

/** The bytes of an `.npy` file, version 1: header padded to 64 bytes, then the values. */
export const npyParts = (array: WritableArray): readonly Uint8Array[] => {
  const { shape, values } = array;
  const tuple = shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${descrOf(array)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padding = 64 - ((10 + dict.length + 1) % 64);
  const text = `${dict}${' '.repeat(padding % 64)}\n`;
  const start = Buffer.from([...magic, 1, 0, 0, 0]);
  start.writeUInt16LE(text.length, 8);
  return [
    Buffer.concat([start, Buffer.from(text, 'latin1')]),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ];
};
