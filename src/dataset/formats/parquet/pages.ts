import type { PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import type { OpenFile } from '../../types';
import { compressors } from './compressors';
import type { ParquetChunk, ParquetLeaf } from './footer';
import { bitsFor, readHybrid } from './hybrid';
import type { Cursor } from './hybrid';
import { deltaValues, plainValues } from './values';
import type { Values } from './values';

const headerBytes = [2048, 65536, 1 << 22];
const maxPage = 1 << 30;
const maxEntries = 1 << 26;

/** Where a page is; nothing of it is read yet. */
export interface PagePlace {
  readonly header: PageHeader;
  readonly start: number;
  /** Entries of the page: values and missing ones. */
  readonly entries: number;
}

/** What a page says: an entry's levels (none where all are full), and the values of full entries. */
export interface Page {
  readonly entries: number;
  readonly definition: Uint8Array | null;
  readonly repetition: Uint8Array | null;
  /** Into the dictionary, where the page has numbers of it. */
  readonly indices: Int32Array | null;
  readonly values: Values;
}

const headerAt = (file: OpenFile, at: number, end: number): [PageHeader, number] => {
  for (const wanted of headerBytes) {
    const bytes = file.read(at, Math.min(wanted, end - at));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const reader = { view, offset: 0 };
    try {
      const header = parquetHeader(reader);
      return [header, at + reader.offset];
    } catch (error) {
      if (bytes.length < wanted || wanted === headerBytes.at(-1)) throw error;
    }
  }
  throw new Error('page header');
};

/** The pages of a chunk in their order, hopping from header to header. */
export const pagesOf = function* (file: OpenFile, chunk: ParquetChunk): Iterable<PagePlace> {
  for (let at = chunk.start; at < chunk.end;) {
    const [header, start] = headerAt(file, at, chunk.end);
    const size = header.compressed_page_size;
    if (!(size >= 0) || start + size > chunk.end) throw new Error('page past its chunk');
    const entries =
      header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? 0;
    if (entries > maxEntries || !(entries >= 0)) throw new Error('page of too many values');
    yield { header, start, entries };
    at = start + size;
  }
};

const unpacked = (bytes: Uint8Array, size: number, { codec }: ParquetChunk): Uint8Array => {
  if (!(size >= 0) || size > maxPage) throw new Error('page too large');
  return decompressPage(bytes, size, codec, compressors);
};

/** The values of a dictionary page. */
export const readDictionary = (
  file: OpenFile,
  chunk: ParquetChunk,
  leaf: ParquetLeaf,
  { header, start }: PagePlace,
): Values => {
  const bytes = file.read(start, header.compressed_page_size);
  const page = unpacked(bytes, header.uncompressed_page_size, chunk);
  const count = header.dictionary_page_header?.num_values ?? 0;
  if (count > maxEntries) throw new Error('dictionary of too many values');
  return plainValues(page, leaf, count);
};

const levels = (
  cursor: Cursor,
  most: number,
  entries: number,
  isFramed: boolean,
): Uint8Array | null => {
  if (most === 0) return null;
  const out = new Uint8Array(entries);
  const { bytes, at } = cursor;
  if (!isFramed) {
    readHybrid(cursor, bitsFor(most), out);
    return out;
  }
  if (at + 4 > bytes.length) throw new RangeError('levels past the end');
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
  readHybrid({ bytes: bytes.subarray(at + 4, at + 4 + length), at: 0 }, bitsFor(most), out);
  cursor.at = at + 4 + length;
  return out;
};

const fullOf = (definition: Uint8Array | null, leaf: ParquetLeaf, entries: number): number => {
  if (definition === null) return entries;
  let full = 0;
  for (let i = 0; i < entries; i++) if (definition[i] === leaf.maxDefinition) full++;
  return full;
};

const valuesIn = (
  bytes: Uint8Array,
  leaf: ParquetLeaf,
  count: number,
  encoding: string,
): { readonly indices: Int32Array | null; readonly values: Values } => {
  switch (encoding) {
    case 'PLAIN':
      return { indices: null, values: plainValues(bytes, leaf, count) };
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY': {
      const indices = new Int32Array(count);
      const width = bytes[0] ?? 0;
      if (width > 32) throw new RangeError('width of indices');
      if (width > 0) readHybrid({ bytes, at: 1 }, width, indices);
      return { indices, values: [] };
    }
    case 'RLE': {
      const values = new Uint8Array(count);
      readHybrid({ bytes, at: 4 }, 1, values);
      return { indices: null, values };
    }
    default:
      return { indices: null, values: deltaValues(bytes, leaf, count, encoding) };
  }
};

/** Reads a data page. Throws for damage and for what is not supported. */
export const readPage = (
  file: OpenFile,
  chunk: ParquetChunk,
  leaf: ParquetLeaf,
  { header, start, entries }: PagePlace,
): Page => {
  const raw = file.read(start, header.compressed_page_size);
  const first = header.data_page_header;
  if (first !== undefined) {
    const cursor = { bytes: unpacked(raw, header.uncompressed_page_size, chunk), at: 0 };
    const repetition = levels(cursor, leaf.maxRepetition, entries, true);
    const definition = levels(cursor, leaf.maxDefinition, entries, true);
    const count = fullOf(definition, leaf, entries);
    const rest = cursor.bytes.subarray(cursor.at);
    return { entries, definition, repetition, ...valuesIn(rest, leaf, count, first.encoding) };
  }
  const second = header.data_page_header_v2;
  if (second === undefined) throw new Error(`page of kind ${header.type}`);
  const repeats = second.repetition_levels_byte_length;
  const defines = second.definition_levels_byte_length;
  if (repeats < 0 || defines < 0 || repeats + defines > raw.length) throw new Error('levels');
  const at = (from: number, length: number): Cursor => ({
    bytes: raw.subarray(from, from + length),
    at: 0,
  });
  const repetition = levels(at(0, repeats), leaf.maxRepetition, entries, false);
  const definition = levels(at(repeats, defines), leaf.maxDefinition, entries, false);
  const packed = raw.subarray(repeats + defines);
  const size = header.uncompressed_page_size - repeats - defines;
  const bytes = second.is_compressed === false ? packed : unpacked(packed, size, chunk);
  const count = fullOf(definition, leaf, entries);
  return { entries, definition, repetition, ...valuesIn(bytes, leaf, count, second.encoding) };
};
