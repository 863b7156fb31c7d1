import type { Band } from '../profile/types';
import { linearScale, linearTicks } from './scale';
import { group, label, shape, type Shape } from './shape';

export interface DumbbellRow {
  readonly name: string;
  readonly band: Band | null;
  /** Shares in [0, 1]; null where there is no score. */
  readonly before: number | null;
  readonly after: number | null;
  /** The row in words. */
  readonly description: string;
}

export interface DumbbellOptions {
  readonly width: number;
  readonly format: (share: number) => string;
  readonly description: string;
}

const pitch = 24;
const edge = { right: 56, top: 8, bottom: 28 };
const longestName = 18;

const fitted = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;

/**
 * One row a class: an open circle before, a filled one after, a line between that says better or
 * worse by class name, and the number after at the end. Rows in the order given.
 */
export const dumbbell = (rows: readonly DumbbellRow[], options: DumbbellOptions): Shape => {
  const { width, format } = options;
  const letters = rows.reduce((most, { name }) => Math.max(most, fitted(name).length), 3);
  const margin = { ...edge, left: 20 + letters * 6.2 };
  const height = margin.top + margin.bottom + Math.max(1, rows.length) * pitch;
  const base = height - margin.bottom;
  const x = linearScale({ from: 0, to: 1 }, { from: margin.left, to: width - margin.right });
  const grid = linearTicks({ from: 0, to: 1 }, 5).flatMap((tick) => [
    shape('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: margin.top, y2: base }),
    label({ x: x(tick), y: base + 18 }, format(tick), 'middle', 'tick'),
  ]);
  const drawn = rows.map(({ name, band, before, after, description }, i) => {
    const y = margin.top + (i + 0.5) * pitch;
    const better = before !== null && after !== null && after >= before;
    return group({ class: `row band-${band ?? 'none'}` }, [
      { tag: 'title', attributes: {}, text: description },
      shape('rect', { class: 'hit', x: 0, y: y - pitch / 2, width, height: pitch }),
      label({ x: margin.left - 12, y: y + 4 }, fitted(name), 'end', 'name'),
      ...(before !== null && after !== null
        ? [
            shape('line', {
              class: `change ${better ? 'better' : 'worse'}`,
              x1: x(before),
              x2: x(after),
              y1: y,
              y2: y,
            }),
          ]
        : []),
      ...(before === null
        ? []
        : [shape('circle', { class: 'before', cx: x(before), cy: y, r: 4.5 })]),
      ...(after === null ? [] : [shape('circle', { class: 'after', cx: x(after), cy: y, r: 5 })]),
      label({ x: width - 8, y: y + 4 }, after === null ? '–' : format(after), 'end', 'value'),
    ]);
  });
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart dumbbell',
      role: 'img',
      'aria-label': options.description,
    },
    children: [...grid, ...drawn],
  };
};
