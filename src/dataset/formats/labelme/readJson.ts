import { isObject } from '../jsonl/isObject';
import { Skimmer } from '../jsonl/skim';
import { areaClass } from '../records/areas';
import type { Annotation } from './annotation';
import { polygonArea } from './polygon';

type Plain = Readonly<Record<string, unknown>>;
type Point = readonly [number, number];

const keys = ['shapes', 'flags', 'imagePath'];
const outlines: ReadonlySet<unknown> = new Set(['polygon', 'mask', 'circle']);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const pointsOf = (shape: Plain): readonly Point[] =>
  list(shape['points']).map((point) => {
    const [x, y] = list(point);
    return [typeof x === 'number' ? x : Number.NaN, typeof y === 'number' ? y : Number.NaN];
  });

/** Area of a shape in pixels; NaN for lines and points, which have none. */
const pixelsOf = (shape: Plain): number => {
  const points = pointsOf(shape);
  const [x1, y1] = points[0] ?? [Number.NaN, Number.NaN];
  const [x2, y2] = points[1] ?? [Number.NaN, Number.NaN];
  switch (shape['shape_type']) {
    case 'rectangle':
    case 'mask':
      return Math.abs((x2 - x1) * (y2 - y1));
    case 'circle':
      return Math.PI * ((x2 - x1) ** 2 + (y2 - y1) ** 2);
    case 'polygon':
    case undefined:
      return polygonArea(points);
    default:
      return Number.NaN;
  }
};

/** Shapes of one label and one group number are parts of one object. */
const objectsOf = (shapes: readonly unknown[]): Pick<Annotation, 'labels' | 'areas'> => {
  const objects = new Map<string | number, { label: string; pixels: number }>();
  shapes.forEach((shape, at) => {
    if (!isObject(shape) || typeof shape['label'] !== 'string') return;
    const label = shape['label'].trim();
    if (label === '') return;
    const group = shape['group_id'];
    const key = typeof group === 'number' || typeof group === 'string' ? `${group} ${label}` : at;
    const pixels = pixelsOf(shape) + (objects.get(key)?.pixels ?? 0);
    objects.set(key, { label, pixels });
  });
  const all = [...objects.values()];
  return {
    labels: all.map(({ label }) => label),
    areas: all.map(({ pixels }) => areaClass(pixels)),
  };
};

/**
 * An annotation file of LabelMe as bytes; null where it is none. The picture inside it is walked
 * over, not read.
 */
export const readLabelmeJson = (bytes: Uint8Array): Annotation | null => {
  const skimmer = new Skimmer(keys);
  if (skimmer.read(bytes, bytes[0] === 0xef ? 3 : 0, bytes.length) !== 'record') return null;
  const value = (key: number): unknown => {
    const from = skimmer.from[key] ?? -1;
    if (from < 0) return undefined;
    try {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return JSON.parse(text.toString('utf8', from, skimmer.to[key]));
    } catch {
      return undefined;
    }
  };
  const [shapes, flags, picture] = keys.map((_, key) => value(key));
  if (!Array.isArray(shapes)) return null;
  return {
    picture: typeof picture === 'string' && picture !== '' ? picture : null,
    ...objectsOf(shapes),
    hasOutlines: shapes.some((shape) => isObject(shape) && outlines.has(shape['shape_type'])),
    flags: isObject(flags)
      ? Object.entries(flags).flatMap(([name, isSet]) =>
          isSet === true && name.trim() !== '' ? [name.trim()] : [],
        )
      : [],
  };
};
