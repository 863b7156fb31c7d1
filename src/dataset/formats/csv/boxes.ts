import type { AreaClass } from '../../types';
import { areaClass } from '../records/areas';
import type { Column } from './roles';

/** Columns of a box: two corners, or a corner and its size. */
export interface BoxColumns {
  readonly columns: readonly [number, number, number, number];
  readonly isCorners: boolean;
}

const corners = [
  ['xmin', 'ymin', 'xmax', 'ymax'],
  ['x1', 'y1', 'x2', 'y2'],
  ['left', 'top', 'right', 'bottom'],
];
const sizes = [
  ['x', 'y', 'w', 'h'],
  ['x', 'y', 'width', 'height'],
  ['left', 'top', 'width', 'height'],
  ['bboxx', 'bboxy', 'bboxwidth', 'bboxheight'],
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The columns that give a box, by their names; null without all four. */
export const boxColumns = (columns: readonly Column[]): BoxColumns | null => {
  const indexOf = (name: string): number => columns.findIndex((each) => plain(each.name) === name);
  for (const [isCorners, sets] of [
    [true, corners],
    [false, sizes],
  ] as const)
    for (const names of sets) {
      const [a = -1, b = -1, c = -1, d = -1] = names.map(indexOf);
      if (Math.min(a, b, c, d) >= 0) return { columns: [a, b, c, d], isCorners };
    }
  return null;
};

/** Area class of a row's box; 0 for coordinates that are shares of the picture. */
export const rowArea = (box: BoxColumns, text: (column: number) => string): AreaClass => {
  const [a, b, c, d] = box.columns.map((column) => Number(text(column))) as [
    number,
    number,
    number,
    number,
  ];
  if (Math.max(a, b, c, d) <= 1) return 0;
  return areaClass(box.isCorners ? (c - a) * (d - b) : c * d);
};
