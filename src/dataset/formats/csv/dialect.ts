import { isNumber } from './roles';
import { RecordReader } from './recordReader';
import type { TableBytes } from './tableBytes';

const delimiters = [',', '\t', ';', '|'];
const sampleRows = 400;
const sampleBytes = 256 * 1024;

/** The first rows of a table, cut by its delimiter. */
export interface TableSample {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  /** Share of the rows that have as many fields as most rows. */
  readonly consistency: number;
}

const sampleWith = (table: TableBytes, delimiter: string): TableSample => {
  // A view of the first bytes; the last record in it may be cut off and is left out.
  const whole = table.size <= sampleBytes;
  const view = { ...table, size: Math.min(table.size, sampleBytes) };
  const reader = new RecordReader(view, delimiter.charCodeAt(0));
  const rows: string[][] = [];
  while (rows.length < sampleRows && reader.read()) {
    const cut = !whole && reader.offset + reader.length >= view.size;
    if (!cut || rows.length === 0)
      rows.push(Array.from({ length: reader.fields }, (_, i) => reader.text(i)));
  }
  const byWidth = new Map<number, number>();
  for (const row of rows) byWidth.set(row.length, (byWidth.get(row.length) ?? 0) + 1);
  const [width, agreeing] = [...byWidth].sort(([, a], [, b]) => b - a)[0] ?? [1, 0];
  // A delimiter that the first line does not use alike is part of the values ("1,5;2,5").
  const first = rows[0]?.length === width ? 1 : 0.5;
  const used = width > 1 ? 1 : 0;
  return {
    delimiter,
    rows,
    consistency: rows.length === 0 ? 0 : used * first * (agreeing / rows.length),
  };
};

/**
 * Whether blanks part columns: nearly all rows have as many, one at least of numbers, and what stands
 * beside it differs from row to row. Names of two words are one column.
 */
const isBlankTable = ({ rows, consistency }: TableSample): boolean => {
  const width = rows[0]?.length ?? 0;
  if (width < 2 || consistency < 0.9 || rows.length < 2) return false;
  const column = (at: number): string[] => rows.slice(1).map((row) => row[at] ?? '');
  const all = Array.from({ length: width }, (_, at) => column(at));
  const numbers = all.filter((cells) => cells.filter(isNumber).length >= 0.9 * cells.length);
  const varied = all.filter((cells) => new Set(cells).size > 1);
  return numbers.length > 0 && (width > 2 || varied.length > 1);
};

/**
 * The delimiter that cuts the first rows into the most even columns; more columns decide between
 * equals, and blanks only where no other cuts half of the rows. A table of one column has consistency 0 and a
 * comma.
 */
export const sampleTable = (table: TableBytes, delimiter?: string): TableSample => {
  if (delimiter !== undefined && delimiter !== '')
    return sampleWith(table, delimiter === '\\t' ? '\t' : delimiter.slice(0, 1));
  const samples = delimiters.map((candidate) => sampleWith(table, candidate));
  const width = (sample: TableSample): number => sample.rows[0]?.length ?? 0;
  const best = samples.reduce((best, sample) =>
    sample.consistency > best.consistency ||
    (sample.consistency === best.consistency && width(sample) > width(best))
      ? sample
      : best,
  );
  if (best.consistency > 0.5) return best;
  const blanks = sampleWith(table, ' ');
  return isBlankTable(blanks) ? blanks : best;
};
