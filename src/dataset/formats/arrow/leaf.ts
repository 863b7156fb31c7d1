import { decompress } from 'fzstd';
import { lz4Frames } from '../../bytes/lz4';
import { longAt } from './flatTable';
import type { ArrowBatch, ArrowField, ArrowFile } from './stream';

const [lz4, zstd] = [0, 1];
const maxBuffer = 1 << 30;
const maxTexts = 1 << 24;

export type Value = number | Uint8Array;

/** A column of values: the fields from the top of the schema down to it. */
export interface ArrowLeaf {
  readonly name: string;
  readonly path: readonly ArrowField[];
  readonly field: ArrowField;
  readonly isRepeated: boolean;
}

const isList = ({ kind }: ArrowField): boolean =>
  kind === 'list' || kind === 'list64' || kind === 'lists' || kind === 'map';

/** Every column of values, nested ones with dots; levels that only stand for lists have no name. */
export const leavesOf = (fields: readonly ArrowField[]): readonly ArrowLeaf[] => {
  const walk = (
    field: ArrowField,
    above: readonly ArrowField[],
    name: string,
    isRepeated: boolean,
  ): ArrowLeaf[] => {
    const path = [...above, field];
    const repeats = isRepeated || isList(field);
    if (field.children.length === 0) return [{ name, path, field, isRepeated: repeats }];
    return field.children.flatMap((child) =>
      walk(child, path, isList(field) ? name : `${name}.${child.name}`, repeats),
    );
  };
  return fields.flatMap((field) => walk(field, [], field.name, false));
};

const bufferOf = ({ file }: ArrowFile, batch: ArrowBatch, number: number): DataView => {
  const place = batch.buffers[number];
  if (place === undefined) throw new RangeError('buffer missing');
  let bytes = file.read(batch.body + place[0], place[1]);
  let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (batch.compression === null || bytes.length < 8) return view;
  const length = longAt(view, 0);
  bytes = bytes.subarray(8);
  if (length >= 0) {
    if (length > maxBuffer) throw new RangeError('buffer too large');
    if (batch.compression === lz4) bytes = lz4Frames(bytes, length);
    else if (batch.compression === zstd) bytes = decompress(bytes, new Uint8Array(length));
    else throw new Error(`compression ${String(batch.compression)}`);
  }
  view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view;
};

/** Values of one leaf in one batch, by their number; null for a missing one. */
export type Values = (at: number) => Value | null;

const floatAt = (view: DataView, at: number, width: number): number =>
  width === 8 ? view.getFloat64(at, true) : width === 4 ? view.getFloat32(at, true) : NaN;

const wholeAt = (view: DataView, at: number, { width, isSigned }: ArrowField): number => {
  if (width === 8) return longAt(view, at);
  if (width === 4) return isSigned ? view.getInt32(at, true) : view.getUint32(at, true);
  if (width === 2) return isSigned ? view.getInt16(at, true) : view.getUint16(at, true);
  return isSigned ? view.getInt8(at) : view.getUint8(at);
};

const offsetAt = (view: DataView, at: number, isLong: boolean): number =>
  isLong ? longAt(view, at * 8) : view.getInt32(at * 4, true);

const contentOf = (file: ArrowFile, batch: ArrowBatch, field: ArrowField): Values => {
  const first = field.buffer;
  const { kind, width } = field;
  if (field.dictionary !== null) {
    const indices = bufferOf(file, batch, first + 1);
    const dictionary = file.dictionaries.get(field.dictionary);
    if (dictionary === undefined) throw new Error('dictionary missing');
    const values = valuesOf(file, dictionary, { ...field, dictionary: null, buffer: 0 });
    return (at) => values(wholeAt(indices, at * width, field));
  }
  if (kind === 'text' || kind === 'binary' || kind === 'text64' || kind === 'binary64') {
    const isLong = kind.endsWith('64');
    const offsets = bufferOf(file, batch, first + 1);
    const place = batch.buffers[first + 2];
    // Texts are read at once; pictures one by one, when they are asked for.
    const isLarge = batch.compression === null && (place?.[1] ?? 0) > maxTexts;
    const data = isLarge ? null : bufferOf(file, batch, first + 2);
    return (at) => {
      const from = offsetAt(offsets, at, isLong);
      const to = offsetAt(offsets, at + 1, isLong);
      const size = data?.byteLength ?? place?.[1] ?? 0;
      if (from < 0 || to < from || to > size) throw new RangeError('value past the end');
      if (data !== null) return new Uint8Array(data.buffer, data.byteOffset + from, to - from);
      return file.file.read(batch.body + (place?.[0] ?? 0) + from, to - from);
    };
  }
  if (kind === 'null') return () => null;
  const data = bufferOf(file, batch, first + 1);
  if (kind === 'bool') return (at) => (data.getUint8(at >> 3) >> (at & 7)) & 1;
  if (kind === 'float') return (at) => floatAt(data, at * width, width);
  if (kind === 'int') return (at) => wholeAt(data, at * width, field);
  throw new Error(`values of kind ${kind}`);
};

const valuesOf = (file: ArrowFile, batch: ArrowBatch, field: ArrowField): Values => {
  const content = contentOf(file, batch, field);
  if (field.kind === 'null') return content;
  const valid = bufferOf(file, batch, field.buffer);
  if (valid.byteLength === 0) return content;
  return (at) => (((valid.getUint8(at >> 3) >> (at & 7)) & 1) === 0 ? null : content(at));
};

/** One leaf of one batch: the values, and for a row which of them are its. */
export interface LeafColumn {
  readonly value: Values;
  /** From a range of rows (or of elements `levels` lists down) to the range of values in them. */
  range(from: number, to: number, skip?: number): readonly [number, number];
}

/** Opens a leaf of a batch. Throws for damage and kinds that hold no label or picture. */
export const openLeaf = (file: ArrowFile, batch: ArrowBatch, leaf: ArrowLeaf): LeafColumn => {
  const steps = leaf.path.flatMap((field): ((at: number) => number)[] => {
    if (field.kind === 'lists') return [(at) => at * field.width];
    if (!isList(field)) return [];
    const offsets = bufferOf(file, batch, field.buffer + 1);
    const isLong = field.kind === 'list64';
    return [(at) => offsetAt(offsets, at, isLong)];
  });
  return {
    value: valuesOf(file, batch, leaf.field),
    range: (from, to, skip = 0) => {
      let [a, b] = [from, to];
      for (const step of steps.slice(skip)) [a, b] = [step(a), step(b)];
      if (a < 0 || b < a || b - a > 1 << 24) throw new RangeError('list past the end');
      return [a, b];
    },
  };
};
