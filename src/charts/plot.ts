import { linearScale, linearTicks, logScale, logTicks, powersAround, type Scale } from './scale';
import { group, label, shape, through, type Point, type Shape } from './shape';

/** One axis: how it is scaled, how far it goes, what it is called and how its values are written. */
export interface Axis {
  readonly scale: 'linear' | 'log';
  /** Ends; those of the data where absent. On a log axis they become powers of ten. */
  readonly from?: number;
  readonly to?: number;
  readonly name: string;
  readonly format: (value: number) => string;
}

export interface PlotSeries {
  /** Class of the marks, for colour and dashes. */
  readonly kind: string;
  /** Written beside the last point of a line; empty for none. */
  readonly name: string;
  readonly draw: 'line' | 'points';
  /** A line joins them in this order. On a log axis values of 0 and less are left out. */
  readonly points: readonly Point[];
  /** What each point says on hover, where it says something. */
  readonly titles?: readonly string[];
}

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** What the chart shows, for those who hear it. */
  readonly description: string;
  /** A vertical rule with a name: the value that is chosen. */
  readonly mark?: { readonly x: number; readonly name: string };
}

const margin = { left: 58, right: 16, top: 26, bottom: 40 };
/** An average letter of a name beside a line, in pixels. */
const letterWidth = 6.1;
/** More names than this many pixels apart would run into each other. */
const lineHeight = 14;

interface DrawnAxis {
  readonly place: Scale;
  readonly ticks: readonly number[];
}

/** Scale and ticks of an axis over the values of all series; [0, 1] where there are none. */
const axisOf = (
  axis: Axis,
  values: readonly number[],
  range: { readonly from: number; readonly to: number },
): DrawnAxis => {
  const usable = axis.scale === 'log' ? values.filter((value) => value > 0) : values;
  const low = axis.from ?? usable.reduce((a, b) => Math.min(a, b), Infinity);
  const high = axis.to ?? usable.reduce((a, b) => Math.max(a, b), -Infinity);
  const ends =
    low <= high ? { from: low, to: high } : { from: axis.scale === 'log' ? 1 : 0, to: 1 };
  if (axis.scale === 'log') {
    const powers = powersAround(ends.from, ends.to);
    const all = logTicks(powers);
    // At most nine labels: a rate of a millionth to a million has thirteen powers.
    const every = Math.ceil(all.length / 9);
    return { place: logScale(powers, range), ticks: all.filter((_, i) => i % every === 0) };
  }
  const ticks = linearTicks(ends, 5).filter((tick) => axis.to === undefined || tick <= axis.to);
  const to = axis.to ?? ticks.at(-1) ?? ends.to;
  return { place: linearScale({ from: ends.from, to }, range), ticks };
};

/** Heights of the names at the ends of lines, moved apart from the top down. */
const apart = (heights: readonly number[]): readonly number[] => {
  const order = heights.map((height, i) => ({ height, i })).sort((a, b) => a.height - b.height);
  let last = -Infinity;
  const placed = new Array<number>(heights.length).fill(0);
  for (const { height, i } of order) {
    last = Math.max(height, last + lineHeight);
    placed[i] = last;
  }
  return placed;
};

const marksOf = (
  series: PlotSeries,
  points: readonly (Point & { readonly title: string | undefined })[],
): readonly Shape[] => {
  if (series.draw === 'line') return [shape('polyline', { points: through(points) })];
  return points.map(({ x, y, title }) => {
    const dot = shape('circle', { cx: x, cy: y, r: 3 });
    if (title === undefined) return dot;
    return { ...dot, children: [{ tag: 'title', attributes: {}, text: title }] };
  });
};

/**
 * Lines and points over two axes, each linear or logarithmic. Series without a point that can be
 * drawn are left out; without any the frame stays.
 */
export const plot = (series: readonly PlotSeries[], options: PlotOptions): Shape => {
  const { width, height } = options;
  const base = height - margin.bottom;
  const longest = series.reduce((most, { name }) => Math.max(most, name.length), 0);
  const right = width - margin.right - longest * letterWidth;
  const points = series.flatMap((one) => one.points);
  const x = axisOf(
    options.x,
    points.map((point) => point.x),
    { from: margin.left, to: right },
  );
  const y = axisOf(
    options.y,
    points.map((point) => point.y),
    { from: base, to: margin.top },
  );
  const canBeSeen = (point: Point): boolean =>
    (options.x.scale === 'linear' || point.x > 0) && (options.y.scale === 'linear' || point.y > 0);
  const drawn = series
    .map((one) => ({
      one,
      placed: one.points.flatMap((point, i) =>
        canBeSeen(point)
          ? [{ x: x.place(point.x), y: y.place(point.y), title: one.titles?.[i] }]
          : [],
      ),
    }))
    .filter(({ placed }) => placed.length > 0);
  const ends = apart(drawn.map(({ placed }) => placed.at(-1)?.y ?? 0));
  const grid = [
    ...y.ticks.flatMap((tick) => [
      shape('line', {
        class: 'grid',
        x1: margin.left,
        x2: right,
        y1: y.place(tick),
        y2: y.place(tick),
      }),
      label({ x: margin.left - 8, y: y.place(tick) + 4 }, options.y.format(tick), 'end', 'tick'),
    ]),
    ...x.ticks.map((tick) =>
      label({ x: x.place(tick), y: base + 16 }, options.x.format(tick), 'middle', 'tick'),
    ),
    label({ x: (margin.left + right) / 2, y: base + 33 }, options.x.name, 'middle', 'axis-name'),
    label({ x: 4, y: margin.top - 14 }, options.y.name, 'start', 'axis-name'),
  ];
  const { mark } = options;
  const rule =
    mark === undefined
      ? []
      : [
          shape('line', {
            class: 'mark',
            x1: x.place(mark.x),
            x2: x.place(mark.x),
            y1: margin.top,
            y2: base,
          }),
          label({ x: x.place(mark.x) + 4, y: margin.top + 9 }, mark.name, 'start', 'mark-name'),
        ];
  const lines = drawn.map(({ one, placed }, i) =>
    group({ class: `series ${one.kind} ${one.draw}` }, [
      ...marksOf(one, placed),
      ...(one.name === ''
        ? []
        : [label({ x: right + 8, y: (ends[i] ?? 0) + 4 }, one.name, 'start', 'series-name')]),
    ]),
  );
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart plot',
      role: 'img',
      'aria-label': options.description,
    },
    children: [...grid, ...rule, ...lines],
  };
};
