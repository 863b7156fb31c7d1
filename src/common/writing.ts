import { LongtailError } from './errors';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const full = new Set(['ENOSPC', 'EDQUOT']);
const forbidden = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** Node says of a folder that a read-only disk does not let it make that its parent is not there. */
const isMissingParent = (error: unknown): boolean =>
  codeOf(error) === 'ENOENT' &&
  error instanceof Error &&
  'syscall' in error &&
  error.syscall === 'mkdir';

/**
 * What a failed write to a run's folder means to the user: `run/disk-full` or `run/unwritable`, null
 * for anything else.
 */
export const writeFailure = (error: unknown, path: string): LongtailError | null => {
  const code = codeOf(error);
  if (full.has(code)) return new LongtailError('run/disk-full', { path }, { cause: error });
  if (forbidden.has(code) || isMissingParent(error))
    return new LongtailError('run/unwritable', { path }, { cause: error });
  return null;
};

/** Does what writes to `path`; a full disk and a forbidden folder throw their own errors. */
export const writing = <T>(path: string, write: () => T): T => {
  try {
    return write();
  } catch (error) {
    throw writeFailure(error, path) ?? error;
  }
};
