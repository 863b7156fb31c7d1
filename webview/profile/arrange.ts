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

/** A function that keeps its last answer for as long as it is asked the same. */
const lastOf = <A extends readonly unknown[], R>(
  make: (...asked: A) => R,
): ((...asked: A) => R) => {
  let last: { readonly asked: A; readonly answer: R } | undefined;
  return (...asked) => {
    if (last === undefined || asked.some((value, i) => value !== last?.asked[i]))
      last = { asked, answer: make(...asked) };
    return last.answer;
  };
};

/** What is chosen from: bands by their number, -1 for all, and marks of the names that fit, null for all. */
interface Wanted {
  readonly band: number;
  readonly named: Uint8Array | null;
}

/** Those of the places that fit name and band. */
const filtered = (
  places: Uint32Array,
  { bands }: Pick<Classes, 'bands'>,
  { band, named }: Wanted,
): Uint32Array => {
  if (named === null && band === -1) return places;
  const fitting = new Uint32Array(places.length);
  let count = 0;
  for (const place of places)
    if ((named === null || named[place] === 1) && (band === -1 || bands[place] === band))
      fitting[count++] = place;
  return fitting.slice(0, count);
};

/** Arranges classes as asked; what did not change since the last time is not done again. */
export const createArranger = (
  classes: Classes,
): ((ui: TableUi, by: SortValues) => Uint32Array) => {
  const order = lastOf((by: SortValues, descending: boolean) => sorted(classes, by, descending));
  const named = lastOf((text: string) => classes.search.find(text));
  return ({ filter, band, descending }, by) => {
    const text = filter.trim().toLocaleLowerCase();
    return filtered(order(by, descending), classes, {
      band: bandKeys.findIndex((key) => key === band),
      named: text === '' ? null : named(text),
    });
  };
};
