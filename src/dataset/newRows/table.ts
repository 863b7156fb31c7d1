import { columnNumber } from '../formats/csv/roles';
import { sampleTable } from '../formats/csv/dialect';
import { RecordReader } from '../formats/csv/recordReader';
import { openTable } from '../formats/csv/tableBytes';
import type { TableBytes } from '../formats/csv/tableBytes';
import { usualFields } from '../formats/csv/usualFields';
import { countOf } from './countOf';
import type { NewRow, RowsOpener } from './types';

const delimiters = [',', '\t', ';', '|', ' '];

const firstRecord = (table: TableBytes, delimiter: string): readonly string[] => {
  const reader = new RecordReader(table, delimiter.charCodeAt(0));
  if (!reader.read()) return [];
  return Array.from({ length: reader.fields }, (_, i) => reader.text(i).trim());
};

/** The delimiter that parts the head into most of the wanted names: surer than what rows look like. */
const delimiterOf = (table: TableBytes, wanted: readonly string[]): string => {
  const found = delimiters.map((delimiter) => {
    const head = new Set(firstRecord(table, delimiter));
    return wanted.filter((name) => head.has(name)).length;
  });
  const most = Math.max(...found);
  return most === 0
    ? sampleTable(table).delimiter
    : (delimiters[found.indexOf(most)] ?? sampleTable(table).delimiter);
};

/**
 * Rows of a table with a head that names the columns; without one where the wanted columns are
 * called by their place, as those of a table without a head are.
 */
export const tableRows: RowsOpener = (source, path, wanted) => {
  const table = openTable(source, path);
  const places = wanted.map(columnNumber);
  const isHeadless = places.every((place) => place !== null);
  const delimiter = isHeadless ? sampleTable(table).delimiter : delimiterOf(table, wanted);
  const usual = usualFields(table, { delimiter, header: !isHeadless });
  const columns = isHeadless
    ? wanted.filter((_, i) => (places[i] ?? 0) <= usual)
    : firstRecord(table, delimiter);
  const fields = wanted.map((name, i) =>
    isHeadless ? (places[i] ?? 0) - 1 : columns.indexOf(name),
  );
  // Rows may leave out empty fields at their end, but none that is wanted.
  const least = 1 + Math.max(0, ...fields);
  const records = function* (): Generator<RecordReader> {
    const reader = new RecordReader(table, delimiter.charCodeAt(0));
    if (!isHeadless) reader.read();
    while (reader.read()) yield reader;
  };
  return {
    count: countOf(records()),
    columns,
    decimalComma: delimiter !== ',',
    each: function* () {
      let number = 0;
      for (const reader of records()) {
        number++;
        const row: NewRow = {
          number,
          cell: (column) => reader.text(fields[column] ?? -1),
          isWhole: reader.fields >= least && reader.fields <= usual,
        };
        yield row;
      }
    },
    close: () => table.close(),
  };
};
