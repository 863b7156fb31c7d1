import type { Message } from '../../common/errors';
import type { ModelInput } from '../../config/exportedModel/types';
import type { NewRow } from '../../dataset/newRows';
import { readCell } from '../data/cellText';
import { countFeatures, weighFeatures } from '../data/textFeatures';

type OfKind<K extends ModelInput['kind']> = Extract<ModelInput, { kind: K }>;

/** How rows become what a model takes. */
export interface RowInput {
  /** Columns that it wants of a file, by name. */
  readonly wanted: readonly string[];
  /** Whether a row is a text. */
  readonly isText: boolean;
  /** Numbers a row. */
  readonly width: number;
  /** Writes a row into zeros; what is wrong with it, or null. */
  write(row: NewRow, into: Float32Array, decimalComma: boolean): Message | null;
}

const notNumber = ({ number }: NewRow, column: string, text: string): Message => ({
  code: 'model/cell-number',
  params: { row: String(number), column, text: text.slice(0, 40) },
});

const tableInput = ({ columns }: OfKind<'tabular'>): RowInput => {
  const places: number[] = [];
  let width = 0;
  for (const column of columns) {
    places.push(width);
    width += column.kind === 'number' ? 2 : column.categories.length;
  }
  const ofNames = columns.map((column) =>
    column.kind === 'category' ? new Map(column.categories.map((name, i) => [name, i])) : null,
  );
  return {
    ...{ wanted: columns.map(({ name }) => name), isText: false, width },
    write: (row, into, decimalComma) => {
      for (const [i, column] of columns.entries()) {
        const { text, value, isMissing } = readCell(row.cell(i), decimalComma);
        const at = places[i] ?? 0;
        if (column.kind === 'category') {
          // One that training did not have is none of them.
          const place = ofNames[i]?.get(text);
          if (place !== undefined) into[at + place] = 1;
        } else if (isMissing) into[at + 1] = 1;
        else if (Number.isNaN(value)) return notNumber(row, column.name, text);
        else into[at] = (value - column.mean) / column.deviation;
      }
      return null;
    },
  };
};

const textInput = ({ column, ngrams, features, idf }: OfKind<'text'>): RowInput => ({
  ...{ wanted: [column], isText: true, width: features },
  write: (row, into) => {
    const counts = countFeatures(row.cell(0), { ngrams, features });
    const own = {
      features: Uint32Array.from(counts.keys()),
      numbers: Float32Array.from(counts.values()),
    };
    weighFeatures(own, idf);
    own.features.forEach((feature, i) => {
      into[feature] = own.numbers[i] ?? 0;
    });
    return null;
  },
});

/** Features that another program made: columns f0, f1 … of an array. */
const givenInput = ({ mean, deviation }: OfKind<'features'>): RowInput => {
  const wanted = mean.map((_, i) => `f${i}`);
  return {
    ...{ wanted, isText: false, width: mean.length },
    write: (row, into, decimalComma) => {
      for (const [i, own] of mean.entries()) {
        const { text, value } = readCell(row.cell(i), decimalComma);
        if (Number.isNaN(value)) return notNumber(row, `f${i}`, text);
        into[i] = (value - own) / (deviation[i] ?? 1);
      }
      return null;
    },
  };
};

/** What a model wants of rows, prepared as for training; null for one that takes pictures. */
export const rowInputOf = (input: ModelInput): RowInput | null => {
  switch (input.kind) {
    case 'tabular':
      return tableInput(input);
    case 'text':
      return textInput(input);
    case 'features':
      return input.network === null ? givenInput(input) : null;
    case 'image':
      return null;
  }
};
