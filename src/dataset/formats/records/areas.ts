import type { AreaClass } from '../../types';
import { isList } from './values';

/** COCO's limits: below 32² and below 96² pixels. */
export const areaClass = (pixels: number): AreaClass =>
  !(pixels > 0) ? 0 : pixels < 32 * 32 ? 1 : pixels < 96 * 96 ? 2 : 3;

/** Area class of a box as x, y, width, height; 0 where it is none, or in shares of the picture. */
export const boxArea = (box: unknown): AreaClass => {
  if (!isList(box) || box.length !== 4) return 0;
  const [, , width = 0, height = 0] = [...box].map(Number);
  return width <= 1 && height <= 1 ? 0 : areaClass(width * height);
};
