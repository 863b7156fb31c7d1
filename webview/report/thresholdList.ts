import { words } from '../../src/words/say';
import { textField } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { slider } from '../ui/figure';

/** Sliders that stand under each other at once; a filter leads to the others. */
const mostShown = 10;

export interface ThresholdListOptions {
  readonly classNames: readonly string[];
  /** Class positions, the rarest first. */
  readonly order: readonly number[];
  readonly valueOf: (position: number) => number;
  readonly show: (value: number) => string;
  /** The slider of this class was moved. */
  readonly onMove: (position: number, value: number) => void;
  /** This class has the keys, or was moved. */
  readonly onChoose: (position: number) => void;
}

export interface ThresholdList {
  readonly element: HTMLElement;
  /** Draws the sliders where the thresholds are now. */
  readonly refill: () => void;
}

/** Sliders reach from here to 1 by powers of ten: classes may be thousands of times apart. */
const lowest = -4;
const step = 0.02;

/** A slider a class over the logarithm of its threshold. */
export const thresholdList = (options: ThresholdListOptions): ThresholdList => {
  const { classNames, order, valueOf, show, onMove, onChoose } = options;
  const state = { filter: '' };
  const rows = h('div', { class: 'thresholds', attributes: { role: 'group' } });
  const said = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  rows.setAttribute('aria-label', words('pages/bench/classes'));
  const row = (position: number): HTMLElement => {
    const value = Math.log10(valueOf(position));
    const element = slider(
      {
        id: `bench-class-${position}`,
        label: classNames[position] ?? '',
        ...{ min: Math.min(lowest, Math.floor(value)), max: 0, step, value },
        show: (power) => show(Math.abs(power - value) < step / 2 ? 10 ** value : 10 ** power),
      },
      (power) => onMove(position, 10 ** power),
    );
    element.addEventListener('focusin', () => onChoose(position));
    return element;
  };
  const refill = (): void => {
    const wanted = state.filter.trim().toLowerCase();
    const found = order.filter((position) =>
      (classNames[position] ?? '').toLowerCase().includes(wanted),
    );
    const shown = found.slice(0, mostShown);
    replace(rows, ...shown.map(row));
    said.textContent =
      found.length === 0
        ? words('pages/bench/classes/none')
        : found.length > shown.length && wanted !== ''
          ? words('pages/bench/classes/more', { count: shown.length, found: found.length })
          : words('pages/bench/classes/shown', { count: shown.length, all: order.length });
  };
  const filter = textField(
    {
      label: words('pages/bench/classes/filter'),
      placeholder: words('pages/bench/classes/filter-hint'),
      value: '',
    },
    (text) => {
      state.filter = text;
      refill();
    },
  );
  refill();
  return {
    element: h(
      'div',
      { class: 'threshold-list' },
      order.length > mostShown ? filter : null,
      rows,
      order.length > mostShown ? said : null,
    ),
    refill,
  };
};
