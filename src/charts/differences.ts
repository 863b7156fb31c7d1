import type { Band } from '../profile/types';
import { linearScale, linearTicks } from './scale';
import { group, label, shape, type Shape } from './shape';

export interface DifferenceMark {
  readonly name: string;
  readonly band: Band | null;
  /** null where there is nothing to compare. */
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  /** More than chance: filled. */
  readonly found: boolean;
  /** Written at the end of a row. */
  readonly note: string;
  /** The mark in words. */
  readonly description: string;
}

export interface DifferencesOptions {
  readonly width: number;
  readonly format: (value: number) => string;
  /** Names of the two sides of zero. */
  readonly sides: { readonly below: string; readonly above: string };
  readonly description: string;
}

const pitch = 24;
const edge = { right: 96, top: 26, bottom: 28 };
const longestName = 18;

const fitted = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;

/** The end of the axis: round, and the same on both sides of zero. */
const reach = (marks: readonly DifferenceMark[]): number => {
  const most = marks.reduce(
    (far, { value, interval }) =>
      Math.max(far, Math.abs(value ?? 0), ...(interval ?? []).map(Math.abs)),
    0.05,
  );
  return linearTicks({ from: 0, to: Math.min(1, most) }, 3).at(-1) ?? 1;
};

/**
 * One row a class: a dot at its difference with a whisker for the interval, filled where it is a
 * finding, on an axis with zero in the middle. Each row can take the focus (`data-row` counts from
 * 0, one tab stop).
 */
export const differenceRows = (
  marks: readonly DifferenceMark[],
  options: DifferencesOptions,
): Shape => {
  const { width, format, sides } = options;
  const letters = marks.reduce((most, { name }) => Math.max(most, fitted(name).length), 3);
  const margin = { ...edge, left: 20 + letters * 6.2 };
  const height = margin.top + margin.bottom + Math.max(1, marks.length) * pitch;
  const base = height - margin.bottom;
  const end = reach(marks);
  const x = linearScale({ from: -end, to: end }, { from: margin.left, to: width - margin.right });
  const half = linearTicks({ from: 0, to: end }, 3).filter((tick) => tick <= end);
  const ticks = [...half.filter((tick) => tick > 0).map((tick) => -tick), ...half];
  const grid = ticks.flatMap((tick) => [
    shape('line', {
      class: tick === 0 ? 'zero' : 'grid',
      x1: x(tick),
      x2: x(tick),
      y1: margin.top,
      y2: base,
    }),
    label({ x: x(tick), y: base + 18 }, format(tick), 'middle', 'tick'),
  ]);
  const rows = marks.map((mark, i) => {
    const { name, band, value, interval, found, note, description } = mark;
    const y = margin.top + (i + 0.5) * pitch;
    const at = (share: number): number => x(Math.min(end, Math.max(-end, share)));
    return group(
      {
        class: `row band-${band ?? 'none'}${found ? ' found' : ''}`,
        'data-row': i,
        tabindex: i === 0 ? 0 : -1,
        role: 'img',
        'aria-label': description,
      },
      [
        { tag: 'title', attributes: {}, text: description },
        shape('rect', { class: 'hit', x: 0, y: y - pitch / 2, width, height: pitch }),
        label({ x: margin.left - 12, y: y + 4 }, fitted(name), 'end', 'name'),
        ...(interval === null
          ? []
          : [
              shape('line', {
                class: 'whisker',
                x1: at(interval[0]),
                x2: at(interval[1]),
                y1: y,
                y2: y,
              }),
            ]),
        ...(value === null
          ? []
          : [shape('circle', { class: 'dot', cx: at(value), cy: y, r: found ? 5 : 4.5 })]),
        label({ x: width - 8, y: y + 4 }, note, 'end', 'value'),
      ],
    );
  });
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart differences',
      role: 'group',
      'aria-label': options.description,
    },
    children: [
      ...grid,
      label({ x: x(0) - 8, y: margin.top - 10 }, `◂ ${sides.below}`, 'end', 'axis-name'),
      label({ x: x(0) + 8, y: margin.top - 10 }, `${sides.above} ▸`, 'start', 'axis-name'),
      ...rows,
    ],
  };
};
