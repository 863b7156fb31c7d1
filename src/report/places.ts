import type { SamplePlace } from '../dataset/inspect/types';
import { words } from '../words/say';

/** Where a sample is, as text: the file, then what leads to it inside. */
export const placeText = (place: Omit<SamplePlace, 'split' | 'labels'>): string => {
  const { path, member, row, line, bytes } = place;
  if (member !== undefined) return words('inspect/place/member', { path, member });
  if (row !== undefined) return words('inspect/place/row', { path, row });
  if (line !== undefined) return `${path}:${String(line)}`;
  if (bytes !== undefined) return words('inspect/place/bytes', { path, ...bytes });
  return path;
};
