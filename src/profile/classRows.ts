import type { Band, LongTailProfile, ProfileClass } from './types';

/** What a profile knows of its classes, in columns: a million of them are a few arrays. */
export interface ClassColumns {
  readonly names: readonly string[];
  /** Over all splits. */
  readonly counts: Float64Array;
  /** Names of the splits in the order of the profile, and the counts in each. */
  readonly splitNames: readonly string[];
  readonly splitCounts: readonly Float64Array[];
  readonly images: Float64Array | null;
  /** 0 many, 1 medium, 2 few. */
  readonly bands: Uint8Array;
}

/** A profile without an object a class. */
export type ProfileFacts = Omit<LongTailProfile, 'classes'>;

const bandNames: readonly Band[] = ['many', 'medium', 'few'];

/** Bands as one number a class. */
export const bandNumbers = (assignment: readonly Band[]): Uint8Array => {
  const bands = new Uint8Array(assignment.length);
  for (let id = 0; id < bands.length; id++) {
    const band = assignment[id];
    bands[id] = band === 'many' ? 0 : band === 'medium' ? 1 : 2;
  }
  return bands;
};

/** How a property that is simply set behaves. */
const plain = { writable: true, enumerable: true, configurable: true };

/**
 * A record by name. A million of one shape share that shape, and a name that a prototype has is a
 * property like any other.
 */
export const recordOf = <T>(
  names: readonly string[],
  value: (at: number) => T,
): Record<string, T> => {
  const record: Record<string, T> = {};
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    if (name in record) Object.defineProperty(record, name, { ...plain, value: value(at) });
    else record[name] = value(at);
  }
  return record;
};

/** An object a class. */
export const classRows = (columns: ClassColumns): readonly ProfileClass[] => {
  const { names, counts, splitNames, splitCounts, images, bands } = columns;
  return names.map((name, id): ProfileClass => {
    const own = {
      name,
      count: counts[id] ?? 0,
      splits: recordOf(splitNames, (at) => splitCounts[at]?.[id] ?? 0),
      band: bandNames[bands[id] ?? 1] ?? 'medium',
    };
    return images === null ? own : { ...own, images: images[id] ?? 0 };
  });
};

/** The profile whose classes become objects when somebody looks at them. */
export const withClassRows = (
  { issues, ...facts }: ProfileFacts,
  columns: () => ClassColumns,
): LongTailProfile => {
  let rows: readonly ProfileClass[] | undefined;
  return {
    ...facts,
    get classes() {
      return (rows ??= classRows(columns()));
    },
    issues,
  };
};
