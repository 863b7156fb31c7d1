import type { NamedArray } from '../../arrays/npy';

/** Labels of rows, as names: none, one or several a row. */
export interface ArrayLabels {
  readonly rows: number;
  readonly several: boolean;
  /** Every name once, in order: numbers by size, text by code unit. */
  readonly names: readonly string[];
  /** Places in `names` of a row. */
  of(row: number): readonly number[];
}

/** More columns are a mask or a distance matrix, not classes. */
const maxColumns = 1 << 20;

const nameOf = (id: number, given: readonly string[]): string => given[id] ?? String(id);

const single = (values: ArrayLike<number>, given: readonly string[]): ArrayLabels | null => {
  const seen = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) return null;
    // No -0: it would be a name of its own.
    seen.add(value + 0);
  }
  const listed = given.map((_, id) => id);
  const ids = [...new Set([...listed, ...seen])].sort((a, b) => a - b);
  const place = new Map(ids.map((id, at) => [id, at]));
  return {
    rows: values.length,
    several: false,
    names: ids.map((id) => nameOf(id, given)),
    of: (row) => {
      const at = place.get(values[row] ?? NaN);
      return at === undefined ? [] : [at];
    },
  };
};

const flags = (
  values: ArrayLike<number>,
  columns: number,
  given: readonly string[],
): ArrayLabels | null => {
  const rows = values.length / columns;
  let isOneHot = true;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const value = values[row * columns + c] ?? NaN;
      if (value !== 0 && value !== 1) return null;
      sum += value;
    }
    if (sum !== 1) isOneHot = false;
  }
  return {
    rows,
    several: !isOneHot,
    names: Array.from({ length: columns }, (_, id) => nameOf(id, given)),
    of: (row) => {
      const found: number[] = [];
      for (let c = 0; c < columns; c++) if (values[row * columns + c] === 1) found.push(c);
      return found;
    },
  };
};

const texts = (values: readonly string[]): ArrayLabels => {
  const names = [...new Set(values.map((value) => value.trim()))].filter((name) => name !== '');
  names.sort();
  const place = new Map(names.map((name, at) => [name, at]));
  return {
    rows: values.length,
    several: false,
    names,
    of: (row) => {
      const at = place.get(values[row]?.trim() ?? '');
      return at === undefined ? [] : [at];
    },
  };
};

/**
 * Labels of an array: (N,) or (N, 1) of whole numbers or text; (N, K) of 0 and 1, one label a row
 * where every row has a single 1, else several. NaN is no label. `given` names the numbers. null
 * for anything else.
 */
export const arrayLabels = (
  { shape, values }: NamedArray,
  given: readonly string[],
): ArrayLabels | null => {
  const [, columns = 1, ...deeper] = shape;
  if (shape.length === 0 || deeper.some((size) => size !== 1)) return null;
  const names = new Set(given).size === given.length ? given : [];
  if (values instanceof Array) return columns === 1 ? texts(values) : null;
  if (columns === 1) return single(values, names);
  return columns > 1 && columns <= maxColumns ? flags(values, columns, names) : null;
};
