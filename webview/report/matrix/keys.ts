import { showing, wholeMatrix, zoomed } from '../../../src/charts/matrix';
import type { MatrixHandle } from './handle';

/** How much nearer one press brings the matrix. */
const step = 1.5;

/** Zooms around the cell that the keys are on, or the middle. */
export const zoomHere = (handle: MatrixHandle, way: 'in' | 'out'): void => {
  const { size } = handle;
  const factor = way === 'in' ? step : 1 / step;
  const cursor = handle.cursor();
  const view = handle.view();
  if (cursor === null) {
    handle.look(zoomed(view, size, factor));
    return;
  }
  const { x, y, span } = showing(view, size, cursor);
  const at = { across: (cursor.column + 0.5 - x) / span, down: (cursor.row + 0.5 - y) / span };
  handle.look(zoomed({ x, y, span }, size, factor, at));
};

/** Arrows walk from cell to cell, + and − zoom, 0 shows all, Enter lists the items. */
export const listenToKeys = (handle: MatrixHandle): void => {
  const { canvas, size } = handle;
  const moves: Readonly<Record<string, readonly [down: number, across: number]>> = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [10, 0],
    PageUp: [-10, 0],
    Home: [0, -size],
    End: [0, size],
  };
  const within = (value: number): number => Math.min(size - 1, Math.max(0, value));
  const move = (down: number, across: number): void => {
    const cursor = handle.cursor();
    // The first key shows where one is.
    const next =
      cursor === null
        ? { row: 0, column: 0 }
        : { row: within(cursor.row + down), column: within(cursor.column + across) };
    handle.look(showing(handle.view(), size, next));
    handle.select(next);
  };
  const others: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    '+': () => zoomHere(handle, 'in'),
    '=': () => zoomHere(handle, 'in'),
    '-': () => zoomHere(handle, 'out'),
    '0': () => handle.look(wholeMatrix(size)),
    Enter: ({ shiftKey }) => {
      const { row, column } = handle.cursor() ?? { row: 0, column: 0 };
      handle.open(row, shiftKey ? null : column);
    },
  };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = moves[event.key];
    const other = others[event.key];
    if (way !== undefined) move(...way);
    else if (other !== undefined) other(event);
    else return;
    event.preventDefault();
  });
};
