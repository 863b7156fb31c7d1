import { posix } from 'node:path';

/** A listed path below the picture root, without leading slash; null where it leads out of it. */
export const insidePath = (listed: string): string | null => {
  const text = listed.includes('\\') ? listed.replaceAll('\\', '/') : listed;
  const bare = text.replace(/^(?:[a-z]:)?\/+/i, '');
  // Most paths have nothing to tidy.
  const path = /(^|\/)\.|\/\/|\0/.test(bare) ? posix.normalize(bare) : bare;
  if (path === '' || path === '.' || path === '..' || path.startsWith('../')) return null;
  return path.includes('\0') || path.endsWith('/') ? null : path;
};
