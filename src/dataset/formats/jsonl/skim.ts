const quote = 0x22;
const backslash = 0x5c;

/** Past the string whose text begins at `at`; `to` when it has no end. */
const pastString = (bytes: Uint8Array, at: number, to: number): number => {
  for (let i = at; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === backslash) i++;
    else if (byte === quote) return i + 1;
  }
  return to + 1;
};

/** Past a value that begins at `at`: a string, a nested list or record, or a bare word. */
const pastValue = (bytes: Uint8Array, at: number, to: number): number => {
  const first = bytes[at];
  if (first === quote) return pastString(bytes, at + 1, to);
  let depth = 0;
  for (let i = at; i < to;) {
    const byte = bytes[i] ?? 0;
    if (byte === quote) {
      i = pastString(bytes, i + 1, to);
      continue;
    }
    if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (depth === 0 && (byte === 0x2c || byte <= 0x20)) return i;
    i++;
  }
  return depth > 0 ? to + 1 : to;
};

const isSame = (bytes: Uint8Array, from: number, to: number, key: Uint8Array): boolean => {
  if (to - from !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[from + i] !== key[i]) return false;
  return true;
};

/** What a line of JSON is: a record, nothing ("", "[", "]"), or neither. */
export type LineKind = 'record' | 'empty' | 'damaged';

/**
 * Finds the values of some keys in a line without parsing it: a walk over its bytes that knows
 * strings and depth, at the top level only. `from[k]` and `to[k]` are key k's value, from -1 where
 * the record has none; a repeated key's last value counts, as for JSON.parse.
 */
export class Skimmer {
  readonly from: Int32Array;
  readonly to: Int32Array;
  private readonly keys: readonly Uint8Array[];

  constructor(keys: readonly string[]) {
    // As JSON writes them: names with marks that need an escape are compared escaped.
    this.keys = keys.map((key) => new TextEncoder().encode(JSON.stringify(key).slice(1, -1)));
    this.from = new Int32Array(keys.length);
    this.to = new Int32Array(keys.length);
  }

  read(bytes: Uint8Array, start: number, end: number): LineKind {
    this.from.fill(-1);
    let at = start;
    let to = end;
    while (to > at && (bytes[to - 1] ?? 0) <= 0x20) to--;
    // A comma after the record: a list written with a record a line.
    if (to > at && bytes[to - 1] === 0x2c) to--;
    while (at < to && (bytes[at] ?? 0) <= 0x20) at++;
    if (at === to) return 'empty';
    const first = bytes[at];
    if (to - at === 1 && (first === 0x5b || first === 0x5d)) return 'empty';
    if (first !== 0x7b) return 'damaged';
    at++;
    for (;;) {
      while (at < to && ((bytes[at] ?? 0) <= 0x20 || bytes[at] === 0x2c)) at++;
      if (bytes[at] === 0x7d) return at + 1 === to ? 'record' : 'damaged';
      if (at >= to || bytes[at] !== quote) return 'damaged';
      const keyStart = at + 1;
      at = pastString(bytes, keyStart, to);
      const keyEnd = at - 1;
      while (at < to && ((bytes[at] ?? 0) <= 0x20 || bytes[at] === 0x3a)) at++;
      const valueStart = at;
      at = pastValue(bytes, at, to);
      if (at > to || at === valueStart) return 'damaged';
      for (let k = 0; k < this.keys.length; k++) {
        const key = this.keys[k];
        if (key === undefined || !isSame(bytes, keyStart, keyEnd, key)) continue;
        this.from[k] = valueStart;
        this.to[k] = at;
      }
    }
  }
}
