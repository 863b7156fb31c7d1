import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { LongtailError } from '../common/errors';
import type { NamedArray } from '../dataset/arrays/npy';
import { compressors } from '../dataset/formats/parquet/compressors';
import type { FileSource } from '../dataset/types';
import { columnOf } from './table';

const toNumber = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'bigint' || typeof value === 'boolean'
      ? Number(value)
      : NaN;

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** A column of lists of one length as a matrix; null where lengths differ. */
const matrixOf = (cells: readonly unknown[]): NamedArray | null => {
  const lists = cells.filter(isList);
  const width = lists[0]?.length ?? 0;
  if (lists.length !== cells.length || lists.some((list) => list.length !== width)) return null;
  const values = new Float64Array(cells.length * width);
  lists.forEach((list, row) => {
    for (let i = 0; i < width; i++) values[row * width + i] = toNumber(list[i]);
  });
  return { shape: [cells.length, width], values, integer: values.every(Number.isInteger) };
};

const arrayOf = (cells: readonly unknown[]): NamedArray | null => {
  if (isList(cells[0])) return matrixOf(cells);
  if (cells.some((cell) => typeof cell === 'string'))
    return columnOf(cells.map((cell) => (typeof cell === 'string' ? cell : '')));
  const values = Float64Array.from(cells, toNumber);
  return { shape: [cells.length], values, integer: values.every(Number.isInteger) };
};

/**
 * The columns of a Parquet file; a column of lists becomes a matrix. Columns that are neither
 * numbers, text nor even lists are left out. Throws `arrays/parquet` with the library's reason.
 */
export const readParquet = async (
  source: FileSource,
  path: string,
): Promise<ReadonlyMap<string, NamedArray>> => {
  const open = source.open(path);
  const file = {
    byteLength: open.size,
    slice: (start: number, end = open.size): ArrayBuffer =>
      Uint8Array.from(open.read(start, end - start)).buffer,
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const rows = await parquetReadObjects({ file, metadata, compressors });
    const columns = new Map<string, NamedArray>();
    for (const name of names) {
      const array = arrayOf(rows.map((row): unknown => row[name]));
      if (array !== null) columns.set(name, array);
    }
    return columns;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('arrays/parquet', { path, detail }, { cause: error });
  } finally {
    open.close();
  }
};
