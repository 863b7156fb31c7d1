import { openBytes, readHead } from '../../bytes/openBytes';
import type { FileSource, OpenFile } from '../../types';

/** Encodings a table may have; UTF-16 is turned into UTF-8 when opened. */
export type TableEncoding = 'utf-8' | 'windows-1252';

/** The bytes of a table as a superset of ASCII, by range. Offsets count these bytes. */
export interface TableBytes {
  readonly size: number;
  readonly encoding: TableEncoding;
  /** Where the text begins: after a byte order mark. */
  readonly start: number;
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

const sniffBytes = 256 * 1024;
/** UTF-16 files are converted whole: larger ones are refused. */
const maxConverted = 512 * 1024 * 1024;

const utf16Kind = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Without a mark: Latin text has a zero in every second byte.
  const looked = Math.min(head.length, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < looked; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (odd > looked * 0.3 && even < looked * 0.01) return 'utf-16le';
  return even > looked * 0.3 && odd < looked * 0.01 ? 'utf-16be' : null;
};

const isUtf8 = (head: Uint8Array): boolean => {
  try {
    // `stream` leaves a character cut off at the end for later.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** Bytes 0x80 to 0x9f of Windows-1252; those it leaves open as in Latin-1. */
const windowsMarks = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text of Windows-1252 bytes. Written out: Node 20's decoder of that name gives Latin-1. */
export const decodeWindows1252 = (bytes: Uint8Array): string => {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replaceAll(
    /[\u0080-\u009f]/g,
    (mark) => windowsMarks[mark.charCodeAt(0) - 0x80] ?? mark,
  );
};

const swapped = (bytes: Uint8Array): Buffer => {
  const even = bytes.length - (bytes.length % 2);
  return Buffer.from(bytes.subarray(0, even)).swap16();
};

/**
 * Opens a table and finds its encoding: byte order mark, UTF-16 by its zeros, UTF-8 where the
 * first 256 KB are valid, else Windows-1252. Throws what the source throws, and for a UTF-16
 * file over 512 MB.
 */
export const openTable = (source: FileSource, path: string): TableBytes =>
  tableOver(openBytes(source, path));

/** As `openTable` where only the first rows are wanted: of a compressed file no more is inflated. */
export const openTableHead = (source: FileSource, path: string): TableBytes => {
  if (!/\.gz$/i.test(path)) return openTable(source, path);
  const bytes = readHead(source, path, 2 * sniffBytes);
  return tableOver({
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
    close: () => undefined,
  });
};

const tableOver = (file: OpenFile): TableBytes => {
  try {
    const head = file.read(0, sniffBytes);
    const wide = utf16Kind(head);
    if (wide !== null) {
      if (file.size > maxConverted) throw new Error(`UTF-16, ${String(file.size)} bytes`);
      const all = file.read(0, file.size);
      const little = wide === 'utf-16le' ? Buffer.from(all) : swapped(all);
      const text = Buffer.from(little.toString('utf16le').replace(/^\uFEFF/, ''), 'utf8');
      file.close();
      return {
        size: text.length,
        encoding: 'utf-8',
        start: 0,
        read: (offset, length) => text.subarray(offset, offset + length),
        close: () => undefined,
      };
    }
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return {
      size: file.size,
      encoding: marked || isUtf8(head) ? 'utf-8' : 'windows-1252',
      start: marked ? 3 : 0,
      read: (offset, length) => file.read(offset, length),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
};
