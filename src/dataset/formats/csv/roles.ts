import { knownSplit } from '../../splitNames';
import { isImageName } from '../folders';
import { boxColumns } from './boxes';

/** Names of columns by role, best first; compared in lower case, letters and digits only. */
const labelNames =
  'label labels class classname labelname categoryname category target species y classlabel classes groundtruth gt diagnosis dx sentiment outcome classid labelid categoryid tags'.split(
    ' ',
  );
const pathNames =
  'imagepath filepath path filename file image img imgpath imagename imgname imageid imgid picture photo id'.split(
    ' ',
  );
const splitNames = 'split set subset partition phase usage dataset fold'.split(' ');
const indexNames = ['', 'unnamed0', 'index', 'rowid', 'row'];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Place of a column's name among those of labels, best first; -1 for any other. */
export const labelNameRank = (name: string): number => labelNames.indexOf(plain(name));

/** Text that stands for "no value". */
export const isMissing = (text: string): boolean => /^(?:|nan|null|<na>)$/i.test(text);

const numberPattern = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;
export const isNumber = (text: string): boolean => numberPattern.test(text.trim());

export interface Column {
  readonly index: number;
  readonly name: string;
  /** Values of the sampled rows that are not missing. */
  readonly values: readonly string[];
  readonly distinct: number;
}

export interface Roles {
  readonly header: boolean;
  readonly columns: readonly Column[];
  readonly label: number | null;
  /** How sure the label column is: named by the user, by its name, or by its values. */
  readonly labelBy: 'user' | 'name' | 'content' | null;
  /** Other columns that could be the label, when `labelBy` is 'content'. */
  readonly rivals: readonly string[];
  readonly path: number | null;
  readonly split: number | null;
  /** Columns that are a sample's features: not label, split, path or a row number. */
  readonly features: readonly number[];
}

const placeName = 'column ';

/** Number of a column that is called by its place, from 1; null for one with a name of its own. */
export const columnNumber = (name: string): number | null => {
  const number = name.startsWith(placeName) ? Number(name.slice(placeName.length)) : NaN;
  return Number.isInteger(number) && number > 0 ? number : null;
};

/** Columns the user named; each a column's name or its number from 1. */
export interface NamedColumns {
  readonly labelColumn?: string | undefined;
  readonly pathColumn?: string | undefined;
  readonly splitColumn?: string | undefined;
}

