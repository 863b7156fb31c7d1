/** Names as bytes one after the other: what an index keeps of them, made where they were listed. */
export interface PackedNames {
  /** UTF-8, nothing between the names. */
  readonly bytes: Uint8Array;
  /** Where each name ends. */
  readonly ends: Uint32Array;
  /** Two 32-bit hashes of the names in their order. */
  readonly low: number;
  readonly high: number;
}

/** Names in one pack: progress and cancelling come between. */
const inPack = 4096;
/** '/' between names on the way, which is in no name. */
const separator = 0x2f;

/** Two hashes of bytes, four at a time, and of their number. */
const hashesOf = (bytes: Uint8Array): readonly [number, number] => {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let low = Math.imul(length, 0x9e3779b1) ^ 0x811c9dc5;
  let high = Math.imul(length, 0x85ebca77) ^ 0x5bd1e995;
  const step = (word: number): void => {
    low = Math.imul(low ^ word, 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0xc2b2ae3d);
    high ^= high >>> 13;
  };
  let at = 0;
  for (; at + 4 <= length; at += 4) step(view.getInt32(at, true));
  for (; at < length; at++) step(view.getUint8(at));
  return [low, high];
};

const pack = (names: readonly string[]): PackedNames => {
  const text = Buffer.from(names.join('/'));
  const [low, high] = hashesOf(text);
  const ends = new Uint32Array(names.length);
  const bytes = new Uint8Array(text.length - names.length + 1);
  let [to, done] = [0, 0];
  for (let from = 0; from < text.length; from++) {
    const byte = text[from] ?? 0;
    if (byte === separator) ends[done++] = to;
    else bytes[to++] = byte;
  }
  ends[done] = to;
  return { bytes, ends, low, high };
};

/** Packs of a few thousand names; none may contain '/'. */
export const packNames = (names: readonly string[]): PackedNames[] =>
  Array.from({ length: Math.ceil(names.length / inPack) }, (_, part) =>
    pack(names.slice(part * inPack, (part + 1) * inPack)),
  );

/** The names of a pack as text. */
export const unpackNames = ({ bytes, ends }: PackedNames): string[] => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from(ends, (end, at) => text.toString('utf8', ends[at - 1] ?? 0, end));
};
