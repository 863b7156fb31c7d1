import type { Scale } from './scale';
import { label, shape, type Shape } from './shape';

/** Where the grid lies: its ends across, and how a tick is placed and written. */
export interface GridOptions {
  readonly left: number;
  readonly right: number;
  readonly y: Scale;
  readonly format: (tick: number) => string;
}

/** A horizontal line at each tick of the y axis, with its value before it. */
export const gridLines = (ticks: readonly number[], options: GridOptions): readonly Shape[] => {
  const { left, right, y, format } = options;
  return ticks.flatMap((tick) => [
    shape('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }),
    label({ x: left - 8, y: y(tick) + 4 }, format(tick), 'end', 'tick'),
  ]);
};
