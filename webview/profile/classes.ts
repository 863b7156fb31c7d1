import type { RankedClass } from '../../src/charts/rankFrequency';
import type { ProfileFacts } from '../../src/profile/classRows';
import type { PackedColumns } from '../../src/profile/packedColumns';
import type { Band } from '../../src/profile/types';
import { byteOrder } from './byteOrder';
import { decodeNames, nameSearch, type NameSearch } from './nameSearch';
import { collatedUpTo, namePlaces, rankPlaces } from './order';

/** A class with its count in the profiled split, which is what bands and measures are of. */
export interface ClassRow extends RankedClass {
  /** In the profile's list of classes. */
  readonly place: number;
  /** Share of the profiled split, 0 when that is empty. */
  readonly share: number;
}

/** The classes of a profile as the page works with them: columns, and an object only for one that is looked at. */
export interface Classes {
  /** As many as there are. */
  readonly length: number;
  /** In the profiled split. */
  readonly counts: Float64Array;
  /** 0 many, 1 medium, 2 few. */
  readonly bands: Uint8Array;
  /** Places by rank: falling counts, names in order where they tie. */
  readonly order: Uint32Array;
  readonly total: number;
  /** Counts of a split, by place. */
  readonly split: (name: string) => Float64Array;
  readonly name: (place: number) => string;
  /** All names, decoded once. */
  readonly names: () => readonly string[];
  /** Finds classes by a part of their name. */
  readonly search: NameSearch;
  /** Places by name: as the reader's language has it, above 50,000 by byte. */
  readonly byName: () => Uint32Array;
}

const bandNames: readonly Band[] = ['many', 'medium', 'few'];

export const bandAt = ({ bands }: Pick<Classes, 'bands'>, place: number): Band =>
  bandNames[bands[place] ?? 1] ?? 'medium';

/** The class at a place of the profile. */
export const rowAt = (classes: Classes, place: number): ClassRow => {
  const count = classes.counts[place] ?? 0;
  return {
    place,
    name: classes.name(place),
    count,
    band: bandAt(classes, place),
    share: classes.total > 0 ? count / classes.total : 0,
  };
};

/** How many classes each band has. */
export const bandCounts = ({ bands }: Classes): Readonly<Record<Band, number>> => {
  const counts = { many: 0, medium: 0, few: 0 };
  for (const band of bands) counts[bandNames[band] ?? 'medium']++;
  return counts;
};

/** Classes by rank from 0, as a chart takes them. */
export const byRank = (
  classes: Classes,
): { readonly length: number; at(rank: number): ClassRow | undefined } => ({
  length: classes.length,
  at: (rank) => {
    const place = classes.order[rank];
    return place === undefined ? undefined : rowAt(classes, place);
  },
});

/** Largest and smallest class that have a sample, and how many have one. */
export const endsOf = (
  classes: Classes,
): { readonly filled: number; readonly largest?: ClassRow; readonly smallest?: ClassRow } => {
  const { order, counts } = classes;
  let filled = order.length;
  while (filled > 0 && !((counts[order[filled - 1] ?? 0] ?? 0) > 0)) filled--;
  const [first, last] = [order[0], order[filled - 1]];
  if (filled === 0 || first === undefined || last === undefined) return { filled };
  return { filled, largest: rowAt(classes, first), smallest: rowAt(classes, last) };
};

/** Reads what came over the wire. Nothing is decoded before somebody asks for it. */
export const classesOf = (
  { profiledSplit }: Pick<ProfileFacts, 'profiledSplit'>,
  columns: PackedColumns,
): Classes => {
  const { names: pool, nameEnds, counts: all, splitNames, splitCounts, bands } = columns;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const none = new Float64Array(nameEnds.length);
  const kept: {
    names?: readonly string[];
    search?: NameSearch;
    order?: Uint32Array;
    byName?: Uint32Array;
  } = {};
  const split = (name: string): Float64Array =>
    name === 'all' ? all : (splitCounts[splitNames.indexOf(name)] ?? none);
  const names = (): readonly string[] => (kept.names ??= decodeNames(columns));
  const counts = split(profiledSplit);
  return {
    length: nameEnds.length,
    counts,
    bands,
    get order() {
      return (kept.order ??= rankPlaces(counts, names));
    },
    total: counts.reduce((sum, n) => sum + n, 0),
    split,
    names,
    get search() {
      return (kept.search ??= nameSearch(columns));
    },
    byName: () =>
      (kept.byName ??= nameEnds.length > collatedUpTo ? byteOrder(columns) : namePlaces(names())),
    name: (place) =>
      kept.names?.[place] ??
      decoder.decode(pool.subarray(place === 0 ? 0 : nameEnds[place - 1], nameEnds[place])),
  };
};
