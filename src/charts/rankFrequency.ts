import type { Band } from '../profile/types';
import { gridLines } from './grid';
import { decades, linearScale, linearTicks, logScale, logTicks } from './scale';
import { group, label, shape, through, type Point, type Shape } from './shape';

export interface RankedClass {
  readonly name: string;
  readonly count: number;
  readonly band: Band;
}

export interface RankFrequencyOptions {
  readonly width: number;
  readonly height: number;
  readonly axis: 'log' | 'linear';
  readonly bandNames: Readonly<Record<Band, string>>;
  readonly format: (count: number) => string;
  /** Sentence that names one bar for those who hear the page. */
  readonly describe: (bar: Bar) => string;
  /** A second series over the same classes, drawn as a dotted line (draws per class of a sampler). */
  readonly overlay?: { readonly values: ArrayLike<number>; readonly label: string };
}

/** One bar: a class, or neighbours in rank where there are more classes than columns. */
export interface Bar {
  readonly first: RankedClass;
  readonly last: RankedClass;
  /** Ranks from 1. */
  readonly from: number;
  readonly to: number;
  readonly band: Band;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** More bars than this are drawn as columns of neighbours; the table has every value. */
export const mostBars = 400;
const labelledBars = 24;
/** Room around the bars. */
export const margin = { left: 56, right: 12, top: 34, bottom: 34 };
/** Names stand aslant where a bar is narrower than this, with as much room below. */
const aslantBelow = 46;
const aslantRoom = 86;

/** Falling counts, names in alphabetical order where they tie. */
export const byRank = <T extends { readonly name: string; readonly count: number }>(
  classes: readonly T[],
): readonly T[] =>
  [...classes].sort(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );

/** The frame of the bars; `bottom` is the room for names below them. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly bottom?: number;
}

/** Classes by rank from 0: a list, or what makes one class of many when it is asked for. */
export interface Ranked {
  readonly length: number;
  at(rank: number): RankedClass | undefined;
}

const columns = (ranked: Ranked): readonly (readonly [number, number])[] => {
  const count = Math.min(ranked.length, mostBars);
  const cut = (i: number): number => Math.floor((i * ranked.length) / count);
  return Array.from({ length: count }, (_, i) => [cut(i), cut(i + 1)] as const);
};

/** Geometry of the bars, classes in order of rank; a group is as high as its largest class. */
export const layoutBars = (
  ranked: Ranked,
  { width, height, bottom = margin.bottom }: PlotFrame,
  y: (count: number) => number,
): readonly Bar[] => {
  const inner = width - margin.left - margin.right;
  const base = height - bottom;
  const groups = columns(ranked);
  const pitch = inner / Math.max(1, groups.length);
  // Narrow bars overlap by a hair: edges between pixels would show as stripes.
  const gap = pitch > 8 ? Math.min(12, pitch * 0.2) : pitch > 3 ? 1 : -0.4;
  return groups.flatMap(([from, end], i) => {
    const first = ranked.at(from);
    const last = ranked.at(end - 1);
    if (first === undefined || last === undefined) return [];
    // A class of one sample stands on the log axis at its lowest line: it still gets two pixels.
    const top = first.count > 0 ? Math.min(y(first.count), base - 2) : base;
    return [
      {
        first,
        last,
        from: from + 1,
        to: end,
        band: first.band,
        x: margin.left + i * pitch + gap / 2,
        y: top,
        width: Math.max(0.5, Math.min(pitch - gap, 90)),
        height: base - top,
      },
    ];
  });
};

/** Neighbouring bars of one band, as stretches. */
const stretches = (bars: readonly Bar[]): readonly { band: Band; bars: readonly Bar[] }[] => {
  const found: { band: Band; bars: Bar[] }[] = [];
  for (const bar of bars) {
    const open = found.at(-1);
    if (open?.band === bar.band) open.bars.push(bar);
    else found.push({ band: bar.band, bars: [bar] });
  }
  return found;
};

/** As much of a name as fits, by an average letter; the whole one is in the description. */
const fitted = (name: string, pixels: number): string => {
  const letters = Math.max(1, Math.floor(pixels / 6.2));
  return name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - 1))}…`;
};

const bandLabels = (bars: readonly Bar[], options: RankFrequencyOptions): Shape[] =>
  stretches(bars).flatMap(({ band, bars: own }) => {
    const start = own[0];
    const end = own.at(-1);
    if (start === undefined || end === undefined) return [];
    const right = end.x + end.width;
    const middle = { x: (start.x + right) / 2, y: margin.top - 20 };
    const line = { x1: start.x, x2: right, y1: margin.top - 14, y2: margin.top - 14 };
    const name = options.bandNames[band];
    return [
      shape('line', { ...line, class: `band-rule band-${band}` }),
      ...(right - start.x >= name.length * 6
        ? [label(middle, name, 'middle', `band-name band-${band}`)]
        : []),
    ];
  });

const overlayShapes = (
  bars: readonly Bar[],
  y: (count: number) => number,
  options: RankFrequencyOptions,
): Shape[] => {
  if (options.overlay === undefined) return [];
  const { values, label: text } = options.overlay;
  const points = bars.flatMap((bar): Point[] => {
    const value = values[bar.from - 1];
    return value === undefined ? [] : [{ x: bar.x + bar.width / 2, y: y(value) }];
  });
  const end = points.at(-1);
  if (end === undefined) return [];
  return [
    shape('polyline', { points: through(points), class: 'overlay' }),
    label({ x: options.width - margin.right, y: end.y - 20 }, text, 'end', 'overlay-name'),
  ];
};

/** How a bar is named: beside its neighbours, aslant below them, or not at all. */
type Naming = 'level' | 'aslant' | 'none';

const nameOf = (bar: Bar, base: number, naming: Naming): Shape => {
  const middle = bar.x + bar.width / 2;
  if (naming === 'level')
    return label(
      { x: middle, y: base + 16 },
      fitted(bar.first.name, bar.width + 10),
      'middle',
      'name',
    );
  const at = { x: middle + 4, y: base + 12 };
  const name = label(at, fitted(bar.first.name, aslantRoom), 'end', 'name');
  return { ...name, attributes: { ...name.attributes, transform: `rotate(-45 ${at.x} ${at.y})` } };
};

const drawBar = (
  bar: Bar,
  index: number,
  options: RankFrequencyOptions,
  { base, naming }: { readonly base: number; readonly naming: Naming },
): Shape => {
  const middle = bar.x + bar.width / 2;
  return group(
    {
      class: `bar band-${bar.band}`,
      role: 'img',
      'aria-label': options.describe(bar),
      tabindex: index === 0 ? 0 : -1,
      'data-bar': index,
    },
    [
      shape('rect', {
        class: 'hit',
        x: bar.x,
        y: margin.top,
        width: bar.width,
        height: base - margin.top,
      }),
      shape('rect', {
        // An outline would leave nothing of so thin a bar.
        class: bar.width > 8 ? 'fill outlined' : 'fill',
        x: bar.x,
        y: bar.y,
        width: bar.width,
        height: bar.height,
        rx: bar.width > 8 ? 2 : 0,
      }),
      ...(naming === 'none'
        ? []
        : [
            label({ x: middle, y: bar.y - 5 }, options.format(bar.first.count), 'middle', 'value'),
            nameOf(bar, base, naming),
          ]),
    ],
  );
};

/** The least count above zero, of falling counts; 0 where there is none. */
const leastAbove = (ranked: Ranked): number => {
  let [from, to] = [0, ranked.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ranked.at(middle)?.count ?? 0) > 0) from = middle + 1;
    else to = middle;
  }
  return from === 0 ? 0 : (ranked.at(from - 1)?.count ?? 0);
};

/**
 * Classes by falling count as bars over rank, on a logarithmic or linear axis, bands marked by
 * class name, rule and label. No class gives an empty frame. Each bar has role img, a spoken name
 * and a roving tab stop (`data-bar` counts from 0).
 */
export const rankFrequency = (
  ranked: Ranked,
  options: RankFrequencyOptions,
): { readonly svg: Shape; readonly bars: readonly Bar[]; readonly base: number } => {
  const { width, height, axis, format } = options;
  const overlay = options.overlay?.values ?? [];
  let largest = Math.max(1, ranked.at(0)?.count ?? 0);
  for (let i = 0; i < overlay.length; i++) largest = Math.max(largest, overlay[i] ?? 0);
  const least = leastAbove(ranked);
  let smallest = least > 0 ? least : largest;
  for (let i = 0; i < overlay.length; i++) {
    const value = overlay[i] ?? 0;
    if (value > 0 && value < smallest) smallest = value;
  }
  const named = ranked.length <= labelledBars && ranked.length > 0;
  const pitch = (width - margin.left - margin.right) / Math.max(1, ranked.length);
  const naming: Naming = !named ? 'none' : pitch < aslantBelow ? 'aslant' : 'level';
  const bottom = naming === 'aslant' ? aslantRoom : margin.bottom;
  const base = height - bottom;
  const range = { from: base, to: margin.top };
  const log = decades(smallest, largest);
  const ticks = axis === 'log' ? logTicks(log) : linearTicks({ from: 0, to: largest }, 5);
  const top = ticks.at(-1) ?? 1;
  const y = axis === 'log' ? logScale(log, range) : linearScale({ from: 0, to: top }, range);
  const bars = layoutBars(ranked, { width, height, bottom }, y);
  const grid = gridLines(ticks, {
    left: margin.left,
    right: width - margin.right,
    y,
    format,
  });
  const svg: Shape = {
    tag: 'svg',
    attributes: { viewBox: `0 0 ${width} ${height}`, class: 'chart rank-frequency' },
    children: [
      group({ 'aria-hidden': 'true' }, grid),
      group({ 'aria-hidden': 'true' }, bandLabels(bars, options)),
      group(
        { class: 'bars', role: 'group' },
        bars.map((bar, i) => drawBar(bar, i, options, { base, naming })),
      ),
      group({ 'aria-hidden': 'true' }, overlayShapes(bars, y, options)),
    ],
  };
  return { svg, bars, base };
};
