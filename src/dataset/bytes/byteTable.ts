import { hashRange } from '../fingerprint';

/** More different texts than this are no labels: nothing further is remembered. */
const maxEntries = 1 << 20;
const maxPool = 1 << 27;

const isSame = (
  view: DataView,
  from: number,
  pool: Uint8Array,
  start: number,
  length: number,
): boolean => {
  for (let i = 0; i < length; i++) if (view.getUint8(from + i) !== pool[start + i]) return false;
  return true;
};

/**
 * Small numbers for byte strings, in the order they were met: labels are recognised by their
 * bytes, and only decoded the first time. Open addressing over a hash of the bytes.
 */
export class ByteTable {
  /** How many there are. */
  size = 0;
  private slots = new Int32Array(1024).fill(-1);
  private hashes = new Int32Array(512);
  private ends = new Float64Array(512);
  private pool = new Uint8Array(8192);
  private used = 0;

  /**
   * Number of the bytes [from, to) of a view; `size` before the call when they are new, -1 when
   * they are new and the table is full.
   */
  find(view: DataView, from: number, to: number): number {
    const hash = hashRange(view, from, to);
    const mask = this.slots.length - 1;
    const length = to - from;
    let slot = hash & mask;
    for (;;) {
      const entry = this.slots[slot] ?? -1;
      if (entry < 0) break;
      if (this.hashes[entry] === hash) {
        const start = entry === 0 ? 0 : (this.ends[entry - 1] ?? 0);
        if (
          (this.ends[entry] ?? 0) - start === length &&
          isSame(view, from, this.pool, start, length)
        )
          return entry;
      }
      slot = (slot + 1) & mask;
    }
    if (this.size >= maxEntries || this.used + length > maxPool) return -1;
    this.slots[slot] = this.size;
    this.keep(view, from, length, hash);
    return this.size++;
  }

  private keep(view: DataView, from: number, length: number, hash: number): void {
    if (this.used + length > this.pool.length) {
      const pool = new Uint8Array(2 * (this.used + length));
      pool.set(this.pool);
      this.pool = pool;
    }
    for (let i = 0; i < length; i++) this.pool[this.used + i] = view.getUint8(from + i);
    this.used += length;
    this.hashes[this.size] = hash;
    this.ends[this.size] = this.used;
    if (this.size + 1 === this.hashes.length) this.grow();
  }

  private grow(): void {
    const hashes = new Int32Array(2 * this.hashes.length);
    const ends = new Float64Array(hashes.length);
    hashes.set(this.hashes);
    ends.set(this.ends);
    this.hashes = hashes;
    this.ends = ends;
    this.slots = new Int32Array(2 * hashes.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let entry = 0; entry <= this.size; entry++) {
      let slot = (hashes[entry] ?? 0) & mask;
      while ((this.slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry;
    }
  }
}
