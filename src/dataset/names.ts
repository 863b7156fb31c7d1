import { hashText } from './fingerprint';

/** An array twice as long, with what it held. */
const doubled = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const next = new Int32Array(2 * old.length);
  next.set(old);
  return next;
};

/**
 * Names with an id each, in the order they were met, and the hash the fingerprint needs of each.
 * The names stand in one list and are found by that hash: a Map of a million takes several times
 * the room.
 */
export class Names {
  readonly list: string[] = [];
  private hashes = new Int32Array(64);
  /** Id + 1 by hash; 0 is free. At most half full. */
  private slots = new Int32Array(128);

  constructor(private readonly seed: number) {}

  /** Id of a name, made when new. */
  id(name: string): number {
    // Of the empty name it is the seed, which may be more than the column of hashes can hold.
    const hash = hashText(name, this.seed) | 0;
    const mask = this.slots.length - 1;
    let slot = spread(hash) & mask;
    for (;;) {
      const id = (this.slots[slot] ?? 0) - 1;
      if (id < 0) break;
      if (this.hashes[id] === hash && this.list[id] === name) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.list.length;
    this.list.push(name);
    if (id === this.hashes.length) this.hashes = doubled(this.hashes);
    this.hashes[id] = hash;
    this.slots[slot] = id + 1;
    if (2 * this.list.length > this.slots.length) this.grow();
    return id;
  }

  /** Hash of a name by its id; 0 for none. */
  hash(id: number): number {
    return id < this.hashes.length ? (this.hashes[id] ?? 0) : 0;
  }

  private grow(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let id = 0; id < this.list.length; id++) {
      let slot = spread(this.hashes[id] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

/** The upper bits of a hash reach the lower ones, which choose the slot. */
const spread = (hash: number): number => hash ^ (hash >>> 15);

/** How often each id was counted. */
export class Tally {
  private counts = new Int32Array(64);

  add(id: number, count: number): void {
    while (id >= this.counts.length) this.counts = doubled(this.counts);
    this.counts[id] = (this.counts[id] ?? 0) + count;
  }

  /** The counts under new ids, one for every old one. */
  inOrder(newId: Uint32Array): Uint32Array {
    const ordered = new Uint32Array(newId.length);
    const met = Math.min(newId.length, this.counts.length);
    for (let id = 0; id < met; id++) ordered[newId[id] ?? 0] = this.counts[id] ?? 0;
    return ordered;
  }
}
