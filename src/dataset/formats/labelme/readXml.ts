import { areaClass } from '../records/areas';
import type { Annotation } from './annotation';
import { polygonArea } from './polygon';

const entities: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]);
/** XML's own five; others are left as they stand, those a document defines above all. */
const plain = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|apos|amp);/g, (name) => entities.get(name) ?? name).trim();

interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  /** The text before it. */
  readonly before: string;
}

/** The tags of a document, without comments and declarations; ends where one does not. */
function* tagsOf(xml: string): Generator<Tag> {
  let textFrom = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', textFrom)) {
    const isComment = xml.startsWith('<!--', at);
    const end = isComment ? xml.indexOf('-->', at + 4) : xml.indexOf('>', at + 1);
    if (end < 0) return;
    const before = xml.slice(textFrom, at);
    textFrom = end + (isComment ? 3 : 1);
    const first = xml[at + 1];
    if (first === '!' || first === '?') continue;
    const isEnd = first === '/';
    const name = /^[\w.-]{1,64}/.exec(xml.slice(at + (isEnd ? 2 : 1), Math.min(end, at + 80)))?.[0];
    if (name === undefined) continue;
    const kind = isEnd ? 'close' : xml[end - 1] === '/' ? 'empty' : 'open';
    yield { name: name.toLowerCase(), kind, before };
  }
}

/** What is gathered of an object until it ends. */
class ObjectTags {
  name = '';
  isDeleted = false;
  isBox = false;
  hasOutline = false;
  readonly xs: number[] = [];
  readonly ys: number[] = [];

  text(path: string, text: string): void {
    if (path === 'name') this.name = plain(text);
    else if (path === 'deleted') this.isDeleted = text.trim() === '1';
    else if (path === 'polygon/pt/x' || /^segm\/box\/x/.test(path)) this.xs.push(Number(text));
    else if (path === 'polygon/pt/y' || /^segm\/box\/y/.test(path)) this.ys.push(Number(text));
    else if (path === 'type' && text.trim() === 'bounding_box') this.isBox = true;
  }

  /** Area in pixels; a segment's is that of the box around it. */
  get pixels(): number {
    const { xs, ys } = this;
    if (xs.length === 2 && ys.length === 2)
      return Math.abs(((xs[1] ?? 0) - (xs[0] ?? 0)) * ((ys[1] ?? 0) - (ys[0] ?? 0)));
    return xs.length === ys.length ? polygonArea(xs.map((x, at) => [x, ys[at] ?? 0])) : Number.NaN;
  }
}

/**
 * An annotation file of the web tool LabelMe as text; null where it is none. By its tags alone:
 * nothing a document defines is expanded, time is linear in the text.
 */
export const readLabelmeXml = (xml: string): Annotation | null => {
  const path: string[] = [];
  const objects: { name: string; pixels: number; hasOutline: boolean }[] = [];
  let picture: string | null = null;
  let object: ObjectTags | null = null;
  let isWhole = false;
  for (const { name, kind, before } of tagsOf(xml)) {
    if (kind === 'empty') continue;
    if (kind === 'open') {
      // Nothing of it lies so deep.
      if (path.length > 32) return null;
      path.push(name);
      if (path.join('/') === 'annotation/object') object = new ObjectTags();
      if (object !== null && (name === 'polygon' || name === 'segm')) object.hasOutline = true;
      continue;
    }
    const full = path.join('/');
    if (path.pop() !== name) return null;
    if (full === 'annotation/filename') picture = plain(before) || null;
    else if (full === 'annotation') isWhole = true;
    else if (full === 'annotation/object' && object !== null) {
      const { name: label, isDeleted, pixels, isBox } = object;
      const hasOutline = object.hasOutline && !isBox;
      if (!isDeleted && label !== '') objects.push({ name: label, pixels, hasOutline });
      object = null;
    } else object?.text(full.slice('annotation/object/'.length), before);
  }
  if (!isWhole) return null;
  return {
    picture,
    labels: objects.map((each) => each.name),
    areas: objects.map((each) => areaClass(each.pixels)),
    hasOutlines: objects.some((each) => each.hasOutline),
    flags: [],
  };
};

/** Whether text is of an annotation of the web tool: VOC's has boxes of another kind. */
export const isLabelmeXml = (text: string): boolean =>
  /<annotation[\s>]/.test(text) &&
  !/<bndbox[\s>]/.test(text) &&
  /<(?:pt|segm|imagesize|sourceAnnotation)[\s>]/.test(text);
