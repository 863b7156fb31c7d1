import { RecordReader } from './recordReader';
import type { TableBytes } from './tableBytes';

const looked = 200;

/** Fields that the head or most of the first rows have: a row with more has gained some. */
export const usualFields = (
  table: TableBytes,
  { delimiter, header }: { readonly delimiter: string; readonly header: boolean },
): number => {
  const reader = new RecordReader(table, delimiter.charCodeAt(0));
  const head = header && reader.read() ? reader.fields : 0;
  const rowsOf = new Map<number, number>();
  for (let i = 0; i < looked && reader.read(); i++)
    rowsOf.set(reader.fields, (rowsOf.get(reader.fields) ?? 0) + 1);
  const [usual] = [...rowsOf].sort(([, a], [, b]) => b - a)[0] ?? [0];
  return Math.max(head, usual);
};
