import { h, replace } from './dom';

/** Height of a row in a windowed table; the style sheet holds rows to it. */
export const rowHeight = 28;
const spare = 10;
/** More rows than this scroll inside their box. */
const tallRows = 20;

export interface WindowedOptions {
  readonly scroll: HTMLElement;
  readonly table: HTMLTableElement;
  readonly body: HTMLTableSectionElement;
  /** Up to this many rows the table is a plain one. */
  readonly limit: number;
}

type MakeRow = (index: number) => HTMLTableRowElement;

export interface WindowedRows {
  /** `stay` = the rows are the ones shown before: what is in view stays in view. */
  show(count: number, make: MakeRow, stay?: boolean): void;
}

/** First and last row (exclusive) to draw for a scroll position. Pure. */
export const visibleRows = (
  top: number,
  height: number,
  count: number,
): { readonly from: number; readonly to: number } => {
  const from = Math.max(0, Math.floor(top / rowHeight) - spare);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + spare);
  return { from: Math.min(from, Math.max(0, to - 1)), to };
};

const spacer = (rows: number): HTMLTableRowElement => {
  const row = h('tr', { class: 'spacer', attributes: { 'aria-hidden': 'true' } }, h('td'));
  row.style.height = `${rows * rowHeight}px`;
  return row;
};

/**
 * Keeps only the rows near the view in the document when there are many. The table is then a grid:
 * its rows say their index, one of them has the tab stop, arrows move it.
 */
export const windowRows = ({ scroll, table, body, limit }: WindowedOptions): WindowedRows => {
  const state = { count: 0, active: 0, make: (() => h('tr')) as MakeRow };
  const draw = (): void => {
    const { from, to } = visibleRows(scroll.scrollTop, scroll.clientHeight, state.count);
    const rows = Array.from({ length: to - from }, (_, i) => {
      const index = from + i;
      const row = state.make(index);
      row.setAttribute('aria-rowindex', String(index + 2));
      row.setAttribute('tabindex', index === state.active ? '0' : '-1');
      row.dataset['row'] = String(index);
      return row;
    });
    const focused = body.contains(document.activeElement);
    replace(body, spacer(from), ...rows, spacer(state.count - to));
    // Scrolling draws the rows anew; the row that had the focus keeps it.
    if (focused) rows[state.active - from]?.focus({ preventScroll: true });
  };
  const focusRow = (index: number): void => {
    state.active = Math.min(state.count - 1, Math.max(0, index));
    const top = state.active * rowHeight;
    const head = table.tHead?.offsetHeight ?? 0;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + rowHeight + head > scroll.scrollTop + scroll.clientHeight)
      scroll.scrollTop = top + rowHeight + head - scroll.clientHeight;
    draw();
    body.querySelector<HTMLElement>(`[data-row="${state.active}"]`)?.focus();
  };
  const page = (): number => Math.max(1, Math.floor(scroll.clientHeight / rowHeight) - 2);
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => state.active + 1,
    ArrowUp: () => state.active - 1,
    PageDown: () => state.active + page(),
    PageUp: () => state.active - page(),
    Home: () => 0,
    End: () => state.count - 1,
  };
  body.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (state.count <= limit || step === undefined) return;
    event.preventDefault();
    focusRow(step());
  });
  scroll.addEventListener('scroll', () => {
    if (state.count > limit) draw();
  });
  return {
    show: (count, make, stay = false) => {
      Object.assign(state, { count, make, active: stay ? state.active : 0 });
      const windowed = count > limit;
      scroll.classList.toggle('tall', count > tallRows);
      scroll.classList.toggle('windowed', windowed);
      if (!stay) scroll.scrollTop = 0;
      if (!windowed) {
        table.removeAttribute('role');
        table.removeAttribute('aria-rowcount');
        replace(body, ...Array.from({ length: count }, (_, i) => make(i)));
        return;
      }
      table.setAttribute('role', 'grid');
      table.setAttribute('aria-rowcount', String(count + 1));
      const height = scroll.clientHeight;
      draw();
      // Before the page is laid out the view has no height; once it has, fill it.
      requestAnimationFrame(() => {
        if (scroll.clientHeight !== height) draw();
      });
    },
  };
};