const share = (values: readonly string[], has: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(has).length / values.length;

/** Whether the first row names the columns. */
export const hasHeader = (rows: readonly (readonly string[])[]): boolean => {
  const [first, ...rest] = rows;
  if (first === undefined) return false;
  const cells = first.map((cell) => cell.trim());
  if (cells.some(isNumber) || new Set(cells).size < cells.length) return false;
  const roles = new Set([...labelNames, ...pathNames, ...splitNames]);
  if (cells.some((cell) => roles.has(plain(cell)))) return true;
  if (cells.some(isImageName) || rest.length === 0) return false;
  return cells.some((cell, index) => {
    const below = rest.map((row) => (row[index] ?? '').trim()).filter((v) => !isMissing(v));
    if (share(below, isNumber) > 0.9) return true;
    const distinct = new Set(below);
    return below.length >= 4 && distinct.size <= below.length / 2 && !distinct.has(cell);
  });
};

const byName = (columns: readonly Column[], names: readonly string[]): Column | undefined => {
  for (const name of names) {
    const found = columns.find((column) => plain(column.name) === name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A number with a fraction: something measured. */
const isMeasure = (value: string): boolean => isNumber(value) && !/^[+-]?\d+(?:\.0+)?$/.test(value);

/** Values that repeat, as labels do: few distinct ones, or a few that are very common. */
const looksLikeLabel = ({ values, distinct }: Column): boolean => {
  if (values.length < 2 || distinct < 2) return false;
  if (values.some((value) => value.length > 200)) return false;
  if (values.some(isMeasure)) return false;
  if (distinct <= values.length / 2) return true;
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values()) >= 5 * (values.length / distinct);
};

/** Column a user named; undefined when there is none of that name or number. */
export const namedColumn = (
  columns: readonly Column[],
  name: string | undefined,
): Column | undefined => {
  if (name === undefined) return undefined;
  const exact = columns.find((column) => column.name === name);
  const alike = columns.find((column) => plain(column.name) === plain(name));
  return exact ?? alike ?? (/^\d+$/.test(name) ? columns[Number(name) - 1] : undefined);
};

const isRowNumber = ({ name, values }: Column): boolean =>
  indexNames.includes(plain(name)) &&
  values.every((value, row) => Number(value) === Number(values[0]) + row);

/** A number that says which part of a cross-validation a row is in: neither label nor feature. */
const isFold = ({ name, values, distinct }: Column): boolean =>
  /^k?folds?(?:id)?$/.test(plain(name)) &&
  distinct <= 20 &&
  values.every((value) => /^\d+$/.test(value));

const findSplit = (columns: readonly Column[]): Column | undefined => {
  const named = byName(columns, splitNames);
  const all = (column: Column): boolean =>
    column.values.length > 0 && column.values.every((value) => knownSplit(value) !== null);
  const some = (column: Column): boolean =>
    column.values.some((value) => knownSplit(value) !== null);
  if (named !== undefined && some(named)) return named;
  return columns.find((column) => all(column) && column.distinct <= 4);
};

const findPath = (columns: readonly Column[]): Column | undefined => {
  const pictures = columns.filter(({ values }) => share(values, isImageName) > 0.9);
  return byName(pictures, pathNames) ?? pictures[0];
};

/**
 * What each column is for, from its name first and its values second. Columns without a header
 * are called "column 1", "column 2" …; a column the user named wins over everything.
 */
export const inferRoles = (rows: readonly (readonly string[])[], named: NamedColumns): Roles => {
  const header = hasHeader(rows);
  const body = header ? rows.slice(1) : rows;
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index): Column => {
    const values = body
      .map((row) => (row[index] ?? '').trim())
      .filter((value) => !isMissing(value));
    const name = header ? (rows[0]?.[index] ?? '').trim() : `${placeName}${String(index + 1)}`;
    return { index, name, values, distinct: new Set(values).size };
  });
  const split = namedColumn(columns, named.splitColumn) ?? findSplit(columns);
  const path = namedColumn(columns, named.pathColumn) ?? findPath(columns);
  const open = columns.filter((column) => column !== split && column !== path);
  const user = namedColumn(columns, named.labelColumn);
  const prior = user === undefined ? byName(open, labelNames) : undefined;
  const numbered = open.filter((column) => !isRowNumber(column) && !isFold(column));
  // The edges of boxes repeat as labels do, and are none.
  const sides: readonly number[] = boxColumns(columns)?.columns ?? [];
  const likely =
    user === undefined && prior === undefined && named.labelColumn === undefined
      ? numbered.filter((column) => !sides.includes(column.index) && looksLikeLabel(column))
      : [];
  const words = likely.filter(({ values }) => share(values, isNumber) < 0.5);
  const last = likely.find(({ index }) => index === width - 1);
  // Beside a path and a split there is only one thing left to be the label.
  const rest = named.labelColumn === undefined && numbered.length === 1 ? numbered : [];
  const only = rest.find(({ values }) => !values.some(isMeasure));
  const guess = last ?? words[0] ?? likely[0] ?? only;
  const label = user ?? prior ?? guess;
  // A column of ids whose name says file ("image_id") may still name pictures without extension.
  const idColumn =
    path ??
    byName(
      open.filter((column) => column !== label && !isRowNumber(column)),
      pathNames,
    );
  return {
    header,
    columns,
    label: label?.index ?? null,
    labelBy:
      user !== undefined
        ? 'user'
        : prior !== undefined
          ? 'name'
          : guess !== undefined
            ? 'content'
            : null,
    rivals: likely.filter((column) => column !== label).map(({ name }) => name),
    path: idColumn?.index ?? null,
    split: split?.index ?? null,
    features: numbered
      .filter((column) => column !== label && column !== path)
      .map(({ index }) => index),
  };
};
