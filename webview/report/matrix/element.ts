import {
  wholeMatrix,
  type MatrixCell,
  type MatrixMeasure,
  type MatrixView,
} from '../../../src/charts/matrix';
import type { BandScheme } from '../../../src/profile/types';
import type { TestQuery } from '../../../src/protocol/reportPage';
import { confusedAt, type ConfusionMatrix } from '../../../src/report/confusionMatrix';
import { words } from '../../../src/words/say';
import { button } from '../../ui/controls';
import { h } from '../../ui/dom';
import { radios } from '../../ui/radios';
import type { MatrixHandle } from './handle';
import { listenToKeys, zoomHere } from './keys';
import { paintMatrix, type MatrixPlace } from './paint';
import { listenToPointer } from './pointer';
import { matrixTheme, type MatrixTheme } from './theme';

export interface MatrixOptions {
  readonly matrix: ConfusionMatrix;
  readonly scheme: BandScheme;
  /** One sentence that says what is to be seen. */
  readonly summary: string;
  /** Shows the test items of a cell, a true class or a prediction. */
  readonly open: (query: TestQuery) => void;
}

/** The element, and its canvas as it is seen now. */
export interface MatrixElement {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

/** Letters of the names are about this wide, in pixels, and names at most so. */
const letterWidth = 6.6;
const widestNames = 132;
const tallestNames = 96;
const sides = { least: 160, most: 720 };

interface State {
  view: MatrixView;
  cursor: MatrixCell | null;
  measure: MatrixMeasure;
  place: MatrixPlace;
  /** null until it is read, and when it has changed. */
  theme: MatrixTheme | null;
  asked: boolean;
}

/** What a cell says. */
const sentenceOf = ({ names, cells }: ConfusionMatrix, cell: MatrixCell): string => {
  const { count, share } = confusedAt(cells, cell);
  const [truth = '', predicted = ''] = [names[cell.row], names[cell.column]];
  const items = cells.rowSums[cell.row] ?? 0;
  if (items === 0) return words('pages/matrix/untested', { truth });
  const code = cell.row === cell.column ? 'right' : 'cell';
  return words(`pages/matrix/${code}`, { count, share, items, truth, predicted });
};

const canvasOf = (summary: string, hint: string): HTMLCanvasElement =>
  h('canvas', {
    class: 'matrix',
    attributes: {
      tabindex: 0,
      role: 'application',
      'aria-label': summary,
      'aria-describedby': hint,
    },
  });

/** Draws anew where the place has another width, or the theme other colours. */
const followPlace = (place: HTMLElement, resized: () => void, recoloured: () => void): void => {
  new ResizeObserver(resized).observe(place);
  const watch = new MutationObserver(recoloured);
  watch.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
};

/** A matrix of confusions on a canvas, to zoom, to drag, and to walk with the arrow keys. */
export const matrixElement = ({ matrix, scheme, summary, open }: MatrixOptions): MatrixElement => {
  const { names, cells } = matrix;
  const { size } = cells;
  const letters = names.reduce((most, name) => Math.max(most, name.length), 6);
  const margin = Math.min(widestNames, 20 + letters * letterWidth);
  const state: State = {
    view: wholeMatrix(size),
    cursor: null,
    measure: 'share',
    place: { left: margin, top: Math.min(margin, tallestNames), side: 420 },
    theme: null,
    asked: false,
  };
  const hintId = 'matrix-hint';
  const detail = h('p', { class: 'detail', attributes: { 'aria-live': 'polite' } });
  const canvas = canvasOf(summary, hintId);
  const place = h('div', { class: 'matrix-place' }, canvas);
  const paint = (): void => {
    state.asked = false;
    const density = window.devicePixelRatio || 1;
    const { left, top, side } = state.place;
    const [width, height] = [left + side + 2, top + side + 2];
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const { view, measure, cursor } = state;
    state.theme ??= matrixTheme(place);
    const look = { place: state.place, theme: state.theme, density };
    paintMatrix(canvas, { matrix, scheme, view, measure, cursor }, look);
  };
  /** However much changes before the next frame, it is drawn once. */
  const redraw = (): void => {
    if (state.asked) return;
    state.asked = true;
    requestAnimationFrame(paint);
  };
  const handle: MatrixHandle = {
    ...{ canvas, size },
    view: () => state.view,
    place: () => state.place,
    cursor: () => state.cursor,
    look: (view) => {
      const { x, y, span } = state.view;
      const moved = x !== view.x || y !== view.y || span !== view.span;
      state.view = view;
      if (moved) redraw();
      return moved;
    },
    select: (cell) => {
      state.cursor = cell;
      detail.textContent = sentenceOf(matrix, cell);
      redraw();
    },
    describe: (cell) => sentenceOf(matrix, cell),
    open: (row, column) => {
      const empty =
        row !== null && column !== null && confusedAt(cells, { row, column }).count === 0;
      const nameOf = (at: number | null): string | null =>
        at === null ? null : (names[at] ?? null);
      if (!empty) open({ truth: nameOf(row), predicted: nameOf(column) });
    },
  };
  listenToPointer(handle);
  listenToKeys(handle);
  followPlace(
    place,
    () => {
      const room = place.clientWidth - margin - 4;
      const side = Math.round(Math.min(sides.most, Math.max(sides.least, room)));
      if (place.clientWidth === 0 || side === state.place.side) return;
      state.place = { ...state.place, side };
      redraw();
    },
    () => {
      state.theme = null;
      redraw();
    },
  );
  redraw();
  const measures = (['share', 'count'] as const).map((value) => ({
    value,
    label: words(`pages/matrix/${value}`),
  }));
  const measure = { label: words('pages/matrix/measure'), value: state.measure, choices: measures };
  const controls = h(
    'div',
    { class: 'controls' },
    radios('matrix-measure', measure, (value) => {
      state.measure = value;
      redraw();
    }),
    h(
      'div',
      { class: 'actions' },
      button(words('pages/matrix/in'), () => zoomHere(handle, 'in')),
      button(words('pages/matrix/out'), () => zoomHere(handle, 'out')),
      button(words('pages/matrix/whole'), () => handle.look(wholeMatrix(size))),
    ),
  );
  const note = (text: string, id?: string): HTMLElement =>
    h('p', { class: 'note', attributes: { id } }, text);
  return {
    canvas,
    element: h(
      'div',
      {},
      controls,
      note(words('pages/matrix/axes')),
      place,
      detail,
      note(words('pages/matrix/hint'), hintId),
    ),
  };
};
