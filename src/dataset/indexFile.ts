import { LongtailError } from '../common/errors';
import { layoutVersion, magic, trailerBytes } from './indexLayout';
import type { ColumnPlace, IndexHeader } from './indexLayout';
import { reasonOf } from './issues';
import { nodeFileSource } from './nodeFileSource';
import { stampGroups } from './stamps/stampBytes';
import type { StampGroup } from './stamps/stampGroup';
import type { DatasetIndex, FileSource, OpenFile, SampleLocator } from './types';

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
  /** Bytes of every range, one after the other, in memory of their own. */
  gather(ranges: readonly number[], length: number): Uint8Array<ArrayBuffer>;
}

const isHeader = (value: unknown): value is IndexHeader =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 'longtail.index/1' &&
  'layout' in value &&
  value.layout === layoutVersion;

const parseHeader = (bytes: IndexBytes, maxBytes = Infinity): IndexHeader | null => {
  const end = bytes.size - trailerBytes;
  if (end < 0) return null;
  const trailer = Buffer.from(bytes.read(end, trailerBytes));
  if (trailer.toString('latin1', 0, 8) !== magic) return null;
  const length = trailer.readUInt32LE(8);
  if (length > Math.min(end, maxBytes)) return null;
  const text = Buffer.from(bytes.read(end - length, length)).toString('utf8');
  const value: unknown = JSON.parse(text);
  return isHeader(value) ? value : null;
};

/** Start and length of each range. */
const pairs = function* (ranges: readonly number[]): Iterable<readonly [number, number]> {
  for (let at = 0; at < ranges.length; at += 2) yield [ranges[at] ?? 0, ranges[at + 1] ?? 0];
};

const inMemory = (bytes: Uint8Array): IndexBytes => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  gather: (ranges, length) => {
    const all = new Uint8Array(length);
    let end = 0;
    for (const [start, count] of pairs(ranges)) {
      all.set(bytes.subarray(start, start + count), end);
      end += count;
    }
    return all;
  },
});

/**
 * A file that is opened for each page, so that nobody has to close an index. A file that was
 * replaced since is refused rather than mixed with what is in memory.
 */
const paged = (source: FileSource, path: string): IndexBytes => {
  const first = source.stat(path);
  const pages = new Map<number, Uint8Array>();
  const opened = <T>(use: (file: OpenFile) => T): T => {
    const now = source.stat(path);
    if (now.size !== first.size || now.mtimeMs !== first.mtimeMs)
      throw new LongtailError('dataset/index-replaced', { path });
    const file = source.open(path);
    try {
      return use(file);
    } finally {
      file.close();
    }
  };
  const direct = (offset: number, length: number): Uint8Array =>
    opened((file) => file.read(offset, length));
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
    gather: (ranges, length) =>
      opened((file) => {
        const all = new Uint8Array(length);
        let end = 0;
        for (const [start, count] of pairs(ranges)) {
          all.set(file.read(start, count), end);
          end += count;
        }
        return all;
      }),
  };
};

/** Bytes that are only read when the first of them are asked for, and then all. */
const onDemand = (bytes: IndexBytes): IndexBytes => {
  let whole: IndexBytes | undefined;
  const all = (): IndexBytes => (whole ??= inMemory(bytes.read(0, bytes.size)));
  return {
    size: bytes.size,
    read: (offset, length) => all().read(offset, length),
    gather: (ranges, length) => all().gather(ranges, length),
  };
};

/** One column by range, of which only what is asked for is read. */
const columnReader = (
  bytes: IndexBytes,
  { chunks }: ColumnPlace,
): ((start: number, length: number) => Uint8Array) => {
  // Where each chunk begins in the column.
  const begins = new Float64Array(chunks.length / 2);
  let end = 0;
  for (let chunk = 0; chunk < begins.length; chunk++) {
    begins[chunk] = end;
    end += chunks[2 * chunk + 1] ?? 0;
  }
  return (start, length) => {
    let [low, high] = [0, begins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((begins[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    // No number and no text lies in two chunks.
    return bytes.read((chunks[2 * low] ?? 0) + start - (begins[low] ?? 0), length);
  };
};

/** `places` has the same bytes, for what is asked for later: where samples are. */
const fromBytes = (bytes: IndexBytes, places = bytes): DatasetIndex | null => {
  const header = parseHeader(bytes);
  if (header === null) return null;
  const none: ColumnPlace = { bytes: 0, chunks: [] };
  const place = (name: string): ColumnPlace => header.columns[name] ?? none;
  for (const { chunks } of Object.values(header.columns))
    for (const [start, length] of pairs(chunks)) if (start + length > bytes.size) return null;
  /** A whole column, in memory. */
  const words = (name: string, count: number): Uint32Array => {
    const { even, chunks } = place(name);
    if (even === undefined) return new Uint32Array(bytes.gather(chunks, 4 * count).buffer);
    const values = new Uint32Array(count);
    for (let row = 0; row < count; row++) values[row] = even.first + row * even.step;
    return values;
  };
  const octets = (name: string, count: number): Uint8Array => {
    const { even, chunks } = place(name);
    if (even === undefined) return bytes.gather(chunks, count);
    const values = new Uint8Array(count);
    for (let row = 0; row < count; row++) values[row] = even.first + row * even.step;
    return values;
  };
  const readers = new Map<string, ReturnType<typeof columnReader>>();
  const read = (name: string, start: number, length: number): Uint8Array => {
    let reader = readers.get(name);
    if (reader === undefined) {
      reader = columnReader(places, place(name));
      readers.set(name, reader);
    }
    return reader(start, length);
  };
  const number = (name: string, row: number): number => {
    if (row < 0) return 0;
    const { even } = place(name);
    if (even !== undefined) return even.first + row * even.step;
    const { buffer, byteOffset, byteLength } = read(name, row * 4, 4);
    return new DataView(buffer, byteOffset, byteLength).getUint32(0, true);
  };
  const text = (pool: string, ends: string, row: number): string => {
    const start = row === 0 ? 0 : number(ends, row - 1);
    const length = Math.max(0, number(ends, row) - start);
    if (length === 0) return '';
    const { buffer, byteOffset, byteLength } = read(pool, start, length);
    return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  };
  const { samples } = header;
  const labelStart = words('labelStart', samples + 1);
  const labelCount = labelStart[samples] ?? 0;
  const labels = words('labels', labelCount);
  const order = place('classOrder').even;
  if (order?.first !== 0 || order.step !== 1) {
    const newId = words('classOrder', header.classNames.length);
    for (let at = 0; at < labels.length; at++) labels[at] = newId[labels[at] ?? 0] ?? 0;
  }
  const areas = place('areas').even;
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
    labelStart,
    labels,
    split: octets('split', samples),
    ...(hasAreas ? { areas: octets('areas', labelCount) } : {}),
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

/** What an index file was made under; null when it cannot be read, or not in `maxBytes`. */
export const readIndexOrigin = (
  path: string,
  source: FileSource,
  maxBytes = Infinity,
): { readonly stamps: readonly StampGroup[]; readonly startedMs: number } | null => {
  try {
    const bytes = paged(source, path);
    const header = parseHeader(bytes, maxBytes);
    const column = header?.columns['stamps'];
    if (header === null || column === undefined || column.bytes > maxBytes) return null;
    const stamps = stampGroups(bytes.gather(column.chunks, column.bytes));
    return { stamps, startedMs: header.startedMs };
  } catch {
    return null;
  }
};
