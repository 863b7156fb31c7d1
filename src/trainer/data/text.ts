import { LongtailError, type Issue } from '../../common/errors';
import type { RebalanceConfig } from '../../config/schema';
import type { TableRows } from '../../dataset/types';
import { readUsedRows, type LoadedRows, type TableSource } from './table';
import { countFeatures, weighFeatures, type TextOptions } from './textFeatures';

/** What `input.text` means where it is left out. */
const defaults = { ngrams: 2, features: 16384 };
/** Rows looked at to find the column of the texts. */
const looked = 200;

/** The column with the longest texts among the first rows. */
const longestColumn = (rows: TableRows): number => {
  const lengths = rows.columns.map(() => 0);
  rows.read((row, cell) => {
    lengths.forEach((length, i) => {
      lengths[i] = length + cell(i).length;
    });
    return row + 1 < looked;
  });
  return lengths.indexOf(Math.max(...lengths));
};

const columnOf = (rows: TableRows, wanted: string | undefined): number => {
  if (wanted === undefined) return longestColumn(rows);
  const found = rows.columns.indexOf(wanted);
  if (found === -1)
    throw new LongtailError('train/text-column', { column: wanted, columns: rows.columns });
  return found;
};

/** Lists of (feature, value) that grow: one array each for all rows. */
class SparseRows {
  private features = new Uint32Array(1 << 16);
  private numbers = new Float32Array(1 << 16);
  private end = 0;
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;

  constructor(samples: number) {
    this.starts = new Float64Array(samples);
    this.ends = new Float64Array(samples);
  }

  add(row: number, counts: ReadonlyMap<number, number>): void {
    if (this.end + counts.size > this.features.length) this.grow(counts.size);
    this.starts[row] = this.end;
    for (const [feature, count] of counts) {
      this.features[this.end] = feature;
      this.numbers[this.end++] = count;
    }
    this.ends[row] = this.end;
  }

  /** The features of a row, and its numbers to read or to write. */
  row(row: number): { readonly features: Uint32Array; readonly numbers: Float32Array } {
    const [start, end] = [this.starts[row] ?? 0, this.ends[row] ?? 0];
    return {
      features: this.features.subarray(start, end),
      numbers: this.numbers.subarray(start, end),
    };
  }

  private grow(more: number): void {
    const size = Math.max(2 * this.features.length, this.end + more);
    const features = new Uint32Array(size);
    const numbers = new Float32Array(size);
    features.set(this.features);
    numbers.set(this.numbers);
    this.features = features;
    this.numbers = numbers;
  }
}

/** ln((1 + N) / (1 + rows that have the feature)) + 1 over the training rows [features]. */
const inverseFrequencies = (
  texts: SparseRows,
  training: Uint32Array,
  features: number,
): Float64Array => {
  const having = new Float64Array(features);
  for (const row of training)
    for (const feature of texts.row(row).features) having[feature] = (having[feature] ?? 0) + 1;
  return having.map((rows) => Math.log((1 + training.length) / (1 + rows)) + 1);
};

/**
 * Texts as hashed word sequences: sublinear term frequency times inverse document frequency of the
 * training rows, each row of length 1 (Salton and Buckley, 1988). Kept sparse, handed over dense.
 * Columns beside the text are left out with an issue. Throws `train/text-column` for a column that
 * is not there.
 */
export const loadText = (source: TableSource, input: RebalanceConfig['input']): LoadedRows => {
  const { rows, index } = source;
  const { ngrams, features }: TextOptions = input.text ?? defaults;
  const column = columnOf(rows, input.text?.column);
  const texts = new SparseRows(index.samples);
  const { split, issues } = readUsedRows(source, (row, cells) => {
    texts.add(row, countFeatures(cells.text(column), { ngrams, features }));
  });
  const idf = inverseFrequencies(texts, split.train, features);
  for (const part of [split.train, split.validation, split.test])
    for (const row of part) weighFeatures(texts.row(row), idf);
  const leftOut = rows.columns.filter((_, i) => i !== column);
  return {
    split,
    issues: [
      ...issues,
      ...leftOut.map((name): Issue => ({
        code: 'train/column-beside-text',
        severity: 'warning',
        params: { name, column: rows.columns[column] ?? '' },
      })),
    ],
    input: {
      shape: [features],
      description: {
        kind: 'text',
        column: rows.columns[column],
        ngrams,
        features,
        hash: 'fnv-1a-32',
        idf: Array.from(idf, (value) => Number(value.toPrecision(7))),
      },
      batch: (wanted) => {
        const out = new Float32Array(wanted.length * features);
        wanted.forEach((row, i) => {
          const own = texts.row(row);
          own.features.forEach((feature, k) => {
            out[i * features + feature] = own.numbers[k] ?? 0;
          });
        });
        return out;
      },
    },
  };
};
