import { margin, type Bar } from './rankFrequency';
import { group, shape, type Shape } from './shape';

/** Where one band ends and the next begins: after the last many, before the first few. */
export interface BandEdge {
  readonly edge: 'many' | 'few';
  readonly x: number;
}

/** Both edges over bars in order of rank; a band that is empty begins and ends at the chart's end. */
export const bandEdges = (bars: readonly Bar[], width: number): readonly BandEdge[] => {
  const middle = (i: number): number => {
    const before = bars[i - 1];
    const after = bars[i];
    if (before === undefined) return after === undefined ? margin.left : after.x - 3;
    if (after === undefined) return Math.min(width - margin.right, before.x + before.width + 3);
    return (before.x + before.width + after.x) / 2;
  };
  const firstFew = bars.findIndex(({ band }) => band === 'few');
  const afterMany = bars.findLastIndex(({ band }) => band === 'many') + 1;
  return [
    { edge: 'many', x: middle(afterMany) },
    { edge: 'few', x: middle(firstFew === -1 ? bars.length : firstFew) },
  ];
};

/** How many bars lie left of a place. */
export const barsBefore = (bars: readonly Bar[], x: number): number =>
  bars.filter((bar) => bar.x + bar.width / 2 < x).length;

/** A grip a person can drag: the rule over the plot, wide enough for a finger. */
export const bandGrip = ({ edge, x }: BandEdge, base: number): Shape =>
  group({ class: 'grip', 'data-edge': edge }, [
    shape('rect', {
      class: 'hit',
      x: x - 7,
      y: margin.top - 22,
      width: 14,
      height: base - margin.top + 22,
    }),
    shape('line', {
      class: 'grip-line',
      x1: x,
      x2: x,
      y1: margin.top - 18,
      y2: base,
    }),
    shape('circle', { cx: x, cy: margin.top - 14, r: 5 }),
  ]);
