import type { MatrixCell, MatrixView } from '../../../src/charts/matrix';
import type { MatrixPlace } from './paint';

/** A point of the square of cells in shares of it: below 0 stand the names. */
export interface MatrixPoint {
  readonly across: number;
  readonly down: number;
}

/** What pointer and keys do to a matrix. */
export interface MatrixHandle {
  readonly canvas: HTMLCanvasElement;
  readonly size: number;
  view(): MatrixView;
  place(): MatrixPlace;
  /** The cell that the keys are on; null before the first. */
  cursor(): MatrixCell | null;
  /** Shows another part; whether it is another one. */
  look(view: MatrixView): boolean;
  select(cell: MatrixCell): void;
  describe(cell: MatrixCell): string;
  /** Lists the test items of a true class, of a prediction, or of both, by place. */
  open(row: number | null, column: number | null): void;
}
