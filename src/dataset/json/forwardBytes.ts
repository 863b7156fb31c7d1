import type { OpenFile } from '../types';

const chunkBytes = 256 * 1024;
/** Room behind a chunk for what is kept of the one before. */
const spareBytes = 64 * 1024;

/** A file from front to back in memory of a fixed size. */
export class ForwardBytes {
  /** What of the memory holds the file from `start` on. */
  protected bytes: Buffer = Buffer.alloc(0);
  /** The same bytes by four, to pass over numbers faster. */
  protected fours = new Int32Array(0);
  protected at = 0;
  /** One piece of memory for all of the file: what is read next overwrites it. */
  private store = new Uint8Array(0);
  private start = 0;

  constructor(private readonly file: OpenFile) {}

  /** Place in the file. */
  get offset(): number {
    return this.start + this.at;
  }

  /** Reads on, keeping bytes from `keep`; false at the end of the file. */
  protected more(keep: number): boolean {
    const next = this.start + this.bytes.length;
    const wanted = Math.min(chunkBytes, this.file.size - next);
    if (wanted <= 0) return false;
    const kept = this.bytes.length - keep;
    if (this.store.length < kept + wanted) {
      const wider = new Uint8Array(kept + wanted + Math.min(spareBytes, this.file.size));
      wider.set(this.bytes.subarray(keep));
      this.store = wider;
    } else this.store.copyWithin(0, keep, this.bytes.length);
    const into = this.store.subarray(kept, kept + wanted);
    let got = this.file.readInto?.(next, into);
    if (got === undefined) {
      const read = this.file.read(next, wanted);
      into.set(read);
      got = read.length;
    }
    this.start += keep;
    this.at -= keep;
    this.bytes = Buffer.from(this.store.buffer, 0, kept + got);
    this.fours = new Int32Array(this.store.buffer, 0, (kept + got) >> 2);
    return got > 0;
  }
}
