import type { OpenFile } from '../../types';

/** A file in a tar archive. Names are only decoded where asked for. */
export interface TarEntry {
  readonly name: string;
  /** Where its bytes begin. */
  readonly start: number;
  readonly size: number;
}

const block = 512;
/** A header, a short body and the next header come with one read. */
const windowBytes = 2048;
/** Long names and extended headers: more is no name. */
const maxNameBytes = 1 << 16;
const types = { file: 0x30, oldFile: 0, longName: 0x4c, extended: 0x78 } as const;

/** A number field: octal digits, or GNU's binary form with the top bit set. NaN for neither. */
const numberField = (bytes: Uint8Array, at: number, length: number): number => {
  const first = bytes[at] ?? 0;
  if (first === 0x80) {
    let value = 0;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + (bytes[i] ?? 0);
    return value;
  }
  let value = 0;
  let digits = 0;
  for (let i = at; i < at + length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x20 && digits === 0) continue;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) return NaN;
    value = value * 8 + byte - 0x30;
    digits++;
  }
  return value;
};

const isZero = (bytes: Uint8Array, at: number): boolean => {
  for (let i = at; i < at + block; i++) if (bytes[i] !== 0) return false;
  return true;
};

/** Sum of a header's bytes, its own field counted as blanks. */
const checkSum = (bytes: Uint8Array, at: number): number => {
  let sum = 8 * 0x20;
  for (let i = at; i < at + 148; i++) sum += bytes[i] ?? 0;
  for (let i = at + 156; i < at + block; i++) sum += bytes[i] ?? 0;
  return sum;
};

/** "ustar" where POSIX and GNU put it. */
const isUstar = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 257] === 0x75 &&
  bytes[at + 258] === 0x73 &&
  bytes[at + 259] === 0x74 &&
  bytes[at + 260] === 0x61 &&
  bytes[at + 261] === 0x72;

const textField = (bytes: Buffer, at: number, length: number): string => {
  let end = at;
  while (end < at + length && bytes[end] !== 0) end++;
  return bytes.toString('utf8', at, end);
};

/** Name and size among the records `length key=value` of an extended header (POSIX pax). */
export const paxFields = (bytes: Uint8Array): { name?: string; size?: number } => {
  const found: { name?: string; size?: number } = {};
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length;) {
    const blank = buffer.indexOf(0x20, at);
    const length = blank < 0 || blank - at > 8 ? NaN : Number(buffer.toString('latin1', at, blank));
    if (!(length > blank - at + 1)) break;
    const record = buffer.toString('utf8', blank + 1, Math.min(at + length - 1, buffer.length));
    if (record.startsWith('path=')) found.name = record.slice(5);
    if (record.startsWith('size=')) {
      const size = Number(record.slice(5));
      if (Number.isSafeInteger(size) && size >= 0) found.size = size;
    }
    at += length;
  }
  return found;
};

/** Why an archive was not read to its end. */
export type TarDamage = 'header' | 'cut';

/** The files of a tar archive from header to header: bodies are passed over. */
export class TarReader {
  damage: TarDamage | null = null;
  /** Where the next header lies. */
  at = 0;
  /** What was read last, of which `filled` bytes are the file's from `windowStart` on. */
  private readonly room: Buffer = Buffer.alloc(windowBytes);
  private window = this.room;
  private windowStart = 0;
  private filled = 0;

  constructor(private readonly file: OpenFile) {}

  /** The bytes [start, start + length) as text. */
  text(start: number, length: number): string {
    const at = this.find(start, length);
    return this.window.toString('utf8', at, Math.min(at + length, this.filled));
  }

  /** Place of the bytes [start, start + length) in the window, as far as the file has them. */
  private find(start: number, length: number): number {
    const inside = start - this.windowStart;
    if (inside >= 0 && inside + length <= this.filled) return inside;
    this.windowStart = start;
    if (length <= windowBytes && this.file.readInto !== undefined) {
      this.window = this.room;
      this.filled = this.file.readInto(start, this.room);
      return 0;
    }
    const read = this.file.read(start, Math.max(windowBytes, length));
    this.window = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
    this.filled = read.byteLength;
    return 0;
  }

  /** The next file; null at the end, or where the archive is damaged (`damage` says so). */
  next(): TarEntry | null {
    let longName: string | undefined;
    let longSize: number | undefined;
    for (;;) {
      const from = this.find(this.at, block);
      const { window } = this;
      if (this.filled - from < block) {
        if (this.at < this.file.size || this.filled > from) this.damage = 'cut';
        return null;
      }
      // Only a header without a name can be the zeros at the end.
      if (window[from] === 0 && isZero(window, from)) return null;
      // The sum of all bytes is only worked out where the magic does not vouch for the header.
      if (!isUstar(window, from) && numberField(window, from + 148, 8) !== checkSum(window, from)) {
        this.damage = 'header';
        return null;
      }
      const size = longSize ?? numberField(window, from + 124, 12);
      if (!Number.isSafeInteger(size)) {
        this.damage = 'header';
        return null;
      }
      const start = this.at + block;
      this.at = start + Math.ceil(size / block) * block;
      const type = window[from + 156];
      if (type === types.longName && size <= maxNameBytes) {
        [longName = ''] = this.text(start, size).split('\0');
        continue;
      }
      if (type === types.extended && size <= maxNameBytes) {
        const place = this.find(start, size);
        const end = Math.min(place + size, this.filled);
        const fields = paxFields(this.window.subarray(place, end));
        longName = fields.name ?? longName;
        longSize = fields.size;
        continue;
      }
      if (type !== types.file && type !== types.oldFile) {
        [longName, longSize] = [undefined, undefined];
        continue;
      }
      if (start + size > this.file.size) {
        this.damage = 'cut';
        return null;
      }
      if (longName !== undefined) return { name: longName, start, size };
      const name = textField(window, from, 100);
      const hasPrefix =
        isUstar(window, from) && window[from + 263] === 0x30 && window[from + 345] !== 0;
      const prefix = hasPrefix ? `${textField(window, from + 345, 155)}/` : '';
      return { name: prefix + name, start, size };
    }
  }
}
