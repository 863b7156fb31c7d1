import type { LongTailProfile } from '../../src/profile/types';
import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import { classColumns } from '../../src/report/labelTables';
import { words } from '../../src/words/say';
import { dropdown, textField } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { card } from '../ui/frame';
import { arrange, byName, type TableUi } from './arrange';
import { swatch } from './chart';
import { splitName, type ClassRow } from './view';
import { windowRows } from './windowRows';

interface Column {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly compare: (a: ClassRow, b: ClassRow) => number;
  readonly cell: (row: ClassRow) => HTMLElement | string;
}

/** More rows than this are drawn as they scroll into view. */
export const nativeRows = 500;

const order = { many: 0, medium: 1, few: 2 };
const number = (value: number): string => words('pages/number', { value });

const shareBar = (row: ClassRow, largest: number): HTMLElement => {
  const fill = h('span', { class: `fill band-${row.band}` });
  fill.style.width = `${Math.max(1, (row.count / Math.max(1, largest)) * 100)}%`;
  return h(
    'span',
    { class: 'share' },
    h('span', { class: 'track', attributes: { 'aria-hidden': 'true' } }, fill),
    h('span', { class: 'percent' }, words('pages/percent', { percent: row.share * 100 })),
  );
};

const columnsOf = (profile: LongTailProfile, largest: number): readonly Column[] => {
  const { profiledSplit, bands } = profile;
  const others = Object.keys(profile.splits).filter((name) => name !== profiledSplit);
  const bySplit = (name: string): Column => ({
    key: `split:${name}`,
    label: splitName(name),
    align: 'right',
    compare: (a, b) => (a.splits[name] ?? 0) - (b.splits[name] ?? 0),
    cell: (row) => number(row.splits[name] ?? 0),
  });
  return [
    {
      key: 'name',
      label: words('report/column/class'),
      align: 'left',
      compare: byName,
      cell: (row) => row.name,
    },
    {
      key: 'band',
      label: words('report/column/band'),
      align: 'left',
      compare: (a, b) => order[a.band] - order[b.band] || b.count - a.count,
      cell: (row) =>
        h('span', { class: 'band' }, swatch(row.band), bandName(bands.scheme, row.band)),
    },
    {
      key: 'count',
      label: splitName(profiledSplit),
      align: 'right',
      compare: (a, b) => a.count - b.count,
      cell: (row) => number(row.count),
    },
    ...(profiledSplit === 'all' && others.length < 2 ? [] : others.map(bySplit)),
    {
      key: 'share',
      label: words('pages/column/share', { split: splitName(profiledSplit) }),
      align: 'left',
      compare: (a, b) => a.count - b.count,
      cell: (row) => shareBar(row, largest),
    },
    ...classColumns(profile).map(({ key, label, align, rank, text }): Column => ({
      key: `labels:${key}`,
      label,
      align,
      compare: (a, b) => rank(a.place) - rank(b.place),
      cell: ({ place }) => text(place),
    })),
  ];
};

const rowElement = (columns: readonly Column[], row: ClassRow): HTMLTableRowElement =>
  h(
    'tr',
    {},
    ...columns.map(({ align, cell }, i) =>
      i === 0
        ? h('th', { class: align, attributes: { scope: 'row', title: row.name } }, cell(row))
        : h('td', { class: align }, cell(row)),
    ),
  );

/** The table, and how it takes other bands or counts. */
export interface ClassTable {
  readonly element: HTMLElement;
  show(profile: LongTailProfile, rows: readonly ClassRow[]): void;
}

/** The table of classes: every value of the chart, to sort and to filter. */
export const classTable = (
  profile: LongTailProfile,
  given: readonly ClassRow[],
  ui: TableUi,
  onUi: (ui: TableUi) => void,
): ClassTable => {
  const state = { ui, rows: given, columns: columnsOf(profile, given[0]?.count ?? 0) };
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
  const change = (next: Partial<TableUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
    redraw();
  };
  const header = ({ key, label, align }: Column): HTMLElement => {
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
        sorted ? (descending ? ' ▼' : ' ▲') : '',
      ),
    );
    const attributes = { scope: 'col', 'aria-sort': sorted ? direction : null };
    return h('th', { class: align, attributes }, button);
  };
  const redraw = (): void => {
    const { columns, rows } = state;
    const compare = columns.find(({ key }) => key === state.ui.sort)?.compare ?? byName;
    const shown = arrange(rows, state.ui, compare);
    replace(head, ...columns.map(header));
    windowed.show(shown.length, (i) => {
      const row = shown[i];
      return row === undefined ? h('tr') : rowElement(columns, row);
    });
    count.textContent =
      shown.length === rows.length
        ? words('pages/classes/all', { count: rows.length })
        : words('pages/classes/some', { count: shown.length, classes: rows.length });
  };
  redraw();
  const bandChoices = [
    { value: '', label: words('pages/filter/every-band') },
    ...bandKeys.map((band) => ({ value: band, label: bandName(profile.bands.scheme, band) })),
  ];
  const element = card(
    words('report/section/classes'),
    { class: 'class-card' },
    h(
      'div',
      { class: 'controls' },
      textField(
        {
          label: words('pages/filter'),
          placeholder: words('pages/filter/placeholder'),
          value: ui.filter,
        },
        (filter) => change({ filter }),
      ),
      dropdown(
        { label: words('pages/filter/band'), value: ui.band, choices: bandChoices },
        (band) => change({ band }),
      ),
      count,
    ),
    scroll,
  );
  return {
    element,
    show: (next, rows) => {
      Object.assign(state, { rows, columns: columnsOf(next, rows[0]?.count ?? 0) });
      redraw();
    },
  };
};
