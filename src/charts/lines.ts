import { gridLines } from './grid';
import { linearScale, linearTicks } from './scale';
import { group, label, shape, through, type Point, type Shape } from './shape';

export interface Series {
  /** Class of the line, for its colour and dashes. */
  readonly kind: string;
  readonly name: string;
  /** Ascending x. */
  readonly points: readonly Point[];
}

/** A place on the x axis with a name: where a stage begins. */
export interface Mark {
  readonly x: number;
  readonly name: string;
}

export interface LinesOptions {
  readonly width: number;
  readonly height: number;
  readonly xName: string;
  /** Fixed top of the y axis (1 for shares); otherwise the largest value. */
  readonly yMax?: number;
  /** Fixed end of the x axis, so that a live chart does not stretch. */
  readonly xMax?: number;
  readonly format: (value: number) => string;
  readonly formatX: (value: number) => string;
  /** What the chart shows, for those who hear it. */
  readonly description: string;
  readonly marks?: readonly Mark[];
}

const margin = { left: 46, right: 92, top: 14, bottom: 34 };

/** Moves heights apart, in order, to at least `distance`, keeping them within [low, high] if they fit. */
export const spread = (
  heights: readonly number[],
  distance: number,
  { low, high }: { readonly low: number; readonly high: number },
): readonly number[] => {
  const order = heights.map((height, i) => ({ height, i })).sort((a, b) => a.height - b.height);
  let last = low - distance;
  const placed = order.map(({ height, i }) => {
    last = Math.max(height, last + distance);
    return { i, height: last };
  });
  let next = high + distance;
  for (const item of placed.reverse()) {
    next = Math.min(item.height, next - distance);
    item.height = next;
  }
  const result = new Array<number>(heights.length).fill(0);
  for (const { i, height } of placed) result[i] = height;
  return result;
};

/**
 * Lines over a common axis, each named at its end. The y axis starts at 0. Series without points
 * are left out; without any the frame stays, so that a live chart has its place.
 */
export const lineChart = (series: readonly Series[], options: LinesOptions): Shape => {
  const { width, height, format, formatX } = options;
  const drawn = series.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const largest = options.yMax ?? all.reduce((top, { y }) => Math.max(top, y), 1e-6);
  const yTicks = linearTicks({ from: 0, to: largest }, 5);
  const xLast = options.xMax ?? all.reduce((end, { x }) => Math.max(end, x), 1);
  const x = linearScale({ from: 0, to: xLast }, { from: margin.left, to: width - margin.right });
  const y = linearScale(
    { from: 0, to: options.yMax ?? yTicks.at(-1) ?? 1 },
    { from: height - margin.bottom, to: margin.top },
  );
  const base = height - margin.bottom;
  const grid = gridLines(yTicks, {
    left: margin.left,
    right: width - margin.right,
    y,
    format,
  });
  const xAxis = [
    label({ x: margin.left, y: base + 18 }, formatX(0), 'middle', 'tick'),
    label({ x: x(xLast), y: base + 18 }, formatX(xLast), 'middle', 'tick'),
    label(
      { x: (margin.left + width - margin.right) / 2, y: base + 18 },
      options.xName,
      'middle',
      'tick',
    ),
  ];
  const marks = (options.marks ?? []).flatMap((mark) => [
    shape('line', { class: 'mark', x1: x(mark.x), x2: x(mark.x), y1: margin.top, y2: base }),
    label({ x: x(mark.x) + 4, y: margin.top + 8 }, mark.name, 'start', 'mark-name'),
  ]);
  const ends = spread(
    drawn.map(({ points }) => y(points.at(-1)?.y ?? 0)),
    14,
    { low: margin.top, high: base },
  );
  const lines = drawn.map(({ kind, name, points }, i) => {
    const screen = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
    const end = screen.at(-1) ?? { x: 0, y: 0 };
    return group({ class: `series ${kind}` }, [
      shape('polyline', { points: through(screen) }),
      shape('circle', { cx: end.x, cy: end.y, r: 3 }),
      label({ x: end.x + 8, y: (ends[i] ?? end.y) + 4 }, name, 'start', 'series-name'),
    ]);
  });
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart lines',
      role: 'img',
      'aria-label': options.description,
    },
    children: [...grid, ...xAxis, ...marks, ...lines],
  };
};
