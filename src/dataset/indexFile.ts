import { LongtailError } from '../common/errors';
import { layoutVersion, magic, padTo8, prefixBytes } from './indexLayout';
import type { ColumnPlace, IndexHeader } from './indexLayout';
import { reasonOf } from './issues';
import { nodeFileSource } from './nodeFileSource';
import { stampGroups } from './stamps/stampBytes';
import type { StampGroup } from './stamps/stampGroup';
import type { DatasetIndex, FileSource, SampleLocator } from './types';

/** Files up to this size are held in memory once a place is asked for; larger ones stay on disk. */
const wholeFileBytes = 64 * 1024 * 1024;
/** Files up to this size are read at once. */
const smallBytes = 1024 * 1024;
const pageBytes = 32 * 1024;
const maxPages = 128;

/** Bytes of an index by range: a file, or memory. */
interface IndexBytes {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

const isHeader = (value: unknown): value is IndexHeader =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 'longtail.index/1' &&
  'layout' in value &&
  value.layout === layoutVersion;

const parseHeader = (bytes: IndexBytes): { header: IndexHeader; dataStart: number } | null => {
  const prefix = Buffer.from(bytes.read(0, prefixBytes));
  if (prefix.length < prefixBytes || prefix.toString('latin1', 0, 8) !== magic) return null;
  const length = prefix.readUInt32LE(8);
  if (prefixBytes + length > bytes.size) return null;
  const text = Buffer.from(bytes.read(prefixBytes, length)).toString('utf8');
  const value: unknown = JSON.parse(text);
  if (!isHeader(value)) return null;
  return { header: value, dataStart: prefixBytes + length + padTo8(length) };
};

const inMemory = (bytes: Uint8Array): IndexBytes => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});

/**
 * A file that is opened for each page, so that nobody has to close an index. A file that was
 * replaced since is refused rather than mixed with what is in memory.
 */
const paged = (source: FileSource, path: string): IndexBytes => {
  const first = source.stat(path);
  const pages = new Map<number, Uint8Array>();
  const direct = (offset: number, length: number): Uint8Array => {
    const now = source.stat(path);
    if (now.size !== first.size || now.mtimeMs !== first.mtimeMs)
      throw new LongtailError('dataset/index-replaced', { path });
    const file = source.open(path);
    try {
      return file.read(offset, length);
    } finally {
      file.close();
    }
  };
  const page = (number: number): Uint8Array => {
    const known = pages.get(number);
    if (known !== undefined) return known;
    const read = direct(number * pageBytes, pageBytes);
    const oldest = pages.keys().next().value;
    if (pages.size >= maxPages && oldest !== undefined) pages.delete(oldest);
    pages.set(number, read);
    return read;
  };
  return {
    size: first.size,
    read: (offset, length) => {
      const number = Math.floor(offset / pageBytes);
      const inside = offset - number * pageBytes;
      if (inside + length > pageBytes) return direct(offset, length);
      return page(number).subarray(inside, inside + length);
    },
  };
};

/** Bytes that are only read when the first of them are asked for, and then all. */
const onDemand = (bytes: IndexBytes): IndexBytes => {
  let whole: IndexBytes | undefined;
  return {
    size: bytes.size,
    read: (offset, length) => (whole ??= inMemory(bytes.read(0, bytes.size))).read(offset, length),
  };
};

