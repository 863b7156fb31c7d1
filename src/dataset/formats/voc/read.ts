import type { AreaClass } from '../../types';
import { areaClass } from '../records/areas';

/** One object of a picture. */
export interface VocObject {
  readonly name: string;
  readonly isDifficult: boolean;
  readonly area: AreaClass;
}

export interface VocFile {
  readonly filename: string | null;
  readonly objects: readonly VocObject[];
  /** Whether the file ends before its annotation does, or is none. */
  readonly isDamaged: boolean;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const withoutEntities = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name) ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Text with XML's own five entities and numbered characters; any other is left as it stands. */
const plainText = (text: string): string =>
  (text.includes('&') ? withoutEntities(text) : text).trim();

/** The name a tag begins with: up to a blank, or the end. */
const tagName = (xml: string, from: number, end: number): string => {
  let at = from;
  while (at < end && xml.charCodeAt(at) > 0x20) at++;
  return xml.slice(from, at);
};

const corners = ['xmin', 'ymin', 'xmax', 'ymax'];

/**
 * The objects of one annotation, by its tags alone: entities that a document defines are never
 * expanded and parts of an object are not counted. Time is linear in the text.
 */
export const readVoc = (xml: string): VocFile => {
  const objects: VocObject[] = [];
  const path: string[] = [];
  let filename: string | null = null;
  let name = '';
  let isDifficult = false;
  let box: number[] = [];
  let textFrom = 0;
  let isWhole = false;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const isComment = xml.startsWith('<!--', at);
    const end = isComment ? xml.indexOf('-->', at + 4) : xml.indexOf('>', at + 1);
    if (end < 0) break;
    const textTo = at;
    const first = xml.charCodeAt(at + 1);
    at = end + 1;
    if (isComment || first === 0x21 || first === 0x3f) continue;
    if (first === 0x2f) {
      const tag = path.pop();
      const depth = path.length;
      if (depth === 2 && path[1] === 'object') {
        if (tag === 'name') name = plainText(xml.slice(textFrom, textTo));
        else if (tag === 'difficult') isDifficult = xml.slice(textFrom, textTo).trim() === '1';
      } else if (depth === 3 && path[1] === 'object' && path[2] === 'bndbox') {
        const corner = corners.indexOf(tag ?? '');
        if (corner >= 0) box[corner] = Number(xml.slice(textFrom, textTo));
      } else if (depth === 1 && tag === 'filename')
        filename = plainText(xml.slice(textFrom, textTo));
      else if (depth === 1 && tag === 'object') {
        const [left = NaN, top = NaN, right = NaN, bottom = NaN] = box;
        const area = areaClass(Math.max(0, right - left) * Math.max(0, bottom - top));
        objects.push({ name, isDifficult, area });
      } else if (depth === 0 && tag === 'annotation') isWhole = true;
      continue;
    }
    if (xml.charCodeAt(end - 1) === 0x2f) continue;
    const tag = tagName(xml, textTo + 1, Math.min(end, textTo + 64));
    if (path.length < 64) path.push(tag);
    else break;
    if (path.length === 2 && tag === 'object') {
      name = '';
      isDifficult = false;
      box = [];
    }
    textFrom = at;
  }
  return { filename, objects, isDamaged: !isWhole };
};
