import { hashRange } from '../fingerprint';
import type { OpenFile } from '../types';

const lineFeed = 0x0a;
const chunkBytes = 1024 * 1024;
/** Longer lines are skipped and counted. */
const maxLineBytes = 64 * 1024 * 1024;

/** The lines of a file over its bytes, one chunk at a time. Nothing is decoded. */
export class LineReader {
  /** The line's bytes are [start, end) of `bytes`, without line feed; `view` is of the same bytes. */
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  start = 0;
  end = 0;
  /** Lines read so far, those skipped included. */
  line = 0;
  tooLong = 0;
  private bufferStart: number;
  private next: number;

  constructor(
    private readonly file: OpenFile,
    from = 0,
  ) {
    this.bufferStart = from;
    this.next = from;
  }

  /** Place of the line in the file. */
  get offset(): number {
    return this.bufferStart + this.start;
  }

  /** Hash of the line's bytes. */
  digest(): number {
    return hashRange(this.view, this.start, this.end);
  }

  /** Goes to the next line; false at the end of the file. */
  read(): boolean {
    for (let wanted = chunkBytes; ; wanted *= 2) {
      const from = this.next - this.bufferStart;
      const found = from < this.bytes.length ? this.bytes.indexOf(lineFeed, from) : -1;
      const isLast = this.bufferStart + this.bytes.length >= this.file.size;
      if (found < 0 && isLast && from >= this.bytes.length && this.next >= this.file.size)
        return false;
      if (found >= 0 || (isLast && from < this.bytes.length)) {
        this.start = from;
        this.end = found < 0 ? this.bytes.length : found;
        this.next = this.bufferStart + this.end + 1;
        this.line++;
        return true;
      }
      if (wanted > maxLineBytes) {
        if (!this.skip()) return false;
        wanted = chunkBytes;
      }
      const read = this.file.read(this.next, wanted);
      if (read.length === 0) return false;
      this.bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
      this.view = new DataView(read.buffer, read.byteOffset, read.byteLength);
      this.bufferStart = this.next;
    }
  }

  /** Passes a line that is too long; false when the file ends in it. */
  private skip(): boolean {
    this.tooLong++;
    this.line++;
    let at = this.next;
    for (;;) {
      const chunk = this.file.read(at, chunkBytes);
      if (chunk.length === 0) return false;
      const found = chunk.indexOf(lineFeed);
      if (found >= 0) {
        this.next = at + found + 1;
        return this.next < this.file.size;
      }
      at += chunk.length;
    }
  }
}
