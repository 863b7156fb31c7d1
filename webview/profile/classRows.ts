import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import type { ClassRow } from './classes';
import type { Column } from './columns';
import type { Selection } from './selection';

export interface RowOptions {
  readonly columns: readonly Column[];
  readonly selection: Selection;
  /** In a grid the row has the tab stop, and its keys do what its controls do. */
  readonly grid: boolean;
}

/** A class as a row: a box to select it, its name to open its files, its numbers. */
export const rowElement = (
  row: ClassRow,
  index: number,
  { columns, selection, grid }: RowOptions,
): HTMLTableRowElement => {
  const { place, name } = row;
  const tabindex = grid ? -1 : null;
  const box = h('input', {
    attributes: {
      type: 'checkbox',
      'aria-label': words('pages/select', { name }),
      checked: selection.has(place),
      tabindex,
    },
  });
  const open = h(
    'button',
    { class: 'link', attributes: { type: 'button', title: name, tabindex } },
    name,
  );
  return h(
    'tr',
    {
      class: selection.has(place) ? 'selected' : '',
      attributes: {
        'data-place': place,
        'data-index': index,
        'aria-selected': grid ? String(selection.has(place)) : null,
      },
    },
    h('td', { class: 'box' }, box),
    h('th', { class: 'left', attributes: { scope: 'row' } }, open),
    ...columns.map(({ align, cell }) => h('td', { class: align }, cell(row))),
  );
};

/** Shows on the rows that are drawn which are selected. */
export const markRows = (body: HTMLElement, selection: Selection): void => {
  for (const row of body.querySelectorAll<HTMLElement>('tr[data-place]')) {
    const on = selection.has(Number(row.dataset['place']));
    row.classList.toggle('selected', on);
    if (row.hasAttribute('aria-selected')) row.setAttribute('aria-selected', String(on));
    const box = row.querySelector('input');
    if (box !== null) box.checked = on;
  }
};

export interface RowActions {
  /** Selects or not; `range` = as well what lies between it and the last one. */
  readonly select: (index: number, how: { readonly range: boolean }) => void;
  readonly selectAll: () => void;
  readonly open: (place: number) => void;
}

/** What pointer and keys do to the rows: one listener for all of them. */
export const listenToRows = (body: HTMLElement, { select, selectAll, open }: RowActions): void => {
  const rowOf = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-place]') : null;
  body.addEventListener('click', (event) => {
    const row = rowOf(event);
    if (row === null || !(event.target instanceof Element)) return;
    const index = Number(row.dataset['index']);
    if (event.target.closest('button') !== null && !event.ctrlKey && !event.metaKey)
      open(Number(row.dataset['place']));
    else if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey)
      select(index, { range: event.shiftKey });
    else if (event.shiftKey) select(index, { range: true });
  });
  // Shift would mark the text of the rows.
  body.addEventListener('mousedown', (event) => {
    if (event.shiftKey) event.preventDefault();
  });
  body.addEventListener('keydown', (event) => {
    const row = rowOf(event);
    if (row === null) return;
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      selectAll();
      return;
    }
    if (event.target !== row) return;
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.key === ' ') select(Number(row.dataset['index']), { range: event.shiftKey });
    else open(Number(row.dataset['place']));
  });
};