/** `places` has the same bytes, for what is asked for later: where samples are. */
const fromBytes = (bytes: IndexBytes, places = bytes): DatasetIndex | null => {
  const parsed = parseHeader(bytes);
  if (parsed === null) return null;
  const { header, dataStart } = parsed;
  const place = (name: string): ColumnPlace | undefined => header.columns[name];
  const end = Object.values(header.columns).reduce(
    (last, column) => Math.max(last, column.offset + column.bytes),
    0,
  );
  if (dataStart + end > bytes.size) return null;
  const copy = (name: string): Uint8Array<ArrayBuffer> => {
    const column = place(name);
    const read = bytes.read(dataStart + (column?.offset ?? 0), column?.bytes ?? 0);
    // A copy of its own: aligned, and free of the file's other bytes.
    if (
      read.byteOffset === 0 &&
      read.buffer.byteLength === read.length &&
      !(read.buffer instanceof SharedArrayBuffer)
    )
      return new Uint8Array(read.buffer);
    return new Uint8Array(read);
  };
  /** A whole column, in memory. */
  const words = (name: string, count: number): Uint32Array => {
    const even = place(name)?.even;
    if (even === undefined) return new Uint32Array(copy(name).buffer);
    const values = new Uint32Array(count);
    for (let row = 0; row < count; row++) values[row] = even.first + row * even.step;
    return values;
  };
  const octets = (name: string, count: number): Uint8Array => {
    const even = place(name)?.even;
    if (even === undefined) return copy(name);
    const values = new Uint8Array(count);
    for (let row = 0; row < count; row++) values[row] = even.first + row * even.step;
    return values;
  };
  const number = (name: string, row: number): number => {
    const column = place(name);
    if (column === undefined || row < 0) return 0;
    if (column.even !== undefined) return column.even.first + row * column.even.step;
    const read = places.read(dataStart + column.offset + row * 4, 4);
    return new DataView(read.buffer, read.byteOffset, read.byteLength).getUint32(0, true);
  };
  const text = (pool: string, ends: string, row: number): string => {
    const start = row === 0 ? 0 : number(ends, row - 1);
    const column = place(pool);
    if (column === undefined) return '';
    const read = places.read(
      dataStart + column.offset + start,
      Math.max(0, number(ends, row) - start),
    );
    return Buffer.from(read.buffer, read.byteOffset, read.byteLength).toString('utf8');
  };
  const { samples } = header;
  const areas = place('areas')?.even;
  const hasAreas = areas === undefined || areas.first !== 0 || areas.step !== 0;
  const locator = (sample: number): SampleLocator => {
    if (!Number.isInteger(sample) || sample < 0 || sample >= samples)
      throw new RangeError(`sample ${String(sample)} of ${String(samples)}`);
    const folder = text('containers', 'containerEnd', number('container', sample));
    const name = text('names', 'nameEnd', sample);
    const path = name === '' ? folder : folder === '' ? name : `${folder}/${name}`;
    return {
      path,
      offset: number('offset', sample) + number('offsetHigh', sample) * 2 ** 32,
      length: number('length', sample) + number('lengthHigh', sample) * 2 ** 32,
    };
  };
  return {
    schema: header.schema,
    root: header.root,
    format: header.format,
    options: header.options,
    task: header.task,
    modality: header.modality,
    fingerprint: header.fingerprint,
    classNames: header.classNames,
    splitNames: header.splitNames,
    samples,
    labelStart: words('labelStart', samples + 1),
    labels: new Uint32Array(copy('labels').buffer),
    split: octets('split', samples),
    ...(hasAreas ? { areas: octets('areas', (place('labels')?.bytes ?? 0) / 4) } : {}),
    locator,
    issues: header.issues,
    ...(header.partial === undefined ? {} : { partial: header.partial }),
    scanMs: header.scanMs,
  };
};

/** An index over the bytes of an index file; null when they are none (or of another version). */
export const indexFromBytes = (bytes: Uint8Array): DatasetIndex | null =>
  fromBytes(inMemory(bytes));

/**
 * Opens an index file. Labels and splits are read into memory; where samples are, when it is first
 * asked for: at once where the whole file is at most `maxInMemory` bytes (64 MB), else by range.
 * LongtailError `dataset/index-unreadable` when it is missing or not an index of this version.
 */
export const openIndex = (
  path: string,
  source: FileSource = nodeFileSource,
  maxInMemory = wholeFileBytes,
): DatasetIndex => {
  const unreadable = (reason: string): LongtailError =>
    new LongtailError('dataset/index-unreadable', { path, reason });
  let index: DatasetIndex | null;
  try {
    const bytes = paged(source, path);
    const isSmall = bytes.size <= Math.min(smallBytes, maxInMemory);
    index = isSmall
      ? fromBytes(inMemory(bytes.read(0, bytes.size)))
      : fromBytes(bytes, bytes.size <= maxInMemory ? onDemand(bytes) : bytes);
  } catch (error) {
    throw unreadable(reasonOf(error));
  }
  if (index === null) throw unreadable('version');
  return index;
};

/** What an index file was made under; null when it cannot be read. */
export const readIndexOrigin = (
  path: string,
  source: FileSource,
): { readonly stamps: readonly StampGroup[]; readonly startedMs: number } | null => {
  try {
    const bytes = paged(source, path);
    const parsed = parseHeader(bytes);
    const column = parsed?.header.columns['stamps'];
    if (parsed === null || column === undefined) return null;
    const stamps = stampGroups(bytes.read(parsed.dataStart + column.offset, column.bytes));
    return { stamps, startedMs: parsed.header.startedMs };
  } catch {
    return null;
  }
};
