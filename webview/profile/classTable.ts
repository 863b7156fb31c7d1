import type { ProfileFacts } from '../../src/profile/classRows';
import type { Band } from '../../src/profile/types';
import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import { words } from '../../src/words/say';
import { afterPaint } from '../ui/afterPaint';
import { dropdown, textField } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { card } from '../ui/frame';
import { createArranger, type SortValues, type TableUi } from './arrange';
import { listenToRows, markRows, rowElement } from './classRows';
import { rowAt, type Classes } from './classes';
import { columnsOf } from './columns';
import { between, createSelection } from './selection';
import { selectionBar, type SelectionActions } from './selectionBar';
import { windowRows } from '../ui/windowRows';

/** More rows than this are drawn as they scroll into view. */
export const nativeRows = 500;

/** What the table shows; a part of it changes while it stands. */
export interface TableContent {
  readonly profile: ProfileFacts;
  readonly classes: Classes;
  /** Exponent of the sampler. */
  readonly q: number;
}

export interface ClassTableOptions extends TableContent {
  readonly ui: TableUi;
  readonly onUi: (ui: TableUi) => void;
  readonly actions: SelectionActions;
  /** Stands below the table: the files of a class. */
  readonly below: HTMLElement;
}

/** The table, and how it takes other bands or another sampler. */
export interface ClassTable {
  readonly element: HTMLElement;
  show(next: Partial<TableContent>): void;
  /** Shows the classes of a band, the smallest first, and moves there. */
  showBand(band: Band): void;
}

interface Heading {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly values: () => SortValues;
}

const nameHeading: Heading = {
  key: 'name',
  label: words('report/column/class'),
  align: 'left',
  values: () => 'name',
};

/** The table of classes: every value of the chart, to sort, to filter and to choose from. */
export const classTable = (options: ClassTableOptions): ClassTable => {
  const { profile, classes, q, onUi, actions, below } = options;
  const state = {
    content: { profile, classes, q } as TableContent,
    ui: options.ui,
    columns: columnsOf(profile, classes, q),
    arrange: createArranger(classes),
    shown: classes.order,
    anchor: 0,
  };
  const selection = createSelection(classes.length);
  const head = h('tr', {});
  const body = h('tbody', {});
  const table = h(
    'table',
    { class: 'classes' },
    h('caption', { class: 'hidden' }, words('pages/classes/caption')),
    h('thead', {}, head),
    body,
  );
  const region = { tabindex: 0, role: 'region', 'aria-label': words('pages/classes/caption') };
  const scroll = h('div', { class: 'scroll', attributes: region }, table);
  const count = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const windowed = windowRows({ scroll, table, body, limit: nativeRows });
  const all = h('input', {
    attributes: { type: 'checkbox', 'aria-label': words('pages/select-all') },
    on: { change: () => selectAll(all.checked) },
  });
  const nameAt = (place: number): string => classes.name(place);
  const bar = selectionBar(selection, nameAt, actions, () => {
    selection.clear();
    marked();
  });
  const marked = (): void => {
    markRows(body, selection);
    const chosen = selection.count();
    all.checked = chosen > 0 && chosen >= state.shown.length;
    all.indeterminate = chosen > 0 && !all.checked;
    bar.show();
  };
  const selectAll = (on: boolean): void => {
    selection.set(state.shown, on);
    marked();
  };
  listenToRows(body, {
    select: (index, { range }) => {
      const place = state.shown[index];
      if (place === undefined) return;
      if (range) selection.set(between(state.shown, state.anchor, index), true);
      else selection.set([place], !selection.has(place));
      state.anchor = index;
      marked();
    },
    selectAll: () => selectAll(true),
    open: (place) => actions.showFiles(nameAt(place)),
  });
  const choose = (next: Partial<TableUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
  };
  const change = (next: Partial<TableUi>): void => {
    choose(next);
    redraw();
  };
  const redrawSoon = afterPaint(() => redraw());
  /** Part by part, so that who is about to type is not kept waiting. */
  const prepareSearch = (): void => {
    if (state.content.classes.search.prepare()) setTimeout(prepareSearch);
  };
  const header = ({ key, label, align }: Heading): HTMLElement => {
    const { sort, descending } = state.ui;
    const sorted = sort === key;
    const direction = descending ? 'descending' : 'ascending';
    const flip = (): void => {
      change({ sort: key, descending: sorted ? !descending : key !== 'name' && key !== 'band' });
      head.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
    };
    const button = h(
      'button',
      { class: 'sort', attributes: { type: 'button', 'data-key': key }, on: { click: flip } },
      label,
      h(
        'span',
        { attributes: { 'aria-hidden': 'true' } },
        sorted ? (descending ? '\u00a0▼' : '\u00a0▲') : '',
      ),
    );
    const attributes = { scope: 'col', 'aria-sort': sorted ? direction : null };
    return h('th', { class: align, attributes }, button);
  };
  const redraw = (stay = false): void => {
    const { columns, content } = state;
    const headings = [nameHeading, ...columns];
    const by = headings.find(({ key }) => key === state.ui.sort) ?? nameHeading;
    state.shown = state.arrange(state.ui, by.values());
    if (!stay) state.anchor = 0;
    replace(
      head,
      h('th', { class: 'box', attributes: { scope: 'col' } }, all),
      ...headings.map(header),
    );
    const grid = state.shown.length > nativeRows;
    const make = (i: number): HTMLTableRowElement =>
      rowElement(rowAt(content.classes, state.shown[i] ?? 0), i, { columns, selection, grid });
    windowed.show(state.shown.length, make, stay);
    const numbers = { count: state.shown.length, classes: classes.length };
    count.textContent =
      numbers.count === numbers.classes
        ? words('pages/classes/all', { count: numbers.classes })
        : words('pages/classes/some', numbers);
    marked();
  };
  redraw();
  const bandChoices = [
    { value: '', label: words('pages/filter/every-band') },
    ...bandKeys.map((band) => ({ value: band, label: bandName(profile.bands.scheme, band) })),
  ];
  const bandChoice = h('div', {});
  const chooseBand = (): void =>
    replace(
      bandChoice,
      dropdown(
        { label: words('pages/filter/band'), value: state.ui.band, choices: bandChoices },
        (band) => change({ band }),
      ),
    );
  chooseBand();
  const filter = textField(
    {
      label: words('pages/filter'),
      placeholder: words('pages/filter/placeholder'),
      value: options.ui.filter,
    },
    (text) => {
      choose({ filter: text });
      redrawSoon();
    },
  );
  filter.addEventListener('focusin', prepareSearch);
  const element = card(
    words('report/section/classes'),
    { class: 'class-card' },
    h('div', { class: 'controls' }, filter, bandChoice, count),
    bar.element,
    scroll,
    below,
  );
  return {
    element,
    showBand: (band) => {
      change({ band, sort: 'count', descending: false });
      chooseBand();
      element.scrollIntoView({ block: 'start' });
      scroll.focus({ preventScroll: true });
    },
    show: (next) => {
      state.content = { ...state.content, ...next };
      const { profile: facts, classes: shown, q: exponent } = state.content;
      state.columns = columnsOf(facts, shown, exponent);
      if (next.classes !== undefined) state.arrange = createArranger(shown);
      // Another sampler moves rows only where they stand by what it does.
      redraw(next.classes === undefined && state.ui.sort !== 'seen');
    },
  };
};
