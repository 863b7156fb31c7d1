import { hashRange } from '../fingerprint';

/** More different texts than this are no labels: nothing further is remembered. */
const maxEntries = 1 << 20;
const maxPool = 1 << 27;

/** Numbers a slot: entry + 1 (0 = free), hash, and where in the pool the bytes are. */
const fields = 4;
/** Slots to start with; a table that is more than half full grows. */
const firstSlots = 1024;

const isSame = (
  view: DataView,
  from: number,
  pool: DataView,
  start: number,
  length: number,
): boolean => {
  let i = 0;
  for (; i + 4 <= length; i += 4)
    if (view.getInt32(from + i, true) !== pool.getInt32(start + i, true)) return false;
  for (; i < length; i++) if (view.getUint8(from + i) !== pool.getUint8(start + i)) return false;
  return true;
};

/**
 * Small numbers for byte strings, in the order they were met: labels are recognised by their
 * bytes, and only decoded the first time. Open addressing over a hash of the bytes. With a million
 * texts every look into memory is a wait, so all that tells whether a slot is the right one stands
 * beside each other.
 */
export class ByteTable {
  /** How many there are. */
  size = 0;
  private slots = new Int32Array(fields * firstSlots);
  private pool = new Uint8Array(8192);
  private poolView = new DataView(this.pool.buffer);
  private used = 0;

  /**
   * Number of the bytes [from, to) of a view; `size` before the call when they are new, -1 when
   * they are new and the table is full.
   */
  find(view: DataView, from: number, to: number): number {
    const { slots } = this;
    const hash = hashRange(view, from, to);
    const mask = slots.length / fields - 1;
    const length = to - from;
    let slot = (hash & mask) * fields;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) break;
      if (
        slots[slot + 1] === hash &&
        slots[slot + 3] === length &&
        isSame(view, from, this.poolView, slots[slot + 2] ?? 0, length)
      )
        return entry - 1;
      slot = (slot + fields) & (slots.length - 1);
    }
    if (this.size >= maxEntries || this.used + length > maxPool) return -1;
    slots[slot] = this.size + 1;
    slots[slot + 1] = hash;
    slots[slot + 2] = this.keep(view, from, length);
    slots[slot + 3] = length;
    if (2 * fields * ++this.size > slots.length) this.grow();
    return this.size - 1;
  }

  /** Copies the bytes into the pool; their place there. */
  private keep(view: DataView, from: number, length: number): number {
    const start = this.used;
    if (start + length > this.pool.length) {
      const pool = new Uint8Array(2 * (start + length));
      pool.set(this.pool);
      this.pool = pool;
      this.poolView = new DataView(pool.buffer);
    }
    for (let i = 0; i < length; i++) this.pool[start + i] = view.getUint8(from + i);
    this.used += length;
    return start;
  }

  private grow(): void {
    const old = this.slots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length / fields - 1;
    for (let at = 0; at < old.length; at += fields) {
      if (old[at] === 0) continue;
      let slot = ((old[at + 1] ?? 0) & mask) * fields;
      while (slots[slot] !== 0) slot = (slot + fields) & (slots.length - 1);
      for (let i = 0; i < fields; i++) slots[slot + i] = old[at + i] ?? 0;
    }
    this.slots = slots;
  }
}
