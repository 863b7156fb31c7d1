import { createHash } from 'node:crypto';
import type { PackedNames } from './packedNames';

/** Finaliser of MurmurHash3 (Appleby): every input bit reaches every output bit. */
const mix = (value: number): number => {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** 32-bit hash of a text continued from `seed`. */
export const hashText = (text: string, seed: number): number => {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
};

/** 32-bit hash of the bytes [from, to), four at a time. The length is part of it. */
export const hashRange = (view: DataView, from: number, to: number): number => {
  let h = Math.imul(to - from, 0x9e3779b1) ^ 0x811c9dc5;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    h = Math.imul(h ^ view.getInt32(at, true), 0x85ebca6b);
    h ^= h >>> 15;
  }
  for (; at < to; at++) h = Math.imul(h ^ view.getUint8(at), 0x01000193);
  return h ^ (h >>> 13);
};

const namesAtOnce = 1 << 12;

/** One sample as the fingerprint sees it; `path` and `labels` are hashes made by `hashText`. */
export interface SampleMarks {
  readonly path: number;
  readonly name: string;
  readonly labels: number;
  readonly split: number;
  readonly offset: number;
  readonly size: number;
  readonly digest: number;
}

/** Rows of one container as the fingerprint sees them; `count` entries of each array. */
export interface RowMarks {
  readonly path: number;
  readonly labels: Int32Array;
  readonly splits: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  readonly digests: Int32Array;
}

/** Both halves of an offset in one word. */
const foldOffset = (offset: number): number =>
  offset < 0x80000000 ? offset : (offset % 0x100000000) ^ Math.floor(offset / 0x100000000);

/** Hash of all that is no text. */
const restOf = (marks: Omit<SampleMarks, 'name'>): number =>
  mix(marks.labels) ^
  Math.imul(mix(marks.split ^ 0x27d4eb2f), 31) ^
  Math.imul(mix(foldOffset(marks.offset)), 131) ^
  Math.imul(mix(marks.size ^ 0x165667b1), 1031) ^
  Math.imul(mix(marks.digest), 65599);

/**
 * Fingerprint of a set of samples. The samples' hashes are added up, which does not depend on
 * their order, so it stands for a hash of the sorted list without sorting (or keeping) it. Tells
 * datasets apart; it is no defence against somebody who wants two to collide.
 */
export class Fingerprint {
  private readonly lanes = new Uint32Array(4);
  private samples = 0;

  add(marks: SampleMarks): void {
    const rest = restOf(marks);
    const text = hashText(marks.name, marks.path);
    const other = this.second(marks.name, marks.path);
    this.addLane(0, mix(text ^ rest));
    this.addLane(1, mix(other + rest));
    this.addLane(2, mix(Math.imul(text, 0x9e3779b1) ^ Math.imul(rest, 0x85ebca77)));
    this.addLane(3, mix(Math.imul(other, 0xc2b2ae3d) + Math.imul(rest, 0x27d4eb2f)));
    this.samples++;
  }

  /** Names of files that share all else, by their hashes: in another order they are another set. */
  addFiles(marks: Omit<SampleMarks, 'name'>, { low, high, ends }: PackedNames): void {
    const rest = restOf(marks);
    const text = mix(marks.path ^ low);
    const other = mix((marks.path ^ 0x5bd1e995) + high);
    this.addLane(0, mix(text ^ rest));
    this.addLane(1, mix(other + rest));
    this.addLane(2, mix(Math.imul(text, 0x9e3779b1) ^ Math.imul(rest, 0x85ebca77)));
    this.addLane(3, mix(Math.imul(other, 0xc2b2ae3d) + Math.imul(rest, 0x27d4eb2f)));
    this.samples += ends.length;
  }

  /** As `add` of every row without a name, with what the rows share worked out once. */
  addRows(rows: RowMarks, count: number): void {
    const text = rows.path;
    const other = this.second('', rows.path);
    const text2 = Math.imul(text, 0x9e3779b1);
    const other2 = Math.imul(other, 0xc2b2ae3d);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let row = 0; row < count; row++) {
      const rest =
        mix(rows.labels[row] ?? 0) ^
        Math.imul(mix((rows.splits[row] ?? 0) ^ 0x27d4eb2f), 31) ^
        Math.imul(mix(foldOffset(rows.offsets[row] ?? 0)), 131) ^
        Math.imul(mix((rows.lengths[row] ?? 0) ^ 0x165667b1), 1031) ^
        Math.imul(mix(rows.digests[row] ?? 0), 65599);
      a = (a + mix(text ^ rest)) | 0;
      b = (b + mix(other + rest)) | 0;
      c = (c + mix(text2 ^ Math.imul(rest, 0x85ebca77))) | 0;
      d = (d + mix(other2 + Math.imul(rest, 0x27d4eb2f))) | 0;
    }
    [a, b, c, d].forEach((value, lane) => this.addLane(lane, value));
    this.samples += count;
  }

  /** sha256 in hexadecimal of the class names, in the index's order, and the samples. */
  digest(classNames: readonly string[]): string {
    const hash = createHash('sha256');
    hash.update(JSON.stringify([classNames.length, this.samples, [...this.lanes]]));
    // A few thousand at once: a call a name is slow with a million of them.
    for (let at = 0; at < classNames.length; at += namesAtOnce) {
      const names = classNames.slice(at, at + namesAtOnce);
      hash.update(names.map((name) => `${JSON.stringify(name)}\n`).join(''));
    }
    return hash.digest('hex');
  }

  private second(text: string, seed: number): number {
    let h = seed ^ 0x5bd1e995;
    for (let i = 0; i < text.length; i++) {
      h = Math.imul(h + text.charCodeAt(i), 0x9e3779b1);
      h ^= h >>> 15;
    }
    return h;
  }

  private addLane(lane: number, value: number): void {
    this.lanes[lane] = (this.lanes[lane] ?? 0) + value;
  }
}
