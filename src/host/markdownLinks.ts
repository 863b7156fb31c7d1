import { relative, sep } from 'node:path';
import type { SamplePlace } from '../dataset/inspect/types';

/**
 * Address of a file for a link in a Markdown file of `folder`. It is relative: the editor's preview
 * leaves an address that begins with `file:` as text.
 */
export const linkFrom =
  (folder: string) =>
  (path: string): string =>
    relative(folder, path).split(sep).map(encodeURIComponent).join('/');

/** Address of a sample's file below a folder's address, and of the line where one is known. */
export const linkBelow =
  (base: string) =>
  ({ path, line }: SamplePlace): string => {
    const steps = path.split('/').map(encodeURIComponent).join('/');
    return `${base}/${steps}${line === undefined ? '' : `#L${line}`}`;
  };
