import type { FileSource, FormatOptions, Modality } from '../../types';
import { join } from '../folders';
import { sampleTable } from './dialect';
import { boxColumns } from './boxes';
import type { BoxColumns } from './boxes';
import { flagColumns } from './flags';
import type { FlagColumns } from './flags';
import { cellKind } from './labelCells';
import type { CellKind } from './labelCells';
import { findPictures } from './pictures';
import type { PictureRule } from './pictures';
import { inferRoles, isNumber } from './roles';
import type { Roles } from './roles';
import { openTableHead } from './tableBytes';

/** How one table is read. */
export interface TablePlan {
  /** File name inside the dataset's folder. */
  readonly file: string;
  readonly delimiter: string;
  readonly consistency: number;
  readonly roles: Roles;
  readonly cells: CellKind;
  /** Set where every class has a column of its own. */
  readonly flags: FlagColumns | null;
  /** Set where every row is a box in a picture. */
  readonly boxes: BoxColumns | null;
  /** Set when samples are pictures. */
  readonly pictures: (PictureRule & { readonly column: number; readonly found: boolean }) | null;
  readonly features: readonly number[];
  readonly modality: Modality;
  /** Share of zero bytes among the first: a table has none. */
  readonly zeros: number;
}

const countZeros = (bytes: Uint8Array): number => {
  let zeros = 0;
  for (const byte of bytes) if (byte === 0) zeros++;
  return bytes.length === 0 ? 0 : zeros / bytes.length;
};

const isProse = (values: readonly string[]): boolean =>
  values.filter((value) => value.length > 40 && value.includes(' ')).length > values.length / 2;

const planPictures = (
  source: FileSource,
  folder: string,
  roles: Roles,
  named: boolean,
): TablePlan['pictures'] => {
  const column = roles.columns[roles.path ?? -1];
  if (column === undefined || column.values.length === 0) return null;
  const rule = findPictures(source, folder, column.values);
  if (rule !== null) return { ...rule, column: column.index, found: true };
  // Names of pictures that are elsewhere: still pictures, only out of reach.
  const pictureNames = column.values.filter((value) => /\.[a-z]{3,4}$/i.test(value)).length;
  const looks = named || pictureNames > column.values.length * 0.9;
  return looks && roles.columns.length > 1
    ? { folder: '', extension: '', column: column.index, found: false }
    : null;
};

/** Looks at the first rows of a table and decides how to read it. Throws what reading throws. */
export const planTable = (
  source: FileSource,
  folder: string,
  file: string,
  options: FormatOptions,
): TablePlan => {
  const table = openTableHead(source, join(folder, file));
  try {
    const zeros = countZeros(table.read(0, 64 * 1024));
    const sample = sampleTable(table, options.delimiter);
    const roles = inferRoles(sample.rows, options);
    const pictures = planPictures(source, folder, roles, options.pathColumn !== undefined);
    const flags = flagColumns(roles, pictures?.found === true);
    const boxes = pictures === null ? null : boxColumns(roles.columns);
    const label = roles.columns[roles.label ?? -1];
    // An id that names no picture says nothing about the sample.
    const isId = (index: number): boolean => {
      const column = roles.columns[index];
      return index === roles.path && column?.distinct === column?.values.length;
    };
    const features = roles.features.filter(
      (index) =>
        index !== pictures?.column && !isId(index) && flags?.columns.includes(index) !== true,
    );
    const values = (index: number): readonly string[] => roles.columns[index]?.values ?? [];
    const text = features.some((index) => isProse(values(index)));
    const numbers = features.some((index) => values(index).some(isNumber));
    const rest = text && !numbers ? 'text' : features.length > 0 ? 'tabular' : 'none';
    return {
      file,
      delimiter: sample.delimiter,
      consistency: sample.consistency,
      roles,
      cells: cellKind(label?.values ?? []),
      flags,
      boxes,
      pictures,
      features,
      modality: pictures === null ? rest : 'image',
      zeros,
    };
  } finally {
    table.close();
  }
};
