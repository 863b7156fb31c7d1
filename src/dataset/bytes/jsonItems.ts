import { hashRange } from '../fingerprint';
import type { OpenFile } from '../types';

const chunkBytes = 256 * 1024;
/** A longer item ends the reading. */
const maxItemBytes = 64 * 1024 * 1024;
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openRecord, closeRecord] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The items of a file's outermost list, one after the other, as bytes: a walk that knows strings
 * and depth and parses nothing. A file with one record instead of a list has one item.
 */
export class JsonItems {
  /** The item's bytes are [start, end) of `bytes`. */
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Whether the file ended, or went wrong, before its list did. */
  isCut = false;
  /** Whether the outermost value is a list; known after the first `read`. */
  isList = false;
  private bufferStart = 0;
  private next = 0;
  private isOver = false;

  /** `maxBytes`: what an item may have at most. */
  constructor(
    private readonly file: OpenFile,
    private readonly maxBytes = maxItemBytes,
  ) {}

  /** Place of the item in the file. */
  get offset(): number {
    return this.bufferStart + this.start;
  }

  /** Hash of the item's bytes. */
  digest(): number {
    const { buffer, byteOffset, byteLength } = this.bytes;
    return hashRange(new DataView(buffer, byteOffset, byteLength), this.start, this.end);
  }

  /** The item as JSON.parse gives it; null for one that is no JSON. */
  value(): unknown {
    try {
      return JSON.parse(this.bytes.toString('utf8', this.start, this.end));
    } catch {
      return null;
    }
  }

  /** Goes to the next item; false at the end of the list. */
  read(): boolean {
    if (this.isOver) return false;
    if (this.next === 0 && !this.open()) return this.finish(false);
    this.start = this.next - this.bufferStart;
    if (this.isList) {
      const byte = this.gap();
      if (byte === closeList || byte < 0) return this.finish(byte < 0);
    }
    const isWhole = this.item() && this.end > this.start;
    this.next = this.bufferStart + this.end;
    if (!this.isList || !isWhole) this.finish(!isWhole);
    return isWhole;
  }

  private finish(isCut: boolean): false {
    this.isOver = true;
    this.isCut ||= isCut;
    return false;
  }

  /** Past what stands before the first item; false where there is neither list nor record. */
  private open(): boolean {
    this.bytes = Buffer.from(this.file.read(0, chunkBytes));
    if (this.bytes[0] === 0xef) this.start = 3;
    const byte = this.gap();
    this.isList = byte === openList;
    this.next = this.bufferStart + this.start + (this.isList ? 1 : 0);
    return this.isList || byte === openRecord;
  }

  /** Past blanks and commas: the byte that stands there, -1 at the end. */
  private gap(): number {
    for (;;) {
      const byte = this.bytes[this.start];
      if (byte === undefined) {
        if (!this.more()) return -1;
      } else if (byte > 0x20 && byte !== comma) return byte;
      else this.start++;
    }
  }

  /** Reads on, keeping what the item has so far; false at the end of the file. */
  private more(): boolean {
    const kept = this.bytes.subarray(this.start);
    if (kept.length >= this.maxBytes) return false;
    const at = this.bufferStart + this.bytes.length;
    const read = this.file.read(at, Math.max(chunkBytes, kept.length));
    if (read.length === 0) return false;
    this.bufferStart += this.start;
    this.bytes = kept.length === 0 ? Buffer.from(read) : Buffer.concat([kept, read]);
    this.start = 0;
    return true;
  }

  /** Finds the end of the item that begins at `start`; false where the file ends in it. */
  private item(): boolean {
    let depth = 0;
    let isText = false;
    for (let at = this.start; ; at++) {
      while (at >= this.bytes.length) {
        at -= this.start;
        if (!this.more()) {
          this.end = this.bytes.length;
          return false;
        }
      }
      const byte = this.bytes[at] ?? 0;
      if (isText) {
        if (byte === backslash) at++;
        else if (byte === quote) isText = false;
        if (isText || depth > 0) continue;
        this.end = at + 1;
        return true;
      }
      if (byte === quote) isText = true;
      else if (byte === openList || byte === openRecord) depth++;
      else if (byte === closeList || byte === closeRecord) {
        if (--depth > 0) continue;
        // A bare word ends before the bracket of the list around it.
        this.end = depth === 0 ? at + 1 : at;
        return true;
      } else if (depth === 0 && byte === comma) {
        this.end = at;
        return true;
      }
    }
  }
}
