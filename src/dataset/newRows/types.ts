import type { FileSource } from '../types';

/** One row of a file, until the next is asked for. */
export interface NewRow {
  /** Its number among the rows, from 1; a head that names the columns is none. */
  readonly number: number;
  /** Text of a wanted column; '' where the row has none. */
  readonly cell: (column: number) => string;
  /** False for a row that lost fields or gained some, or is no record: its cells are not to be trusted. */
  readonly isWhole: boolean;
}

/** The rows of a file by the names of their columns, whether or not they have labels. */
export interface NewRows {
  /** How many there are: a pass over the file where it does not say. */
  readonly count: number;
  /** The columns that the file has. */
  readonly columns: readonly string[];
  /** Whether numbers may be written with a comma for the point. */
  readonly decimalComma: boolean;
  each(): Generator<NewRow>;
  close(): void;
}

/** Opens a file for the columns that are wanted of it; one that it lacks is not in `columns`. */
export type RowsOpener = (source: FileSource, path: string, wanted: readonly string[]) => NewRows;
