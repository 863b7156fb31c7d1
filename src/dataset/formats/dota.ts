import { areaClass } from './records/areas';
import { rowFormat } from './rowFiles/rowFormat';
import type { Row } from './rowFiles/rowFormat';

const header = /^(?:imagesource|gsd|acquisition[ _]?dates?)\s*:/i;

/** Area of a box of four points, x and y in turn, by the shoelace formula. */
const pixelsOf = (points: readonly number[]): number => {
  let twice = 0;
  for (let at = 0; at < 8; at += 2) {
    const next = (at + 2) % 8;
    twice +=
      (points[at] ?? 0) * (points[next + 1] ?? 0) - (points[next] ?? 0) * (points[at + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
};

const rowOf = (line: string): Row => {
  if (header.test(line)) return { kind: 'header' };
  const fields = line.split(/[\s,]+/).filter((field) => field !== '');
  const points = fields.slice(0, 8).map(Number);
  if (fields.length < 9 || fields.length > 10 || !points.every(Number.isFinite)) return null;
  const [name = '', difficulty] = fields.slice(8);
  // Nine numbers are a row of YOLO; without a difficulty only a word is a class.
  if (difficulty === undefined && !Number.isNaN(Number(name))) return null;
  const level = Number(difficulty ?? 0);
  if (!Number.isFinite(level)) return null;
  // 1 is difficult; 2 is what the devkit writes for objects cut off at the edge of a tile.
  if (level !== 0) return { kind: 'left-out' };
  return { kind: 'object', name, area: areaClass(pixelsOf(points)) };
};

/**
 * DOTA, and turned boxes as Roboflow exports them: `labelTxt` beside `images`, four points, class and
 * difficulty a row. Of two releases of the labels (`labelTxt-v1.0`, `labelTxt-v1.5`) the later, or
 * the one named as label column. Difficult objects are told and not counted, as in Pascal VOC.
 */
export const dota = rowFormat({
  id: 'dota',
  layout: {
    isLabels: (name) => /^(?:labelTxt.*|labels?)$/i.test(name),
    isPictures: (name) => /^(?:images?|jpegimages)$/i.test(name),
  },
  row: rowOf,
  leftOut: 'dataset/voc-difficult',
});
