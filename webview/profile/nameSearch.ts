import type { PackedColumns } from '../../src/profile/packedColumns';

/** Names as bytes, and where each ends. */
export type NamePool = Pick<PackedColumns, 'names' | 'nameEnds'>;

/** Names that follow one another, as one text. */
interface NameStretch {
  /** Place of the first. */
  readonly first: number;
  readonly text: string;
  /** Where each ends in the text. */
  readonly ends: ArrayLike<number>;
}

const namesAtOnce = 1 << 14;

/** What each name of a stretch is, one after another. */
const namesOf = ({ text, ends }: NameStretch): string[] =>
  Array.from(ends, (end, i) => text.slice(i === 0 ? 0 : ends[i - 1], end));

/** Ends in bytes of UTF-8 as ends in units of a text: a byte that goes on is none, one of four are two. */
const unitEnds = (bytes: Uint8Array, ends: Uint32Array): Uint32Array => {
  let [at, units] = [0, 0];
  return ends.map((end) => {
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      units += byte >= 0xf0 ? 2 : byte >= 0x80 && byte < 0xc0 ? 0 : 1;
    }
    return units;
  });
};

/** The stretch that begins at a place, decoded as a whole; no name is cut out. */
const stretchFrom = ({ names, nameEnds }: NamePool, first: number): NameStretch => {
  const base = first === 0 ? 0 : (nameEnds[first - 1] ?? 0);
  const ends = nameEnds.slice(first, first + namesAtOnce).map((end) => end - base);
  const bytes = names.subarray(base, base + (ends.at(-1) ?? 0));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { first, text, ends: text.length === bytes.length ? ends : unitEnds(bytes, ends) };
};

/** Where each stretch of a pool begins. */
const firstPlaces = ({ nameEnds: { length } }: NamePool): readonly number[] =>
  Array.from({ length: Math.ceil(length / namesAtOnce) }, (_, i) => i * namesAtOnce);

/** All names of a pool. */
export const decodeNames = (pool: NamePool): readonly string[] =>
  firstPlaces(pool).flatMap((first) => namesOf(stretchFrom(pool, first)));

/** In the lower case of the reader's language. */
const lowered = (stretch: NameStretch): NameStretch => {
  const text = stretch.text.toLocaleLowerCase();
  // A letter that becomes two moves what follows; a sigma looks at its neighbours. Rare, and slower.
  if (text.length === stretch.text.length && !stretch.text.includes('Σ'))
    return { ...stretch, text };
  const names = namesOf(stretch).map((name) => name.toLocaleLowerCase());
  let end = 0;
  return { ...stretch, text: names.join(''), ends: names.map((name) => (end += name.length)) };
};

/** Marks a stretch's names that contain a text. */
const markNames = ({ first, text, ends }: NameStretch, wanted: string, marks: Uint8Array): void => {
  let name = 0;
  for (let at = text.indexOf(wanted); at !== -1;) {
    while ((ends[name] ?? Infinity) <= at) name++;
    const end = ends[name] ?? Infinity;
    // What begins in one name and ends in the next is in neither.
    if (at + wanted.length <= end) marks[first + name] = 1;
    at = text.indexOf(wanted, end);
  }
};

/** Finds classes by a part of their name. */
export interface NameSearch {
  /** Marks by place; the text in lower case and not empty. */
  find(wanted: string): Uint8Array;
  /** Does a part of what the first search needs; false when nothing is left to do. */
  prepare(): boolean;
}

/**
 * Looks through names as few long texts: a million are gone through in a blink, and none becomes a
 * text of its own.
 */
export const nameSearch = (pool: NamePool): NameSearch => {
  const left = [...firstPlaces(pool)];
  const ready: NameStretch[] = [];
  const prepare = (): boolean => {
    const first = left.pop();
    if (first !== undefined) ready.push(lowered(stretchFrom(pool, first)));
    return left.length > 0;
  };
  return {
    prepare,
    find: (wanted) => {
      while (left.length > 0) prepare();
      const marks = new Uint8Array(pool.nameEnds.length);
      for (const stretch of ready) markNames(stretch, wanted, marks);
      return marks;
    },
  };
};
