import type { FileWindow } from './frames';

const maxFeatures = 4096;
const maxKey = 1024;
const maxValues = 65_536;
const maxText = 4096;

/** A feature of a record: its kind, and where its list of values lies. */
export interface Feature {
  readonly key: string;
  readonly kind: 'bytes' | 'float' | 'int64';
  readonly from: number;
  readonly to: number;
}

/** A field of a message: its number, its wire type, and its content or, for varints, value. */
interface Field {
  readonly number: number;
  readonly wire: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

const kinds = ['bytes', 'float', 'int64'] as const;

/** A varint and where it ends; null beyond `to`. Values from 2^63 on, the negative, are -1. */
const varint = (
  window: FileWindow,
  at: number,
  to: number,
): { readonly value: number; readonly next: number } | null => {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    if (at + i >= to) return null;
    const byte = window.byte(at + i);
    if (byte < 0) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value: i === 9 ? -1 : value, next: at + i + 1 };
  }
  return null;
};

/** Fields of the message in bytes [from, to), until one does not fit. */
function* fields(window: FileWindow, from: number, to: number): Generator<Field> {
  for (let at = from; at < to;) {
    const tag = varint(window, at, to);
    if (tag === null || tag.value < 8) return;
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    if (wire === 0) {
      const found = varint(window, tag.next, to);
      if (found === null) return;
      yield { number, wire, from: tag.next, to: found.next, value: found.value };
      at = found.next;
      continue;
    }
    const length = wire === 2 ? varint(window, tag.next, to) : null;
    if (wire === 2 && (length === null || length.value < 0)) return;
    const start = length?.next ?? tag.next;
    const size = length?.value ?? (wire === 5 ? 4 : wire === 1 ? 8 : -1);
    if (size < 0 || start + size > to) return;
    yield { number, wire, from: start, to: start + size, value: 0 };
    at = start + size;
  }
}

/**
 * Features of the tf.train.Example in bytes [from, to), or of the context of a SequenceExample. Values
 * are not touched: pictures are hopped over by their length.
 */
export const featuresOf = (window: FileWindow, from: number, to: number): readonly Feature[] => {
  const found: Feature[] = [];
  for (const features of fields(window, from, to)) {
    if (features.number !== 1 || features.wire !== 2) continue;
    for (const entry of fields(window, features.from, features.to)) {
      if (entry.number !== 1 || entry.wire !== 2 || found.length >= maxFeatures) continue;
      let key: string | null = null;
      let list: Field | undefined;
      for (const part of fields(window, entry.from, entry.to)) {
        if (part.wire !== 2) continue;
        if (part.number === 1 && part.to - part.from <= maxKey)
          key = Buffer.from(window.read(part.from, part.to - part.from)).toString('utf8');
        else if (part.number === 2)
          for (const one of fields(window, part.from, part.to)) if (one.wire === 2) list = one;
      }
      const kind = kinds[(list?.number ?? 0) - 1];
      if (key !== null && list !== undefined && kind !== undefined)
        found.push({ key, kind, from: list.from, to: list.to });
    }
  }
  return found;
};

/** Places of a feature's byte strings, the first few. */
export const byteRanges = (
  window: FileWindow,
  { from, to }: Feature,
  most = maxValues,
): readonly { readonly from: number; readonly length: number }[] => {
  const ranges: { from: number; length: number }[] = [];
  for (const field of fields(window, from, to)) {
    if (ranges.length >= most) break;
    if (field.number === 1 && field.wire === 2)
      ranges.push({ from: field.from, length: field.to - field.from });
  }
  return ranges;
};

/** A feature's texts; '' for those above 4 KB. */
export const textsOf = (window: FileWindow, feature: Feature): readonly string[] =>
  byteRanges(window, feature).map(({ from, length }) =>
    length > maxText ? '' : Buffer.from(window.read(from, length)).toString('utf8'),
  );

/** A feature's numbers, packed or one by one; negative integers are -1. */
export const numbersOf = (window: FileWindow, { kind, from, to }: Feature): readonly number[] => {
  const numbers: number[] = [];
  const float = (at: number): number => {
    const bytes = window.read(at, 4);
    return bytes.length < 4
      ? Number.NaN
      : new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
  };
  for (const field of fields(window, from, to)) {
    if (field.number !== 1) continue;
    if (field.wire === 0) numbers.push(field.value);
    else if (field.wire === 5) numbers.push(float(field.from));
    else if (field.wire === 2)
      for (let at = field.from; at < field.to && numbers.length < maxValues;) {
        const found =
          kind === 'float' ? { value: float(at), next: at + 4 } : varint(window, at, field.to);
        if (found === null || found.next > field.to) break;
        numbers.push(found.value);
        at = found.next;
      }
    if (numbers.length >= maxValues) break;
  }
  return numbers;
};
