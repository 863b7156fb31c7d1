import type { Table } from '../../src/report/tables';
import { h } from './dom';

/** A table of the report as an element; the first cell of a row is its header. */
export const tableElement = (table: Table, caption: string): HTMLElement =>
  h(
    'div',
    { class: 'scroll', attributes: { tabindex: 0, role: 'region', 'aria-label': caption } },
    h(
      'table',
      {},
      h('caption', { class: 'hidden' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...table.columns.map(({ label, align }) =>
            h('th', { class: align, attributes: { scope: 'col' } }, label),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        ...table.rows.map(({ cells, marked }) =>
          h(
            'tr',
            { class: marked ? 'marked' : '' },
            ...cells.map(({ text, tone }, i) => {
              const props = { class: `${table.columns[i]?.align ?? 'left'} ${tone ?? ''}`.trim() };
              return i === 0
                ? h('th', { ...props, attributes: { scope: 'row' } }, text)
                : h('td', props, text);
            }),
          ),
        ),
      ),
    ),
  );
