import { posix } from 'node:path';

/** Where a named file lies inside the dataset. */
export interface FilePlace {
  readonly folder: string;
  readonly name: string;
}

/**
 * Folder and name, relative to the dataset's root, of a file that a record in `folder` names; null
 * where the name leads out of the dataset.
 */
export const filePlace = (folder: string, named: string): FilePlace | null => {
  const text = named.replaceAll('\\', '/').trim();
  if (text.startsWith('/') || /^[a-z]:/i.test(text) || text.includes('\0')) return null;
  const path = posix.normalize(folder === '' ? text : `${folder}/${text}`);
  if (path === '..' || path.startsWith('../') || path === '.' || path.endsWith('/')) return null;
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1) };
};
