import { LineReader } from '../../bytes/lineReader';
import type { OpenFile, TableRows } from '../../types';
import type { ArffFile } from './files';
import type { ArffAttribute } from './header';
import { ArffRow } from './row';

/** Attributes that are no labels. */
export const featuresOf = ({ header, labels }: ArffFile): readonly number[] => {
  const taken = new Set(labels?.columns ?? []);
  return header.attributes.flatMap((_, at) => (taken.has(at) ? [] : [at]));
};

/** What a sparse row means by leaving an attribute out: 0, or the first value of a nominal one. */
export const omitted = (attribute: ArffAttribute | undefined): string =>
  attribute?.kind === 'nominal'
    ? (attribute.values[0] ?? '')
    : attribute?.kind === 'numeric'
      ? '0'
      : '';

/** An attribute's value in a row; '' where it is missing. */
export const valueOf = (row: ArffRow, part: ArffFile, attribute: number): string => {
  const place = row.place(attribute);
  if (place >= 0) return row.text(place) ?? '';
  return row.isSparse ? omitted(part.header.attributes[attribute]) : '';
};

/** Whether a row has as many values as there are attributes, or names none that is not there. */
export const isWhole = (row: ArffRow, { header }: ArffFile): boolean => {
  const { length } = header.attributes;
  if (!row.isSparse) return row.fields === length;
  let fits = true;
  row.each((attribute) => {
    if (attribute >= length) fits = false;
  });
  return fits;
};

/** The files' rows as those of a table, in the order of the index. */
export const arffRows = (
  files: readonly ArffFile[],
  open: (file: string) => OpenFile,
): TableRows | null => {
  const [first] = files;
  if (first === undefined) return null;
  const features = featuresOf(first);
  return {
    columns: features.map((at) => first.header.attributes[at]?.name ?? ''),
    decimalComma: false,
    read: (each) => {
      let at = 0;
      for (const part of files) {
        const reader = new LineReader(open(part.file), part.header.start);
        const row = new ArffRow();
        const values: string[] = [];
        while (reader.read()) {
          const kind = row.read(reader.bytes, reader.start, reader.end);
          if (kind === 'none') continue;
          const fits = kind === 'row' && isWhole(row, part);
          // A sparse row is laid out once, not looked through for each of its columns.
          if (row.isSparse && fits) {
            part.header.attributes.forEach((attribute, i) => (values[i] = omitted(attribute)));
            row.each((attribute, place) => (values[attribute] = row.text(place) ?? ''));
          }
          const cell = (column: number): string => {
            const attribute = features[column] ?? -1;
            return row.isSparse && fits ? (values[attribute] ?? '') : valueOf(row, part, attribute);
          };
          if (!each(at++, cell, fits)) return;
        }
      }
    },
  };
};
