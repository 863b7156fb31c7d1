import type { AreaClass, OpenFile } from '../../types';
import { polygonArea } from '../labelme/polygon';
import { areaClass } from '../records/areas';
import { attribute, plainXml, TagReader } from './tags';

/** A picture with its objects, or a track of a video. */
export interface CvatItem {
  readonly kind: 'image' | 'track';
  /** The picture's name as written; '' of a track. */
  readonly name: string;
  readonly subset: string;
  readonly labels: readonly string[];
  readonly areas: readonly AreaClass[];
  readonly offset: number;
}

/** What a whole document says beside its items. */
export interface CvatFacts {
  /** Labels declared, in order. */
  readonly names: readonly string[];
  readonly hasOutlines: boolean;
  /** Tracks that are never inside a picture. */
  readonly hidden: number;
  /** Whether the document ends before its annotations do. */
  readonly isCut: boolean;
}

const outlines: ReadonlySet<string> = new Set(['polygon', 'mask', 'ellipse']);
const shapes: ReadonlySet<string> = new Set([
  ...outlines,
  ...'box polyline points cuboid skeleton tag'.split(' '),
]);

const number = (tag: string, name: string): number => Number(attribute(tag, name) ?? Number.NaN);

/** Area in pixels where the shape has one. */
const pixelsOf = (name: string, tag: string): number => {
  if (name === 'box')
    return Math.abs(
      (number(tag, 'xbr') - number(tag, 'xtl')) * (number(tag, 'ybr') - number(tag, 'ytl')),
    );
  if (name === 'mask') return number(tag, 'width') * number(tag, 'height');
  if (name === 'ellipse') return Math.PI * number(tag, 'rx') * number(tag, 'ry');
  if (name !== 'polygon') return Number.NaN;
  const points = (attribute(tag, 'points') ?? '').split(';').map((point) => point.split(','));
  return polygonArea(points.map(([x, y]) => [Number(x), Number(y)]));
};

/** Hands over the items of a document in order; shapes with outside="1" are not there. */
export const readCvat = (file: OpenFile, each: (item: CvatItem) => void): CvatFacts => {
  const reader = new TagReader(file);
  const names: string[] = [];
  const known = new Set<string>();
  let item: { kind: 'image' | 'track'; tag: string; offset: number } | null = null;
  let labels: string[] = [];
  let areas: AreaClass[] = [];
  let [hasOutlines, isWhole, inLabel, inSkeleton] = [false, false, false, false];
  let [visible, hidden] = [0, 0];
  const finish = (): void => {
    if (item === null) return;
    const { kind, tag, offset } = item;
    if (kind === 'track' && visible === 0) hidden++;
    else {
      const track = kind === 'track' ? attribute(tag, 'label') : null;
      each({
        kind,
        name: attribute(tag, 'name') ?? '',
        subset: attribute(tag, 'subset') ?? '',
        labels: track === null ? labels : [track],
        areas: track === null ? areas : [areas[0] ?? 0],
        offset,
      });
    }
    item = null;
  };
  while (reader.read()) {
    const { tag } = reader;
    const name = /^\/?[\w.-]{1,64}/.exec(tag)?.[0] ?? '';
    const isEmpty = tag.endsWith('/');
    if (name === '/annotations') isWhole = true;
    else if (name === 'label') inLabel = true;
    else if (name === '/label') inLabel = false;
    else if (name === '/skeleton') inSkeleton = false;
    else if (name === '/name' && inLabel) {
      const label = plainXml(reader.text).trim();
      if (label !== '' && !known.has(label)) names.push(label);
      known.add(label);
    } else if (name === 'image' || name === 'track') {
      finish();
      item = { kind: name, tag, offset: reader.offset };
      [labels, areas, visible] = [[], [], 0];
      if (isEmpty) finish();
    } else if (name === '/image' || name === '/track') finish();
    else if (shapes.has(name) && item !== null && !inSkeleton) {
      // The points of a skeleton are parts of it.
      inSkeleton = name === 'skeleton' && !isEmpty;
      hasOutlines ||= outlines.has(name);
      if (attribute(tag, 'outside') === '1') continue;
      visible++;
      const label = attribute(tag, 'label') ?? '';
      if (item.kind === 'image' ? label === '' : areas.length > 0) continue;
      labels.push(label);
      areas.push(areaClass(pixelsOf(name, tag)));
    }
  }
  return { names, hasOutlines, hidden, isCut: !isWhole };
};
