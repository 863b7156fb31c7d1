import { LongtailError, type Issue } from '../../common/errors';
import type { DatasetIndex, TableRows } from '../../dataset/types';
import type { InputSource } from './imageInput';
import { withoutRows, type Split } from './split';
import { TableColumn, type Cells, type ColumnCode } from './tableColumn';

/** Rows of tables, and which of them are used for what. */
export interface TableSource {
  readonly index: Pick<DatasetIndex, 'root' | 'samples'>;
  readonly rows: TableRows;
  readonly split: Split;
  /** Called now and then while rows are read; throws to stop. */
  readonly tick: () => void;
}

export interface LoadedRows {
  /** Without damaged rows. */
  readonly split: Split;
  readonly input: InputSource;
  readonly issues: readonly Issue[];
}

const rowsPerTick = 65536;

/** 1 for a training row, 2 for another one that is used, 0 for the rest [samples]. */
const usesOf = ({ index, split }: TableSource): Uint8Array => {
  const uses = new Uint8Array(index.samples);
  for (const row of split.train) uses[row] = 1;
  for (const part of [split.validation, split.test]) for (const row of part) uses[row] = 2;
  return uses;
};

/**
 * Hands over the used rows of the tables once. Damaged rows (fields lost or gained) are left out
 * and counted in an issue. Throws `train/no-readable-row` when no training or no test row is left.
 */
export const readUsedRows = (
  source: TableSource,
  each: (row: number, cells: Cells, isTraining: boolean) => void,
): { readonly split: Split; readonly issues: readonly Issue[] } => {
  const { index, rows, split, tick } = source;
  const uses = usesOf(source);
  const damaged = new Set<number>();
  rows.read((row, text, isWhole, bytes) => {
    if (row >= index.samples) return false;
    if (row % rowsPerTick === 0) tick();
    const use = uses[row] ?? 0;
    if (use === 0) return true;
    if (isWhole) each(row, { text, bytes }, use === 1);
    else damaged.add(row);
    return true;
  });
  const whole = withoutRows(split, damaged);
  if (whole.train.length === 0 || whole.test.length === 0)
    throw new LongtailError('train/no-readable-row', { root: index.root, count: damaged.size });
  const count = damaged.size;
  return {
    split: whole,
    issues:
      count === 0
        ? []
        : [{ code: 'train/damaged-rows', severity: 'warning', params: { count }, count }],
  };
};

/**
 * Rows of a table as numbers: numeric columns standardised by the training rows with a flag for
 * missing values, texts of up to 64 kinds one-hot; dates and everything else are left out with an
 * issue. Kept by column: a million rows of 20 numbers take 80 MB, 240 MB while they are read.
 */
export const loadTable = (source: TableSource): LoadedRows => {
  const { index, rows } = source;
  const raw = rows.columns.map((_, i) => new TableColumn(i, index.samples, rows.decimalComma));
  const { split, issues: damaged } = readUsedRows(source, (row, cells, isTraining) => {
    for (let i = 0; i < raw.length; i++) raw[i]?.add(row, cells, isTraining);
  });
  const issues: Issue[] = [...damaged];
  const columns: { readonly name: string; readonly code: ColumnCode; readonly at: number }[] = [];
  let width = 0;
  raw.forEach((column, i) => {
    const name = rows.columns[i] ?? '';
    const code = column.code(split.train);
    if (code === 'date' || code === 'texts') {
      const why = code === 'date' ? 'train/column-date' : 'train/column-left-out';
      issues.push({ code: why, severity: 'warning', params: { name } });
      return;
    }
    columns.push({ name, code, at: width });
    width += code.width;
  });
  if (width === 0) throw new LongtailError('train/no-columns', { root: index.root });
  return {
    split,
    issues,
    input: {
      shape: [width],
      description: {
        kind: 'tabular',
        columns: columns.map(({ name, code }) => ({ name, ...code.description })),
      },
      batch: (wanted) => {
        const out = new Float32Array(wanted.length * width);
        wanted.forEach((row, i) => {
          for (const { code, at } of columns) code.write(row, out, i * width + at);
        });
        return out;
      },
    },
  };
};
