import { bandKeys } from '../../src/report/compare';
import type { Classes } from './classes';
import { sortPlaces } from './order';

export interface TableUi {
  /** Key of a column. */
  readonly sort: string;
  readonly descending: boolean;
  readonly filter: string;
  readonly band: string;
}

/** What a column sorts by: a number a class, or its name. */
export type SortValues = ArrayLike<number> | 'name';

/** Reversed, in a copy. */
const reversed = (places: Uint32Array): Uint32Array => places.slice().reverse();

/** All places in the order chosen; those that tie by rank. */
export const sorted = (classes: Classes, by: SortValues, descending: boolean): Uint32Array => {
  if (by === 'name') {
    const places = classes.byName();
    return descending ? reversed(places) : places;
  }
  if (by === classes.counts && descending) return classes.order;
  return sortPlaces(classes.order, by, descending);
};

/** Those of the places that fit name and band; names in lower case, by place. */
export const filtered = (
  places: Uint32Array,
  { bands }: Pick<Classes, 'bands'>,
  { filter, band }: Pick<TableUi, 'filter' | 'band'>,
  lowerNames: () => readonly string[],
): Uint32Array => {
  const wanted = filter.trim().toLocaleLowerCase();
  const wantedBand = bandKeys.findIndex((key) => key === band);
  if (wanted === '' && wantedBand === -1) return places;
  const names = wanted === '' ? [] : lowerNames();
  return places.filter(
    (place) =>
      (wantedBand === -1 || bands[place] === wantedBand) &&
      (wanted === '' || (names[place] ?? '').includes(wanted)),
  );
};

/** Arranges classes as asked; what did not change since the last time is not done again. */
export const createArranger = (
  classes: Classes,
): ((ui: TableUi, by: SortValues) => Uint32Array) => {
  const kept: { by?: SortValues; descending?: boolean; places?: Uint32Array; lower?: string[] } =
    {};
  const lower = (): readonly string[] =>
    (kept.lower ??= classes.names().map((name) => name.toLocaleLowerCase()));
  return (ui, by) => {
    if (kept.places === undefined || kept.by !== by || kept.descending !== ui.descending)
      Object.assign(kept, {
        by,
        descending: ui.descending,
        places: sorted(classes, by, ui.descending),
      });
    return filtered(kept.places ?? classes.order, classes, ui, lower);
  };
};
