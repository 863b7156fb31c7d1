import type { ClassRow } from './view';

export interface TableUi {
  /** 'name', 'band', 'count', or a split. */
  readonly sort: string;
  readonly descending: boolean;
  readonly filter: string;
  readonly band: string;
}

/** Alphabetical, as the reader's language has it. */
export const byName = (a: ClassRow, b: ClassRow): number => a.name.localeCompare(b.name);

/** Rows that fit the filter, in the order chosen. */
export const arrange = (
  rows: readonly ClassRow[],
  ui: TableUi,
  compare: (a: ClassRow, b: ClassRow) => number,
): readonly ClassRow[] => {
  const wanted = ui.filter.trim().toLocaleLowerCase();
  const kept = rows.filter(
    ({ name, band }) =>
      (ui.band === '' || band === ui.band) &&
      (wanted === '' || name.toLocaleLowerCase().includes(wanted)),
  );
  const sign = ui.descending ? -1 : 1;
  return kept.sort((a, b) => sign * compare(a, b) || byName(a, b));
};
