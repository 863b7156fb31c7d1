/** The square part of a matrix that is shown, in cells: its first column and row, and how many. */
export interface MatrixView {
  readonly x: number;
  readonly y: number;
  readonly span: number;
}

/** Fewer cells than this are never shown: one more step in would show nothing new. */
const fewestCells = 4;

export const wholeMatrix = (size: number): MatrixView => ({ x: 0, y: 0, span: Math.max(1, size) });

const between = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** The view kept inside the matrix. */
export const inside = ({ x, y, span }: MatrixView, size: number): MatrixView => {
  const most = Math.max(1, size);
  const cells = between(span, Math.min(fewestCells, most), most);
  return { x: between(x, 0, most - cells), y: between(y, 0, most - cells), span: cells };
};

/**
 * The view drawn `factor` times as large (below 1: smaller) around a point, which stays where it is;
 * the point is in shares of the drawing, 0 … 1.
 */
export const zoomed = (
  view: MatrixView,
  size: number,
  factor: number,
  { across, down }: { readonly across: number; readonly down: number } = { across: 0.5, down: 0.5 },
): MatrixView => {
  const { span } = inside({ ...view, span: view.span / factor }, size);
  return inside(
    {
      x: view.x + across * (view.span - span),
      y: view.y + down * (view.span - span),
      span,
    },
    size,
  );
};

/** The view moved by shares of the drawing: to the right and down. */
export const panned = (view: MatrixView, size: number, across: number, down: number): MatrixView =>
  inside({ ...view, x: view.x + across * view.span, y: view.y + down * view.span }, size);

/** A row and a column. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
}

/** The view moved as little as it takes to show a whole cell. */
export const showing = (view: MatrixView, size: number, { row, column }: MatrixCell): MatrixView =>
  inside(
    {
      x: between(view.x, column + 1 - view.span, column),
      y: between(view.y, row + 1 - view.span, row),
      span: view.span,
    },
    size,
  );

/** The cell at a point of the drawing, in shares of it; null outside. */
export const cellAt = (
  view: MatrixView,
  size: number,
  across: number,
  down: number,
): MatrixCell | null => {
  const column = Math.floor(view.x + across * view.span);
  const row = Math.floor(view.y + down * view.span);
  const isInside = across >= 0 && down >= 0 && across < 1 && down < 1;
  return isInside && row < size && column < size ? { row, column } : null;
};
