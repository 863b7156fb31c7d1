import type { Shape } from '../../charts/shape';
import { words } from '../../words/say';
import type { Table } from '../tables';

/** Class sizes as figures take them: falling, names beside them. */
export interface RankedCounts {
  /** Falling; empty classes at the end. */
  readonly counts: Float64Array;
  readonly name: (rank: number) => string;
}

/** A chart with its twins: what is seen, the same in a sentence, and the same as numbers. */
export interface Figure {
  readonly svg: Shape;
  readonly sentence: string;
  readonly data: FigureData;
  /** Parts of the drawing that keys walk along: how many stand in a row. */
  readonly walk?: { readonly across: number };
}

export interface FigureSize {
  readonly width: number;
  readonly height: number;
}

/** As many ranks as a screen can part; a figure of more classes shows these of them. */
const mostRanks = 240;

/**
 * Ranks from 0 that stand for all: every one up to 240, beyond that ends and places spread evenly
 * over the logarithm of the rank, where a long tail has its shape, and evenly over the ranks.
 */
export const shownRanks = (classes: number): readonly number[] => {
  if (classes <= mostRanks) return Array.from({ length: classes }, (_, rank) => rank);
  const half = mostRanks / 2;
  const ranks = new Set<number>();
  for (let i = 0; i < half; i++) {
    ranks.add(Math.round(Math.expm1((i / (half - 1)) * Math.log(classes))));
    ranks.add(Math.round((i / (half - 1)) * (classes - 1)));
  }
  return [...ranks].filter((rank) => rank < classes).sort((a, b) => a - b);
};

/** A number as text: grouped when whole, three significant digits else. */
export const number = (value: number): string => words('figures/number', { value });

/** A number of times, as text. */
export const times = (value: number): string => words('figures/times', { value });

/** A share of one, as text. */
export const percent = (share: number): string => words('figures/share', { share });

/** How a column of a figure's data is written for a reader; texts as they are. */
type Show = (value: number) => string;

/** Columns by key, each with how its numbers are shown. */
export type DataColumns = Readonly<Record<string, Show>>;

/** The numbers behind a figure: full precision, one list a row, in the order of the columns. */
export interface FigureData {
  readonly columns: readonly { readonly label: string; readonly show: Show }[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Data with columns of the catalogue, `figures/column/<key>`. */
export const dataOf = (columns: DataColumns, rows: FigureData['rows']): FigureData => ({
  columns: Object.entries(columns).map(([key, show]) => ({
    label: words(`figures/column/${key}`),
    show,
  })),
  rows,
});

/** The data as a table to read. */
export const tableOfData = ({ columns, rows }: FigureData): Table => ({
  columns: columns.map(({ label }, i) => ({
    key: String(i),
    label,
    align: typeof rows[0]?.[i] === 'string' ? 'left' : 'right',
  })),
  rows: rows.map((row) => ({
    marked: false,
    cells: row.map((value, i) => ({
      text: typeof value === 'string' ? value : (columns[i]?.show ?? number)(value),
    })),
  })),
});
