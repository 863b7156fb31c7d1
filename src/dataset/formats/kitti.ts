import { areaClass } from './records/areas';
import { rowFormat } from './rowFiles/rowFormat';
import type { Row } from './rowFiles/rowFormat';

/** type, truncated, occluded, alpha, box, size, place, turn; results have a score behind. */
const fieldsOfRow = [15, 16];

const rowOf = (line: string): Row => {
  const [name = '', ...rest] = line.split(/\s+/);
  const numbers = rest.map(Number);
  if (!fieldsOfRow.includes(numbers.length + 1) || !numbers.every(Number.isFinite)) return null;
  if (!Number.isNaN(Number(name))) return null;
  if (name === 'DontCare') return { kind: 'left-out' };
  const [left = 0, top = 0, right = 0, bottom = 0] = numbers.slice(3);
  const area = areaClass(Math.max(0, right - left) * Math.max(0, bottom - top));
  return { kind: 'object', name, area };
};

/**
 * KITTI: `label_2` beside `image_2`, or `labels` beside `images` as others write it, or texts
 * beside the pictures; splits by folder or by the lists of `ImageSets`. Regions marked DontCare are
 * told and not counted.
 */
export const kitti = rowFormat({
  id: 'kitti',
  layout: {
    isLabels: (name) => /^(?:label_0?2|labels?)$/i.test(name),
    isPictures: (name) => /^(?:image_0?2|images?|data)$/i.test(name),
  },
  row: rowOf,
  leftOut: 'dataset/kitti-dont-care',
});
