/** Above this many classes names are compared by code unit, and counts that tie keep the profile's order. */
export const collatedUpTo = 50_000;

const identity = (length: number): Uint32Array => {
  const places = new Uint32Array(length);
  for (let i = 0; i < length; i++) places[i] = i;
  return places;
};

/** Whether values are whole and small enough to be sorted as one number with their place. */
const fitsKeys = (values: ArrayLike<number>, length: number): number | null => {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (!(value >= 0) || !Number.isInteger(value)) return null;
    if (value > largest) largest = value;
  }
  return (largest + 1) * length < Number.MAX_SAFE_INTEGER ? largest : null;
};

/**
 * Places in the order of their values; those that tie stay as they stand in `base`. Whole numbers
 * are sorted without a comparison, a million in a blink.
 */
export const sortPlaces = (
  base: Uint32Array,
  values: ArrayLike<number>,
  descending: boolean,
): Uint32Array => {
  const largest = fitsKeys(values, base.length);
  if (largest === null) {
    const sign = descending ? -1 : 1;
    // Without a value: below everything.
    const valueAt = (place: number): number => {
      const value = values[place] ?? NaN;
      return Number.isNaN(value) ? -Infinity : value;
    };
    return base.slice().sort((a, b) => {
      const [left, right] = [valueAt(a), valueAt(b)];
      return left === right ? 0 : sign * (left < right ? -1 : 1);
    });
  }
  const { length } = base;
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[base[i] ?? 0] ?? 0;
    keys[i] = (descending ? largest - value : value) * length + i;
  }
  keys.sort();
  const sorted = new Uint32Array(length);
  for (let i = 0; i < length; i++) sorted[i] = base[(keys[i] ?? 0) % length] ?? 0;
  return sorted;
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

/** Places by name: as the reader's language has it, above 50,000 by code unit. */
export const namePlaces = (names: readonly string[]): Uint32Array => {
  if (names.length > collatedUpTo) return byCodeUnit(names);
  const { compare } = new Intl.Collator();
  return identity(names.length).sort((a, b) => compare(names[a] ?? '', names[b] ?? ''));
};

/** Places by falling count; of those that tie by name, above 50,000 by place. */
export const rankPlaces = (counts: Float64Array, names: () => readonly string[]): Uint32Array => {
  const base = counts.length > collatedUpTo ? identity(counts.length) : byCodeUnit(names());
  return sortPlaces(base, counts, true);
};
