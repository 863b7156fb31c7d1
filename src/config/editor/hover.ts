import type { KeyPath } from '../keys';
import { keyGuide, kindGuide, type Guide } from './guide';
import { placeAt } from './place';

/** What is known of the word at an offset. */
export interface Hover {
  readonly guide: Guide;
  readonly from: number;
  readonly to: number;
}

/** The guide to the key or kind that stands at an offset of a config's text; null elsewhere. */
export const hoverAt = (text: string, offset: number): Hover | null => {
  const place = placeAt(text, offset);
  if (place === null || place.word === '') return null;
  const { kind, path, word, from, to, value } = place;
  const at: KeyPath = kind === 'key' ? [...path, word] : path;
  const guide = kind === 'key' ? keyGuide(at, value) : kindGuide(path, word);
  return guide === null ? null : { guide, from, to };
};
