import type { NamedArray } from './npy';
import { decodeArray } from './npy';
import { readPickle } from './pickle/readPickle';
import { isPickleList, pickleBytes, pickleText, PickleRefusal } from './pickle/values';
import type { PickleRules, PickleValue } from './pickle/values';

/** An array as NumPy pickles it: type, shape and bytes, given to it one after the other. */
class PickledArray {
  shape: readonly number[] = [];
  descr = '|O';
  fortran = false;
  bytes: Buffer = Buffer.alloc(0);

  decode(): NamedArray {
    const { descr, fortran, shape } = this;
    return decodeArray({ descr, fortran, shape, start: 0 }, this.bytes, { path: '', name: '' });
  }
}

/** A type of numbers; its state says the byte order. */
class PickledType {
  order = '|';

  constructor(readonly code: string) {}

  get descr(): string {
    return `${this.order}${this.code}`;
  }
}

const made = <T>(value: PickleValue | undefined, kind: new (...args: never[]) => T): T | null =>
  typeof value === 'object' && value !== null && 'made' in value && value.made instanceof kind
    ? value.made
    : null;

const sizesOf = (value: PickleValue | undefined): number[] => {
  if (!isPickleList(value)) throw new RangeError('shape');
  return value.map((size) => {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
      throw new RangeError('shape');
    return size;
  });
};

const fill = (
  array: PickledArray,
  [shape, type, order, bytes]: readonly (PickleValue | undefined)[],
): boolean => {
  const content = pickleBytes(bytes);
  const found = made(type, PickledType);
  if (content === null || found === null) return false;
  array.shape = sizesOf(shape);
  array.descr = found.descr;
  array.fortran = order === true || pickleText(order) === 'F';
  array.bytes = content;
  return true;
};

const fromBuffer = ([bytes, type, shape, order]: readonly PickleValue[]): PickleValue => {
  const array = new PickledArray();
  if (!fill(array, [shape, type, order, bytes])) throw new RangeError('array');
  return { made: array };
};

/** A number of its own: a type and its bytes. */
const scalar = ([type, bytes]: readonly PickleValue[]): PickleValue => {
  const array = new PickledArray();
  if (!fill(array, [[], type, false, bytes])) throw new RangeError('number');
  const [value] = array.decode().values;
  return value ?? null;
};

/** Python 3 writes bytes into protocol 2 as text of a letter a byte. */
const encoded = ([text, coding]: readonly PickleValue[]): PickleValue => {
  if (typeof text !== 'string' || !/^latin-?1$/.test(pickleText(coding) ?? ''))
    throw new RangeError('bytes');
  return { bytes: Buffer.from(text, 'latin1') };
};

const modules = ['numpy.core', 'numpy._core'];
const rules: PickleRules = {
  allowed: new Map<string, ((args: readonly PickleValue[]) => PickleValue) | null>([
    ...modules.flatMap((module): [string, (args: readonly PickleValue[]) => PickleValue][] => [
      [`${module}.multiarray._reconstruct`, () => ({ made: new PickledArray() })],
      [`${module}.multiarray.scalar`, scalar],
      [`${module}.numeric._frombuffer`, fromBuffer],
    ]),
    ['numpy.ndarray', null],
    ['numpy.dtype', (args) => ({ made: new PickledType(pickleText(args[0]) ?? '') })],
    ['_codecs.encode', encoded],
    ['collections.OrderedDict', () => new Map()],
  ]),
  setState: (target, state) => {
    if (!isPickleList(state)) return false;
    if (target instanceof PickledArray) return fill(target, state.slice(1));
    if (!(target instanceof PickledType)) return false;
    // '|' stays: one byte has no order.
    target.order = pickleText(state[1]) ?? '|';
    return true;
  },
};

/** A dictionary read from a pickle, by text: byte keys and text keys alike. */
export interface PickledData {
  /** The list of whole numbers, or the array, under a key; null for anything else. */
  numbers(key: string): ArrayLike<number> | null;
  /** The list of text under a key; null for anything else. */
  texts(key: string): readonly string[] | null;
  /** Place in the file of an array of bytes with so many a row; null where it is not whole there. */
  rows(key: string, rowBytes: number): { readonly start: number; readonly count: number } | null;
}

const isUnsigned = /^[|<>=]?(u1|B)$/;

/**
 * Reads a pickled dictionary of plain lists and NumPy arrays. Nothing is imported or called; what
 * is anything else is refused: PickleRefusal with the reason and the byte.
 */
export const readPickledData = (file: Uint8Array): PickledData => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const { value } = readPickle(bytes, 0, rules);
  if (!(value instanceof Map)) throw new PickleRefusal('damaged', 0, 'dictionary');
  const byText = new Map<string, PickleValue>();
  for (const [key, item] of value) byText.set(pickleText(key) ?? '', item);
  return {
    numbers: (key) => {
      const item = byText.get(key);
      const array = made(item, PickledArray);
      if (array !== null) {
        const { values } = array.decode();
        return values instanceof Array ? null : values;
      }
      return isPickleList(item) && item.every((one) => typeof one === 'number') ? item : null;
    },
    texts: (key) => {
      const item = byText.get(key);
      if (!isPickleList(item)) return null;
      const texts = item.flatMap((one) => pickleText(one) ?? []);
      return texts.length === item.length ? texts : null;
    },
    rows: (key, rowBytes) => {
      const array = made(byText.get(key), PickledArray);
      if (array === null || array.fortran || !isUnsigned.test(array.descr)) return null;
      const { bytes: content, shape } = array;
      const size = shape.reduce((product, n) => product * n, 1);
      // Bytes that were written as text lie elsewhere in memory, and otherwise in the file.
      const isInFile = content.buffer === bytes.buffer;
      if (!isInFile || size !== content.length || size % rowBytes !== 0) return null;
      return { start: content.byteOffset - bytes.byteOffset, count: size / rowBytes };
    },
  };
};
