import { readFileSync } from 'node:fs';
import { LongtailError } from '../common/errors';
import { writeAtomic } from './atomicFile';

export interface NpzArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

const dtypes = { f: '<f4', i: '<i4' } as const;

const crcTable = (): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });

/** CRC-32 as zip files carry it. */
const crc32 = (table: Uint32Array, parts: readonly Uint8Array[]): number => {
  let crc = 0xffffffff;
  for (const part of parts)
    for (const byte of part) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
};

/** `.npy` version 1: magic, header length, a Python dict padded to 64 bytes. */
const npyHeader = ({ shape, values }: NpzArray): Buffer => {
  const dtype = values instanceof Float32Array ? dtypes.f : dtypes.i;
  const tuple = shape.length === 1 ? `(${shape[0] ?? 0},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padding = 64 - ((10 + dict.length + 1) % 64);
  const text = `${dict}${' '.repeat(padding % 64)}\n`;
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0]);
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text, 'latin1')]);
};

const bytesOf = (values: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const localBytes = 30;
const centralBytes = 46;
/** 1980-01-01: the same arrays give the same file. */
const dosDate = 0x21;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

/** The fields that a local and a central header share, from the version on. */
const writeCommon = (header: Buffer, at: number, { name, crc, size }: Entry): void => {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
};

const localHeader = (entry: Entry): Buffer => {
  const header = Buffer.alloc(localBytes);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry);
  return Buffer.concat([header, entry.name]);
};

const centralHeader = (entry: Entry): Buffer => {
  const header = Buffer.alloc(centralBytes);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeCommon(header, 6, entry);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
};

/**
 * Writes arrays as NumPy's `.npz` (a zip of `.npy` files, stored, not compressed), whole or not at
 * all. Float32 and int32 arrays, row-major. Throws `train/npz-too-large` from 4 GB on.
 */
export const writeNpz = (path: string, arrays: Readonly<Record<string, NpzArray>>): void => {
  const table = crcTable();
  const parts: Uint8Array[] = [];
  const entries: Entry[] = [];
  let offset = 0;
  for (const [key, array] of Object.entries(arrays)) {
    const content = [npyHeader(array), bytesOf(array.values)];
    const size = content.reduce((sum, part) => sum + part.length, 0);
    const name = Buffer.from(`${key}.npy`);
    const entry: Entry = { name, crc: crc32(table, content), size, offset };
    const header = localHeader(entry);
    parts.push(header, ...content);
    entries.push(entry);
    offset += header.length + size;
    if (offset > 0xffff_ffff) throw new LongtailError('train/npz-too-large', { path });
  }
  const directory = Buffer.concat(entries.map(centralHeader));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  writeAtomic(path, ...parts, directory, end);
};

const parseNpy = (bytes: Buffer, path: string): NpzArray => {
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, headerEnd);
  const descr = /'descr': '([^']*)'/.exec(header)?.[1];
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (shape === undefined || (descr !== dtypes.f && descr !== dtypes.i))
    throw new LongtailError('train/npz-damaged', { path });
  const sizes = shape.split(',').filter((part) => part.trim() !== '');
  const data = new Uint8Array(bytes.subarray(headerEnd)).buffer;
  const values = descr === dtypes.f ? new Float32Array(data) : new Int32Array(data);
  return { shape: sizes.map(Number), values };
};

/** Reads what `writeNpz` wrote. Throws `train/npz-damaged` for anything else. */
export const readNpz = (path: string): ReadonlyMap<string, NpzArray> => {
  const file = readFileSync(path);
  const arrays = new Map<string, NpzArray>();
  for (let at = 0; at + localBytes <= file.length && file.readUInt32LE(at) === 0x04034b50;) {
    const size = file.readUInt32LE(at + 18);
    const start = at + localBytes + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + localBytes, start).replace(/\.npy$/, '');
    if (start + size > file.length) throw new LongtailError('train/npz-damaged', { path });
    arrays.set(name, parseNpy(file.subarray(start, start + size), path));
    at = start + size;
  }
  if (arrays.size === 0) throw new LongtailError('train/npz-damaged', { path });
  return arrays;
};
