import type { Band } from '../profile/types';
import {
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  powersAround,
  type Range,
  type Scale,
} from './scale';
import { group, label, shape, type Shape } from './shape';

export interface DumbbellRow {
  readonly name: string;
  readonly band: Band | null;
  /** Shares in [0, 1], on a log axis any numbers from 0 on; null where there is no score. */
  readonly before: number | null;
  readonly after: number | null;
  /** Stands at the end of the row; the value after where absent. */
  readonly value?: string;
  /** The row in words. */
  readonly description: string;
}

export interface DumbbellOptions {
  readonly width: number;
  readonly format: (share: number) => string;
  readonly description: string;
  /** `log` spans what is there, 0 at its lower end; shares on a straight axis where absent. */
  readonly scale?: 'log';
  /** Rows are parts to walk along: each has role img, a spoken name and `data-item`. */
  readonly walk?: boolean;
}

const pitch = 24;
const edge = { top: 8, bottom: 28 };
const longestName = 18;

const lower = ({ from, to }: Range): Range => ({ from: from / 10, to });

const fitted = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;

/** Places on the axis, its ticks and which of them is 0; a log axis ends at powers of ten. */
const axisOf = (
  rows: readonly DumbbellRow[],
  scale: DumbbellOptions['scale'],
  range: Range,
): { readonly place: Scale; readonly ticks: readonly number[]; readonly zero: number | null } => {
  const whole = { from: 0, to: 1 };
  if (scale === undefined)
    return { place: linearScale(whole, range), ticks: linearTicks(whole, 5), zero: null };
  const values = rows.flatMap(({ before, after }) => [before ?? 0, after ?? 0]);
  const filled = values.filter((value) => value > 0);
  const ends = powersAround(Math.min(1, ...filled), Math.max(...filled, 0) || 1);
  // A zero stands at the lower end, where nothing else may stand.
  const domain = values.includes(0) && filled.includes(ends.from) ? lower(ends) : ends;
  const zero = values.includes(0) ? domain.from : null;
  return { place: logScale(domain, range), ticks: logTicks(domain), zero };
};

/**
 * One row a class: an open circle before, a filled one after, a line between that says better or
 * worse by class name, and the number after at the end. Rows in the order given.
 */
export const dumbbell = (rows: readonly DumbbellRow[], options: DumbbellOptions): Shape => {
  const { width, format } = options;
  const letters = rows.reduce((most, { name }) => Math.max(most, fitted(name).length), 3);
  const valueLetters = rows.reduce((most, { value = '' }) => Math.max(most, value.length), 6);
  const margin = { ...edge, left: 20 + letters * 6.2, right: 20 + valueLetters * 6.2 };
  const height = margin.top + margin.bottom + Math.max(1, rows.length) * pitch;
  const base = height - margin.bottom;
  const {
    place: x,
    ticks,
    zero,
  } = axisOf(rows, options.scale, {
    from: margin.left,
    to: width - margin.right,
  });
  const grid = ticks.flatMap((tick) => [
    shape('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: margin.top, y2: base }),
    label({ x: x(tick), y: base + 18 }, format(tick === zero ? 0 : tick), 'middle', 'tick'),
  ]);
  const drawn = rows.map(({ name, band, before, after, value, description }, i) => {
    const y = margin.top + (i + 0.5) * pitch;
    const better = before !== null && after !== null && after >= before;
    const part = {
      role: 'img',
      'aria-label': description,
      'data-item': i,
      tabindex: i === 0 ? 0 : -1,
    };
    const attributes = { class: `row band-${band ?? 'none'}`, ...(options.walk ? part : {}) };
    return group(attributes, [
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
      label(
        { x: width - 8, y: y + 4 },
        value ?? (after === null ? '–' : format(after)),
        'end',
        'value',
      ),
    ]);
  });
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart dumbbell',
      role: options.walk ? 'group' : 'img',
      'aria-label': options.description,
    },
    children: [group({ 'aria-hidden': 'true' }, grid), ...drawn],
  };
};
