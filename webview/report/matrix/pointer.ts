import { cellAt, panned, zoomed, type MatrixView } from '../../../src/charts/matrix';
import type { MatrixHandle, MatrixPoint } from './handle';

/** A pointer that moves less than this, in pixels, has pressed and not dragged. */
const still = 4;
const pixelsALine = 16;

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly view: MatrixView;
  moved: boolean;
}

/** Pressing lists items, dragging moves, the wheel zooms. */
export const listenToPointer = (handle: MatrixHandle): void => {
  const { canvas, size } = handle;
  const state: { drag: Drag | null } = { drag: null };
  const pointOf = (event: MouseEvent): MatrixPoint => {
    const box = canvas.getBoundingClientRect();
    const { left, top, side } = handle.place();
    return {
      across: (event.clientX - box.left - left) / side,
      down: (event.clientY - box.top - top) / side,
    };
  };
  const press = (event: MouseEvent): void => {
    const { across, down } = pointOf(event);
    const view = handle.view();
    const cell = cellAt(view, size, across, down);
    if (cell !== null) {
      handle.select(cell);
      handle.open(cell.row, cell.column);
      return;
    }
    const row = cellAt(view, size, 0, down)?.row;
    const column = cellAt(view, size, across, 0)?.column;
    if (across < 0 && row !== undefined) handle.open(row, null);
    else if (down < 0 && column !== undefined) handle.open(null, column);
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    state.drag = { x: event.clientX, y: event.clientY, view: handle.view(), moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const { drag } = state;
    if (drag === null) {
      const { across, down } = pointOf(event);
      const cell = cellAt(handle.view(), size, across, down);
      canvas.title = cell === null ? '' : handle.describe(cell);
      return;
    }
    const { side } = handle.place();
    const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
    drag.moved ||= Math.hypot(across, down) > still;
    if (drag.moved) handle.look(panned(drag.view, size, -across / side, -down / side));
  });
  canvas.addEventListener('pointerup', (event) => {
    const pressed = state.drag?.moved === false;
    state.drag = null;
    if (pressed) press(event);
  });
  canvas.addEventListener('pointercancel', () => {
    state.drag = null;
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      // Else the page could not be scrolled past the matrix.
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsALine : 1;
      const factor = Math.exp(-0.002 * lines * event.deltaY);
      if (handle.look(zoomed(handle.view(), size, factor, pointOf(event)))) event.preventDefault();
    },
    { passive: false },
  );
};
