import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import {
  arrangedRows,
  classColumns,
  classRows,
  type ClassColumn,
  type ClassRow,
} from '../../src/report/classTable';
import type { TestQuery } from '../../src/protocol/reportPage';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { dropdown, textField } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { card } from '../ui/frame';
import { windowRows } from '../ui/windowRows';

/** More rows than this are drawn as they scroll into view. */
const nativeRows = 300;

interface TableState {
  sort: string;
  descending: boolean;
  filter: string;
  band: string;
}

/** Columns that begin with their largest value when they are chosen. */
const fallsFirst = ({ align }: ClassColumn): boolean => align === 'right';

const rowElement = (
  row: ClassRow,
  columns: readonly ClassColumn[],
  { grid, open }: { readonly grid: boolean; readonly open: (row: ClassRow) => void },
): HTMLTableRowElement => {
  const link = h(
    'button',
    {
      class: 'link',
      attributes: { type: 'button', title: row.name, tabindex: grid ? -1 : null },
      on: { click: () => open(row) },
    },
    row.name,
  );
  const [, ...others] = columns;
  return h(
    'tr',
    {
      on: {
        keydown: (event) => {
          // In a grid the row has the tab stop.
          const own = event.target === event.currentTarget;
          if (own && event instanceof KeyboardEvent && event.key === 'Enter') open(row);
        },
      },
    },
    h('th', { class: 'left', attributes: { scope: 'row' } }, link),
    ...others.map(({ align, cell }) => {
      const { text, tone } = cell(row);
      return h('td', { class: `${align} ${tone ?? ''}`.trim() }, text);
    }),
  );
};

/** Every class with its scores: to sort, to filter, and to open its test items from. */
export const classCard = (
  report: RunReport,
  openFiles: (query: TestQuery, box: HTMLElement) => void,
): HTMLElement => {
  const several = report.scores.multiLabel !== undefined;
  const title = words(`report/section/${several ? 'labels' : 'classes'}`);
  const rows = classRows(report);
  const columns = classColumns(report);
  const state: TableState = { sort: 'train', descending: true, filter: '', band: '' };
  const head = h('tr', {});
  const body = h('tbody', {});
  const caption = h('caption', { class: 'hidden' }, title);
  const table = h('table', { class: 'classes' }, caption, h('thead', {}, head), body);
  const region = { tabindex: 0, role: 'region', 'aria-label': title };
  const scroll = h('div', { class: 'scroll', attributes: region }, table);
  const count = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const windowed = windowRows({ scroll, table, body, limit: nativeRows });
  const open = ({ name }: ClassRow): void => openFiles({ truth: name, predicted: null }, box);
  const sortBy = (column: ClassColumn): void => {
    const again = state.sort === column.key;
    state.descending = again ? !state.descending : fallsFirst(column);
    state.sort = column.key;
    redraw();
    head.querySelector<HTMLElement>(`[data-key="${column.key}"]`)?.focus();
  };
  const header = (column: ClassColumn): HTMLElement => {
    const sorted = column.key === state.sort;
    const direction = state.descending ? 'descending' : 'ascending';
    const arrow = sorted ? (state.descending ? ' ▼' : ' ▲') : '';
    return h(
      'th',
      {
        class: column.align,
        attributes: { scope: 'col', 'aria-sort': sorted ? direction : null },
      },
      h(
        'button',
        {
          class: 'sort',
          attributes: { type: 'button', 'data-key': column.key },
          on: { click: () => sortBy(column) },
        },
        column.label,
        h('span', { attributes: { 'aria-hidden': 'true' } }, arrow),
      ),
    );
  };
  const redraw = (): void => {
    const { sort, ...how } = state;
    const shown = arrangedRows(rows, { ...how, column: columns.find(({ key }) => key === sort) });
    replace(head, ...columns.map(header));
    const grid = shown.length > nativeRows;
    windowed.show(shown.length, (i) => {
      const row = shown[i];
      return row === undefined ? h('tr') : rowElement(row, columns, { grid, open });
    });
    const numbers = { count: shown.length, classes: rows.length };
    const all = shown.length === rows.length;
    count.textContent = all
      ? words('pages/classes/all', { count: rows.length })
      : words('pages/classes/some', numbers);
  };
  const bands = [
    { value: '', label: words('pages/filter/every-band') },
    ...bandKeys.map((band) => ({ value: band, label: bandName(report.bands.scheme, band) })),
  ];
  const filter = {
    label: words('pages/filter'),
    placeholder: words('pages/filter/placeholder'),
    value: '',
  };
  const box = card(
    title,
    { class: 'class-card' },
    h(
      'div',
      { class: 'controls' },
      textField(filter, (value) => {
        state.filter = value;
        redraw();
      }),
      dropdown({ label: words('pages/filter/band'), value: '', choices: bands }, (band) => {
        state.band = band;
        redraw();
      }),
      count,
    ),
    scroll,
    h('p', { class: 'note' }, words('report/interval-class')),
  );
  redraw();
  return box;
};
