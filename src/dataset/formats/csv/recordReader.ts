import type { ByteTable } from '../../bytes/byteTable';
import { plainNumber } from '../../bytes/plainNumber';
import { hashRange } from '../../fingerprint';
import { decodeWindows1252 } from './tableBytes';
import type { TableBytes } from './tableBytes';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;
const tab = 0x09;
const chunkBytes = 1024 * 1024;
/** A longer record is a quote that was never closed, or no table. */
const maxRecordBytes = 4 * 1024 * 1024;
/** Fields of a record beyond this many are not kept. */
const maxFields = 65536;
/** After this many runaway quotes the file does not mean them as quotes. */
const maxRunaways = 3;

type Parsed = 'record' | 'more';

/**
 * Splits a table into records and fields over its bytes, by RFC 4180: quotes may hold delimiters,
 * line ends and doubled quotes. Lenient where files are: text after a closing quote belongs to the
 * field, a quote inside a bare field is a character, a quote that never closes is one too. A blank as
 * delimiter stands for any run of blanks and tabs; those around a record part nothing. Holds one
 * chunk; nothing is decoded until `text` asks.
 */
export class RecordReader {
  /** Place of the current record in the table's bytes, without its line end. */
  offset: number;
  length = 0;
  fields = 0;
  /** Records with a quote that never closed, and lines too long to be read (skipped). */
  runaways = 0;
  tooLong = 0;
  private buffer: Buffer = Buffer.alloc(0);
  private bufferStart: number;
  private next: number;
  private start = 0;
  /** The buffer, for words of four bytes. */
  private view: DataView = new DataView(new ArrayBuffer(0));
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);
  private quoted = new Uint8Array(64);
  /** 1 for the bytes that end a field. */
  private readonly isEnd = new Uint8Array(256);
  private readonly isUtf8: boolean;
  private readonly isBlanks: boolean;

  constructor(
    private readonly table: TableBytes,
    private readonly delimiter: number,
    from = table.start,
  ) {
    this.offset = from;
    this.next = from;
    this.bufferStart = from;
    this.isUtf8 = table.encoding === 'utf-8';
    this.isBlanks = delimiter === blank;
    for (const byte of [delimiter, lineFeed, carriageReturn]) this.isEnd[byte] = 1;
    if (this.isBlanks) this.isEnd[tab] = 1;
  }

  /** Reads the next record that is not an empty line; false at the end. */
  read(): boolean {
    for (;;) {
      if (this.next >= this.table.size) return false;
      this.readOne();
      if (this.length > 0) return true;
    }
  }

  /** Field `index` of the current record as text, '' past its end. */
  text(index: number): string {
    if (index < 0 || index >= this.fields) return '';
    const from = this.starts[index];
    const to = this.ends[index];
    const text = this.isUtf8
      ? this.buffer.toString('utf8', from, to)
      : decodeWindows1252(this.buffer.subarray(from, to));
    return this.quoted[index] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** Field `index` as a number, without a text of it; NaN where it is not plain digits. */
  number(index: number): number {
    if (index < 0 || index >= this.fields || this.quoted[index] === 1) return NaN;
    return plainNumber(this.buffer, this.starts[index] ?? 0, this.ends[index] ?? 0);
  }

  /** Hash of the current record's bytes. */
  digest(): number {
    return hashRange(this.view, this.start, this.start + this.length);
  }

  /** Number of field `index` in a table of texts; -1 where its bytes are not its text. */
  find(index: number, table: ByteTable): number {
    if (index >= this.fields) return table.find(this.view, 0, 0);
    const from = this.starts[index] ?? 0;
    const to = this.ends[index] ?? 0;
    if (this.quoted[index] === 1) {
      for (let at = from; at < to; at++) if (this.buffer[at] === quote) return -1;
    }
    return table.find(this.view, from, to);
  }

  private readOne(): void {
    this.offset = this.next;
    let quotes = this.runaways < maxRunaways;
    for (let wanted = chunkBytes; ; wanted *= 2) {
      if (this.parse(this.next - this.bufferStart, quotes) === 'record') return;
      if (wanted > maxRecordBytes && quotes) {
        quotes = false;
        this.runaways++;
        continue;
      }
      if (wanted > 2 * maxRecordBytes) {
        this.skipLine();
        return;
      }
      const read = this.table.read(this.next, wanted);
      this.buffer = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
      this.view = new DataView(read.buffer, read.byteOffset, read.byteLength);
      this.bufferStart = this.next;
    }
  }

  private skipLine(): void {
    this.tooLong++;
    this.length = 0;
    this.fields = 0;
    let at = this.next;
    while (at < this.table.size) {
      const chunk = this.table.read(at, chunkBytes);
      const end = chunk.indexOf(lineFeed);
      if (chunk.length === 0) break;
      if (end >= 0) {
        this.next = at + end + 1;
        return;
      }
      at += chunk.length;
    }
    this.next = this.table.size;
  }

  /** Parses the record at `from` in the buffer; 'more' when its end is not in the buffer. */
  private parse(from: number, quotes: boolean): Parsed {
    const { buffer, delimiter, isEnd } = this;
    const size = buffer.length;
    const atEnd = this.bufferStart + size >= this.table.size;
    let { starts, ends, quoted } = this;
    let fields = 0;
    let at = this.pastBlanks(from);
    for (;;) {
      if (at >= size && !atEnd) return 'more';
      let start = at;
      let end = -1;
      if (quotes && at < size && buffer[at] === quote) {
        const close = this.closingQuote(at + 1, atEnd);
        if (close === 'more') return 'more';
        if (close === 'none') {
          this.runaways++;
          return this.parse(from, false);
        }
        start = at + 1;
        end = close;
        at = close + 1;
      }
      while (at < size && isEnd[buffer[at] ?? 0] === 0) at++;
      if (at >= size && !atEnd) return 'more';
      if (fields < maxFields) {
        if (fields === starts.length) {
          this.grow();
          ({ starts, ends, quoted } = this);
        }
        starts[fields] = start;
        ends[fields] = end === -1 ? at : end;
        quoted[fields] = end === -1 ? 0 : 1;
        fields++;
      }
      if (at < size && buffer[at] === delimiter && !this.isBlanks) {
        at++;
        continue;
      }
      if (this.isBlanks) {
        const end = at;
        at = this.pastBlanks(at);
        if (at >= size && !atEnd) return 'more';
        const byte = at < size ? buffer[at] : lineFeed;
        if (at > end && byte !== lineFeed && byte !== carriageReturn) continue;
      }
      // CR, LF and CR LF all end a line.
      const isReturn = at < size && buffer[at] === carriageReturn;
      if (isReturn && at + 1 >= size && !atEnd) return 'more';
      this.start = from;
      this.fields = fields;
      this.length = fields === 1 && this.isBlanks && starts[0] === at ? 0 : at - from;
      const past = isReturn && at + 1 < size && buffer[at + 1] === lineFeed ? at + 2 : at + 1;
      this.next = this.bufferStart + Math.min(past, size);
      return 'record';
    }
  }

  /** The first byte from `at` on that is no blank, where blanks part fields. */
  private pastBlanks(at: number): number {
    if (!this.isBlanks) return at;
    let past = at;
    while (this.buffer[past] === blank || this.buffer[past] === tab) past++;
    return past;
  }

  /** The quote that ends a field whose text begins at `from`; doubled ones are text. */
  private closingQuote(from: number, atEnd: boolean): number | 'more' | 'none' {
    const { buffer } = this;
    for (let at = from; ;) {
      const close = buffer.indexOf(quote, at);
      if (close === -1) return atEnd ? 'none' : 'more';
      if (close + 1 >= buffer.length && !atEnd) return 'more';
      if (buffer[close + 1] !== quote) return close;
      at = close + 2;
    }
  }

  private grow(): void {
    const wider = <A extends Int32Array | Uint8Array>(old: A, fresh: A): A => {
      fresh.set(old);
      return fresh;
    };
    const length = 2 * this.starts.length;
    this.starts = wider(this.starts, new Int32Array(length));
    this.ends = wider(this.ends, new Int32Array(length));
    this.quoted = wider(this.quoted, new Uint8Array(length));
  }
}
