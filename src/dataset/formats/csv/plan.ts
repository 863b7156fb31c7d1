import type { FileSource, FormatOptions, Modality } from '../../types';
import { join } from '../folders';
import { sampleTable } from './dialect';
import { boxColumns } from './boxes';
import type { BoxColumns } from './boxes';
import { flagColumns } from './flags';
import type { FlagColumns } from './flags';
import { findClassNames } from './classNames';
import type { ClassNames } from './classNames';
import { cellKind, labelsOf } from './labelCells';
import type { CellKind } from './labelCells';
import { findPictures } from './pictures';
import type { PictureRule } from './pictures';
import { pixelRule } from './pixels';
import type { PixelRule } from './pixels';
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
  /** Set where rows hold the pixels of pictures. */
  readonly pixels: PixelRule | null;
  /** Names of the label column's ids, where a file beside the table has them. */
  readonly names: ClassNames | null;
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

/** The label of a table of pixels is what stands beside them; their columns repeat as labels do. */
const rolesOf = (
  rows: readonly (readonly string[])[],
  pixels: PixelRule | null,
  options: FormatOptions,
): Roles => {
  const { labelColumn } = options;
  if (pixels === null || pixels.label === null || labelColumn !== undefined)
    return inferRoles(rows, options);
  if (pixels.label < 0)
    return { ...inferRoles(rows, { ...options, labelColumn: '' }), label: null, labelBy: null };
  return { ...inferRoles(rows, { ...options, labelColumn: String(pixels.label + 1) }) };
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
    const pixels = pixelRule(sample.rows);
    const roles = rolesOf(sample.rows, pixels, options);
    const pictures =
      pixels === null
        ? planPictures(source, folder, roles, options.pathColumn !== undefined)
        : null;
    const flags = flagColumns(roles, pictures?.found === true);
    const boxes = pictures === null ? null : boxColumns(roles.columns);
    const labels = roles.columns[roles.label ?? -1]?.values ?? [];
    const cells = cellKind(labels);
    const ids = flags === null ? labels.flatMap((cell) => labelsOf(cell, cells)) : [];
    // An id that names no picture says nothing about the sample.
    const isId = (index: number): boolean => {
      const column = roles.columns[index];
      return index === roles.path && column?.distinct === column?.values.length;
    };
    const isFeature = (index: number): boolean =>
      index !== pictures?.column && !isId(index) && flags?.columns.includes(index) !== true;
    const features = pixels === null ? roles.features.filter(isFeature) : [];
    const values = (index: number): readonly string[] => roles.columns[index]?.values ?? [];
    const text = features.some((index) => isProse(values(index)));
    const numbers = features.some((index) => values(index).some(isNumber));
    const rest = text && !numbers ? 'text' : features.length > 0 ? 'tabular' : 'none';
    return {
      file,
      delimiter: sample.delimiter,
      consistency: sample.consistency,
      roles,
      cells,
      flags,
      boxes,
      pictures,
      pixels,
      names: findClassNames(source, folder, file, ids),
      features,
      modality: pictures === null && pixels === null ? rest : 'image',
      zeros,
    };
  } finally {
    table.close();
  }
};
