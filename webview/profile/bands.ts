import { bandEdges, bandGrip, barsBefore } from '../../src/charts/bandGrips';
import type { Bar, Ranked } from '../../src/charts/rankFrequency';
import type { ProfileFacts } from '../../src/profile/classRows';
import type { Bands } from '../../src/profile/types';
import { words } from '../../src/words/say';
import { draw } from '../ui/dom';
import type { Classes } from './classes';

/** Thresholds a person has set: many above the one, few below the other. */
export type Thresholds = Bands['thresholds'];

/** The profile with bands by these thresholds; as it is for null. */
export const withThresholds = (
  profile: ProfileFacts,
  classes: Classes,
  thresholds: Thresholds | null,
): { readonly profile: ProfileFacts; readonly classes: Classes } => {
  if (thresholds === null) return { profile, classes };
  const { manyAbove, fewBelow } = thresholds;
  const bands = new Uint8Array(classes.length);
  for (let place = 0; place < bands.length; place++) {
    const count = classes.counts[place] ?? 0;
    bands[place] = count > manyAbove ? 0 : count < fewBelow ? 2 : 1;
  }
  return {
    profile: { ...profile, bands: { scheme: 'custom', thresholds } },
    classes: { ...classes, bands },
  };
};

/** The thresholds that part classes as they are parted now, whatever the scheme. */
export const thresholdsOf = ({ counts, bands }: Pick<Classes, 'counts' | 'bands'>): Thresholds => {
  let [largest, leastMany, mostFew] = [0, Infinity, -1];
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place] ?? 0;
    largest = Math.max(largest, count);
    if (bands[place] === 0) leastMany = Math.min(leastMany, count);
    if (bands[place] === 2) mostFew = Math.max(mostFew, count);
  }
  return {
    manyAbove: leastMany === Infinity ? largest : Math.max(0, leastMany - 1),
    fewBelow: mostFew + 1,
  };
};

/**
 * Thresholds after an edge was moved to stand after the first `place` classes by rank.
 * The edges never cross, and classes of one size stay in one band.
 */
export const moveEdge = (
  ranked: {
    readonly length: number;
    at(rank: number): { readonly count: number } | undefined;
  },
  { manyAbove, fewBelow }: Thresholds,
  edge: 'many' | 'few',
  place: number,
): Thresholds => {
  const after = ranked.at(place)?.count;
  if (edge === 'few')
    return {
      manyAbove,
      fewBelow: after === undefined ? 0 : Math.min(after + 1, manyAbove + 1),
    };
  const above = after ?? Math.max(0, (ranked.at(ranked.length - 1)?.count ?? 0) - 1);
  return { manyAbove: Math.max(above, fewBelow - 1), fewBelow };
};

export interface GripOptions {
  readonly svg: SVGElement;
  readonly bars: readonly Bar[];
  readonly width: number;
  /** Where the bars stand. */
  readonly base: number;
  readonly ranked: Ranked;
  readonly thresholds: Thresholds;
  /** Called while an edge moves and once at the end; the chart draws itself anew. */
  readonly onMove: (thresholds: Thresholds, edge: 'many' | 'few') => void;
}

/** Edges between bands as grips: dragged by pointer, moved by arrow keys, named as sliders. */
export const addGrips = (options: GripOptions): void => {
  const { svg, bars, width, base, ranked, thresholds, onMove } = options;
  const ranks = (bar: number): number => bars[bar]?.from ?? ranked.length + 1;
  for (const place of bandEdges(bars, width)) {
    const { edge } = place;
    const grip = draw(bandGrip(place, base));
    const at = barsBefore(bars, place.x);
    const value = edge === 'many' ? thresholds.manyAbove : thresholds.fewBelow;
    const attributes = {
      role: 'slider',
      tabindex: '0',
      'aria-label': words(`pages/bands/${edge}`),
      'aria-valuemin': '0',
      'aria-valuemax': String(ranked.length),
      'aria-valuenow': String(ranks(at) - 1),
      'aria-valuetext': words(`pages/bands/${edge}/value`, { value }),
    };
    for (const [name, text] of Object.entries(attributes)) grip.setAttribute(name, text);
    const state = { bar: at };
    const moveTo = (bar: number): void => {
      if (bar === state.bar) return;
      state.bar = bar;
      onMove(moveEdge(ranked, thresholds, edge, ranks(Math.max(0, bar)) - 1), edge);
    };
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
    };
    grip.addEventListener('keydown', (event) => {
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      // Classes of one size move together: the next size is where the edge can stand.
      let to = at + step;
      const count = (bar: number): number => bars[bar]?.first.count ?? -1;
      while (to > 0 && to < bars.length && count(to) === count(to - 1)) to += Math.sign(step);
      moveTo(Math.min(bars.length, to));
    });
    grip.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      grip.focus();
      const scale = width / Math.max(1, svg.getBoundingClientRect().width);
      const left = svg.getBoundingClientRect().left;
      const follow = (moved: PointerEvent): void =>
        moveTo(barsBefore(bars, (moved.clientX - left) * scale));
      const end = (): void => {
        window.removeEventListener('pointermove', follow);
        window.removeEventListener('pointerup', end);
        window.removeEventListener('pointercancel', end);
      };
      window.addEventListener('pointermove', follow);
      window.addEventListener('pointerup', end);
      window.addEventListener('pointercancel', end);
    });
    svg.append(grip);
  }
};
