import { constants, inflateRawSync } from 'node:zlib';
import { LongtailError } from '../../common/errors';
import type { OpenFile } from '../types';

/** A member of a zip archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; nothing else is read. */
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Place of its local header. */
  readonly offset: number;
}

/** Larger members are refused: a buffer holds no more, and a header may lie. */
const largestMember = 2 ** 31;
const endBytes = 22;
const damaged = (path: string): LongtailError =>
  new LongtailError('arrays/damaged', { path, name: '' });

const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** Offset, size and number of entries of the directory; the 64-bit record where it is needed. */
const findDirectory = (file: OpenFile, path: string) => {
  const tailBytes = Math.min(file.size, endBytes + 0xffff);
  const tail = Buffer.from(file.read(file.size - tailBytes, tailBytes));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + endBytes > tail.length) throw damaged(path);
  const small = { size: tail.readUInt32LE(end + 12), offset: tail.readUInt32LE(end + 16) };
  const locator = end - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return small;
  const record = Buffer.from(file.read(number64(tail, locator + 8), 56));
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw damaged(path);
  return { size: number64(record, 40), offset: number64(record, 48) };
};

/** The 64-bit values of an extra field, in the order of those that did not fit. */
const wideValues = (extra: Buffer): readonly number[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const values = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(values.length / 8) }, (_, i) => number64(values, 8 * i));
  }
  return [];
};

/** The members of an archive by its directory. Throws `arrays/damaged`. */
export const zipEntries = (file: OpenFile, path: string): readonly ZipEntry[] => {
  const { size, offset } = findDirectory(file, path);
  if (size > 2 ** 28 || offset + size > file.size) throw damaged(path);
  const directory = Buffer.from(file.read(offset, size));
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw damaged(path);
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    const extraStart = at + 46 + nameBytes;
    const wide = [...wideValues(directory.subarray(extraStart, extraStart + extraBytes))];
    const value = (place: number): number => {
      const own = directory.readUInt32LE(at + place);
      return own === 0xffffffff ? (wide.shift() ?? own) : own;
    };
    const fullSize = value(24);
    const compressedSize = value(20);
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      compressedSize,
      size: fullSize,
      offset: value(42),
    });
    at = extraStart + extraBytes + directory.readUInt16LE(at + 32);
  }
  return entries;
};

/**
 * The first bytes of a member (all where `most` is absent), inflated where need be. Throws
 * `arrays/damaged`, `arrays/too-large`, `arrays/compression` for another method than deflate.
 */
export const readZipEntry = (
  file: OpenFile,
  path: string,
  entry: ZipEntry,
  most?: number,
): Uint8Array => {
  const { name, method, size } = entry;
  if (method !== 0 && method !== 8) throw new LongtailError('arrays/compression', { path, name });
  if (most === undefined && size > largestMember)
    throw new LongtailError('arrays/too-large', { path, name });
  const header = Buffer.from(file.read(entry.offset, 30));
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw damaged(path);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const wanted = Math.min(entry.compressedSize, most ?? entry.compressedSize);
  const bytes = file.read(start, wanted);
  if (bytes.length < wanted) throw damaged(path);
  if (method === 0) return bytes;
  try {
    return most === undefined
      ? inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) })
      : // Deflate makes at most 1,032 bytes of one.
        inflateRawSync(bytes, {
          finishFlush: constants.Z_SYNC_FLUSH,
          maxOutputLength: 1100 * Math.max(64, wanted),
        });
  } catch (error) {
    throw new LongtailError('arrays/damaged', { path, name }, { cause: error });
  }
};

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

const localBytes = 30;
const centralBytes = 46;
/** 1980-01-01: the same members give the same file. */
const dosDate = 0x21;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

/** The fields that a local and a central header share, from the version on. */
const writeCommon = (header: Buffer, at: number, { name, crc, size }: Written): void => {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
};

const localHeader = (entry: Written): Buffer => {
  const header = Buffer.alloc(localBytes);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry);
  return Buffer.concat([header, entry.name]);
};

const centralHeader = (entry: Written): Buffer => {
  const header = Buffer.alloc(centralBytes);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeCommon(header, 6, entry);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
};

/**
 * An archive of stored members, as pieces to be written one after the other. null from 4 GB on,
 * which the plain format cannot say.
 */
export const zipParts = (
  members: readonly { readonly name: string; readonly parts: readonly Uint8Array[] }[],
): readonly Uint8Array[] | null => {
  const table = crcTable();
  const pieces: Uint8Array[] = [];
  const entries: Written[] = [];
  let offset = 0;
  for (const { name, parts } of members) {
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    if (offset + size > 0xffff_0000) return null;
    const entry = { name: Buffer.from(name), crc: crc32(table, parts), size, offset };
    const header = localHeader(entry);
    pieces.push(header, ...parts);
    entries.push(entry);
    offset += header.length + size;
  }
  const directory = Buffer.concat(entries.map(centralHeader));
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return [...pieces, directory, end];
};
