import { dataCsv } from '../../src/report/csv';
import {
  tableOfData,
  type Figure,
  type FigureData,
  type FigureSize,
} from '../../src/report/figures';
import { words } from '../../src/words/say';
import { button } from './controls';
import { draw, h, replace } from './dom';
import { rove } from './roving';
import { pngOf, standalone, type SaveRequest } from './save';
import { tableElement } from './table';

export interface FigureOptions {
  /** File name without its ending. */
  readonly name: string;
  readonly caption: string;
  readonly height: number;
  /** Makes the figure for a width, with whatever is set now. */
  readonly make: (size: FigureSize) => Figure;
  readonly save: (request: SaveRequest) => void;
  /** Told when the figure was drawn anew: what gives it keys and a detail line. */
  readonly onDrawn?: (place: HTMLElement) => void;
  /** Stands right below the drawing. */
  readonly below?: HTMLElement;
  /** Sets what the figure shows: sliders and choices; each calls `redraw` when it changes. */
  readonly controls?: (redraw: () => void) => readonly HTMLElement[];
}

const usualWidth = 760;

/** Buttons that save a drawing and its numbers where the user says. */
export const saveButtons = (
  name: string,
  svg: () => SVGElement | null,
  data: () => FigureData,
  save: (request: SaveRequest) => void,
): HTMLElement =>
  h(
    'div',
    { class: 'actions quiet' },
    button(words('pages/figure/save', { format: 'SVG' }), () => {
      const drawn = svg();
      if (drawn !== null) save({ name, format: 'svg', content: standalone(drawn).text });
    }),
    button(words('pages/figure/save', { format: 'PNG' }), () => {
      const drawn = svg();
      if (drawn !== null)
        void pngOf(drawn).then((content) => save({ name, format: 'png', content }));
    }),
    button(words('pages/figure/save', { format: 'CSV' }), () =>
      save({ name, format: 'csv', content: dataCsv(data()) }),
    ),
  );

/** A figure with its sentence, its table behind a fold, and buttons that save it. */
export const figureElement = (options: FigureOptions): HTMLElement => {
  const { name, caption, height, make, save, controls } = options;
  const state = { width: usualWidth };
  const place = h('div', { class: 'plot', attributes: { tabindex: -1 } });
  const detail = h('p', { class: 'detail', attributes: { 'aria-hidden': 'true', hidden: true } });
  const sentence = h('p', { class: 'figure-sentence', attributes: { 'aria-live': 'polite' } });
  const table = h('div', { class: 'figure-table' });
  const numbers = h(
    'details',
    { on: { toggle: () => fillTable() } },
    h('summary', {}, words('pages/figure/numbers')),
    table,
  );
  const figure = (): Figure => make({ width: state.width, height });
  const fillTable = (): void => {
    if (numbers.open) replace(table, tableElement(tableOfData(figure().data), caption));
  };
  const walkAlong = (across: number): void => {
    const items = [...place.querySelectorAll('[data-item]')];
    detail.hidden = false;
    detail.textContent = words('pages/figure/hint');
    rove(place, 'data-item', {
      home: place,
      across,
      onFocus: (index) => {
        detail.textContent = items[index]?.getAttribute('aria-label') ?? '';
      },
    });
  };
  const redraw = (): void => {
    const shown = figure();
    replace(place, draw(shown.svg));
    options.onDrawn?.(place);
    sentence.textContent = shown.sentence;
    if (shown.walk !== undefined) walkAlong(shown.walk.across);
    fillTable();
  };
  const actions = saveButtons(
    name,
    () => place.querySelector('svg'),
    () => figure().data,
    save,
  );
  const above = controls?.(redraw) ?? [];
  redraw();
  // Drawn at the width it has, so that its text keeps its size.
  new ResizeObserver(() => {
    const width = Math.min(1200, Math.max(320, Math.round(place.clientWidth)));
    if (Math.abs(width - state.width) < 4 || place.clientWidth === 0) return;
    if (place.contains(document.activeElement)) return;
    state.width = width;
    redraw();
  }).observe(place);
  return h(
    'figure',
    { attributes: { 'aria-label': caption } },
    above.length === 0 ? null : h('div', { class: 'controls' }, ...above),
    sentence,
    place,
    detail,
    options.below,
    numbers,
    actions,
  );
};

export interface SliderOptions {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value as text, beside the slider and for those who hear it. */
  readonly show: (value: number) => string;
}

/** A slider with its label and its value in words. */
export const slider = (options: SliderOptions, onInput: (value: number) => void): HTMLElement => {
  const { id, label, min, max, step, value, show } = options;
  const output = h('output', { attributes: { for: id } }, show(value));
  const input = h('input', {
    attributes: { id, type: 'range', min, max, step, value, 'aria-valuetext': show(value) },
    on: {
      input: () => {
        const next = Number(input.value);
        output.textContent = show(next);
        input.setAttribute('aria-valuetext', show(next));
        onInput(next);
      },
    },
  });
  return h(
    'span',
    { class: 'slider' },
    h('label', { attributes: { for: id } }, label),
    input,
    output,
  );
};
