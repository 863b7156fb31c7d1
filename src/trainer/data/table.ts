import { LongtailError, type Issue } from '../../common/errors';
import type { RebalanceConfig } from '../../config/schema';
import type { InputSource } from './imageInput';
import type { PictureSource } from './pixels';
import type { Split } from './split';

/** A column with more distinct texts than this is left out: an id, not a category. */
const mostCategories = 64;
/** A column counts as numeric when this share of its non-empty training values are numbers. */
const numericShare = 0.95;

type Row = Readonly<Record<string, string>>;

/** How one column becomes numbers: how many, and how they are written. */
interface ColumnCode {
  readonly width: number;
  readonly description: Readonly<Record<string, unknown>>;
  write(text: string, out: Float32Array, at: number): void;
}

const isMissing = (text: string): boolean =>
  ['', 'na', 'n/a', 'nan', 'null', '?'].includes(text.trim().toLowerCase());

const numberOf = (text: string): number => (isMissing(text) ? NaN : Number(text));

/** Standardised by the training rows; a missing value becomes their mean, with a flag beside it. */
const numericColumn = (training: readonly string[]): ColumnCode => {
  const known = training.map(numberOf).filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  return {
    width: 2,
    description: { kind: 'number', mean, deviation },
    write: (text, out, at) => {
      const value = numberOf(text);
      const missing = !Number.isFinite(value);
      out[at] = missing ? 0 : (value - mean) / deviation;
      out[at + 1] = missing ? 1 : 0;
    },
  };
};

/** One-hot over the texts of the training rows; a text never seen there is all zeros. */
const categoryColumn = (categories: readonly string[]): ColumnCode => {
  const place = new Map(categories.map((text, i) => [text, i]));
  return {
    width: categories.length,
    description: { kind: 'category', categories },
    write: (text, out, at) => {
      const own = place.get(text.trim());
      if (own !== undefined) out[at + own] = 1;
    },
  };
};

const codeColumn = (training: readonly string[]): ColumnCode | null => {
  const filled = training.filter((text) => !isMissing(text));
  if (filled.length === 0) return null;
  const numbers = filled.filter((text) => Number.isFinite(Number(text))).length;
  if (numbers / filled.length >= numericShare) return numericColumn(training);
  const categories = [...new Set(training.map((text) => text.trim()))].sort();
  return categories.length > mostCategories ? null : categoryColumn(categories);
};

/**
 * Rows of a table as numbers: numeric columns standardised by the training rows with a flag for
 * missing values, texts of up to 64 kinds one-hot, everything else left out with an issue. The
 * columns of the label, the split and the path are never inputs.
 */
export const loadTable = (
  source: PictureSource,
  split: Split,
  config: RebalanceConfig,
): { readonly split: Split; readonly input: InputSource; readonly issues: readonly Issue[] } => {
  const rows = new Map<number, Row>();
  for (const part of [split.train, split.validation, split.test])
    for (const row of part) {
      const sample = source.readSample(row);
      if (sample.kind === 'row') rows.set(row, sample.values);
    }
  const { labelColumn, splitColumn, pathColumn } = config.dataset;
  const names = Object.keys(rows.get(split.train[0] ?? -1) ?? {}).filter(
    (name) => ![labelColumn, splitColumn, pathColumn].includes(name),
  );
  const issues: Issue[] = [];
  const columns: { readonly name: string; readonly code: ColumnCode; readonly at: number }[] = [];
  let width = 0;
  for (const name of names) {
    const code = codeColumn(Array.from(split.train, (row) => rows.get(row)?.[name] ?? ''));
    if (code === null) {
      issues.push({ code: 'train/column-left-out', severity: 'warning', params: { name } });
      continue;
    }
    columns.push({ name, code, at: width });
    width += code.width;
  }
  if (width === 0) throw new LongtailError('train/no-columns', { root: source.index.root });
  const input: InputSource = {
    shape: [width],
    description: {
      kind: 'tabular',
      columns: columns.map(({ name, code }) => ({ name, ...code.description })),
    },
    batch: (wanted) => {
      const out = new Float32Array(wanted.length * width);
      wanted.forEach((row, i) => {
        const values = rows.get(row);
        for (const { name, code, at } of columns)
          code.write(values?.[name] ?? '', out, i * width + at);
      });
      return out;
    },
  };
  return { split, input, issues };
};
