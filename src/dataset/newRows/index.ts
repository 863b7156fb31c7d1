import { LongtailError } from '../../common/errors';
import { withoutGz } from '../bytes/openBytes';
import { extensionOf } from '../formats/folders';
import { reasonOf } from '../issues';
import type { FileSource } from '../types';
import { arrayRows } from './arrays';
import { arrowRows, parquetRows } from './columns';
import { lineRows } from './lines';
import { jsonLines, jsonList } from './records';
import { tableRows } from './table';
import type { NewRows, RowsOpener } from './types';

export type { NewRow, NewRows } from './types';

/** Endings of files of rows, and how they are opened; all but columns and arrays also with `.gz`. */
const openers: Readonly<Record<string, RowsOpener>> = {
  csv: tableRows,
  tsv: tableRows,
  jsonl: jsonLines,
  ndjson: jsonLines,
  jsonlines: jsonLines,
  json: jsonList,
  parquet: parquetRows,
  parq: parquetRows,
  arrow: arrowRows,
  feather: arrowRows,
  npy: arrayRows,
  npz: arrayRows,
};

/** Endings of files that are a text a line for one who wants texts, and a table for others. */
const textEndings: ReadonlySet<string> = new Set(['txt', 'train', 'valid', 'test', 'ft']);

const openerOf = (path: string, isText: boolean): RowsOpener | undefined => {
  const ending = extensionOf(withoutGz(path));
  if (textEndings.has(ending)) return isText ? lineRows : tableRows;
  return Object.hasOwn(openers, ending) ? openers[ending] : undefined;
};

/**
 * Opens a file of rows by the names of the columns that are wanted of it; others, labels too, are
 * passed over. Throws `dataset/no-rows` for a file of another kind, `dataset/row-columns` naming
 * the columns that it lacks, and `dataset/rows-unreadable` with what the disk or the file's
 * format says.
 */
export const openNewRows = (
  source: FileSource,
  path: string,
  { wanted, isText }: { readonly wanted: readonly string[]; readonly isText: boolean },
): NewRows => {
  const open = openerOf(path, isText);
  const endings = [...Object.keys(openers), ...textEndings].map((ending) => `.${ending}`);
  if (open === undefined || source.stat(path).kind !== 'file')
    throw new LongtailError('dataset/no-rows', { path, endings });
  let rows: NewRows;
  try {
    rows = open(source, path, wanted);
  } catch (error) {
    if (error instanceof LongtailError) throw error;
    const params = { path, reason: reasonOf(error) };
    throw new LongtailError('dataset/rows-unreadable', params, { cause: error });
  }
  const own = new Set(rows.columns);
  const missing = wanted.filter((name) => !own.has(name));
  if (missing.length === 0) return rows;
  rows.close();
  throw new LongtailError('dataset/row-columns', {
    ...{ path, count: missing.length },
    missing: missing.slice(0, 8),
    columns: rows.columns.slice(0, 20),
  });
};
