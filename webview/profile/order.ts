/** Above this many classes names are compared by byte, and counts that tie keep the profile's order. */
export const collatedUpTo = 50_000;

const identity = (length: number): Uint32Array => {
  const places = new Uint32Array(length);
  for (let i = 0; i < length; i++) places[i] = i;
  return places;
};

/** So few are compared one with another. */
const fewPlaces = 2000;
const digits = 1 << 16;

/**
 * Numbers as four digits of sixteen bits each, the lowest first, that are in order when the numbers
 * are: the bits of a double with the sign turned over, of a negative one with all bits turned over.
 */
const digitsOf = (values: ArrayLike<number>, flip: boolean): Uint16Array => {
  const doubles = new Float64Array(values.length);
  // Without a value: below everything. A negative zero is a zero.
  for (let i = 0; i < doubles.length; i++) {
    const value = values[i] ?? NaN;
    doubles[i] = Number.isNaN(value) ? -Infinity : value + 0;
  }
  const halves = new Uint32Array(doubles.buffer);
  for (let i = 1; i < halves.length; i += 2) {
    const high = halves[i] ?? 0;
    const negative = high >>> 31 === 1;
    halves[i] = (negative === flip ? high : ~high) ^ (negative ? 0 : 0x8000_0000);
    if (negative !== flip) halves[i - 1] = ~(halves[i - 1] ?? 0);
  }
  return new Uint16Array(doubles.buffer);
};

/**
 * Places in the order of their values, those without one below everything; those that tie stay as
 * they stand in `base`. Many are sorted digit by digit without a comparison, a million in a blink.
 */
export const sortPlaces = (
  base: Uint32Array,
  values: ArrayLike<number>,
  descending: boolean,
): Uint32Array => {
  if (base.length <= fewPlaces) {
    const sign = descending ? -1 : 1;
    const valueAt = (place: number): number => {
      const value = values[place] ?? NaN;
      return Number.isNaN(value) ? -Infinity : value;
    };
    return base.slice().sort((a, b) => {
      const [left, right] = [valueAt(a), valueAt(b)];
      return left === right ? 0 : sign * (left < right ? -1 : 1);
    });
  }
  const keys = digitsOf(values, descending);
  let [from, to] = [base.slice(), new Uint32Array(base.length)];
  const ends = new Uint32Array(digits);
  for (let digit = 0; digit < 4; digit++) {
    ends.fill(0);
    for (const place of from) {
      const key = keys[4 * place + digit] ?? 0;
      ends[key] = (ends[key] ?? 0) + 1;
    }
    // One digit for all changes nothing.
    if (ends[keys[4 * (from[0] ?? 0) + digit] ?? 0] === from.length) continue;
    let end = 0;
    for (let key = 0; key < digits; key++) {
      const count = ends[key] ?? 0;
      ends[key] = end;
      end += count;
    }
    for (const place of from) {
      const key = keys[4 * place + digit] ?? 0;
      const at = ends[key] ?? 0;
      to[at] = place;
      ends[key] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from;
};

/** Places by name in code-unit order. */
const byCodeUnit = (names: readonly string[]): Uint32Array => {
  const places = identity(names.length);
  const inOrder = names.every((name, i) => i === 0 || (names[i - 1] ?? '') <= name);
  if (inOrder) return places;
  return places.sort((a, b) => {
    const [left, right] = [names[a] ?? '', names[b] ?? ''];
    return left < right ? -1 : left > right ? 1 : 0;
  });
};

/** Places by name as the reader's language has it. */
export const namePlaces = (names: readonly string[]): Uint32Array => {
  const { compare } = new Intl.Collator();
  return identity(names.length).sort((a, b) => compare(names[a] ?? '', names[b] ?? ''));
};

/** Places by falling count; of those that tie by name, above 50,000 by place. */
export const rankPlaces = (counts: Float64Array, names: () => readonly string[]): Uint32Array => {
  const base = counts.length > collatedUpTo ? identity(counts.length) : byCodeUnit(names());
  return sortPlaces(base, counts, true);
};
