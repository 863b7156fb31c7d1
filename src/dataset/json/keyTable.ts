import { quote } from './jsonBytes';

interface Key {
  readonly id: number;
  readonly bytes: Uint8Array;
}

const isAt = (bytes: Uint8Array, start: number, key: Uint8Array): boolean => {
  for (let at = 0; at < key.length; at++) if (key[at] !== bytes[start + at]) return false;
  return true;
};

/** Finds a name among a few by its bytes, without making a string. */
export class KeyTable {
  private readonly keys: readonly Key[];
  private readonly byLength: Key[][] = [];
  /** What came behind each key the last time, behind none first. Only speed depends on it. */
  private readonly following: (Key | undefined)[];

  constructor(names: readonly string[]) {
    this.keys = names.map((name, id) => ({ id, bytes: Buffer.from(name) }));
    for (const key of this.keys) (this.byLength[key.bytes.length] ??= []).push(key);
    this.following = [undefined, ...this.keys.map(() => undefined)];
  }

  /** Bytes of a name. */
  lengthOf(id: number): number {
    return this.keys[id]?.bytes.length ?? 0;
  }

  /**
   * Place of the name at `start`, before a quote, where it is the one that came behind `before` the
   * last time; else -1, and it is to be found. Who writes a list of objects keeps to one order.
   */
  guess(bytes: Uint8Array, start: number, before: number): number {
    const key = this.following[before + 1];
    if (key === undefined || bytes[start + key.bytes.length] !== quote) return -1;
    return isAt(bytes, start, key.bytes) ? key.id : -1;
  }

  /** Place among the names of bytes [start, end), -1 for another name. */
  find(bytes: Uint8Array, start: number, end: number, before = -1): number {
    for (const key of this.byLength[end - start] ?? []) {
      if (!isAt(bytes, start, key.bytes)) continue;
      this.following[before + 1] = key;
      return key.id;
    }
    return -1;
  }
}
