import type { Issue, MessageParams } from '../common/errors';

/** How many names an issue lists before it only counts. */
const namesShown = 8;

/** An issue about one thing. The place is among the parameters too, for the sentence. */
export const issue = (
  severity: Issue['severity'],
  code: string,
  params: MessageParams = {},
  place: { readonly path?: string; readonly line?: number; readonly count?: number } = {},
): Issue => ({
  severity,
  code,
  params: { ...params, ...place },
  ...place,
});

/** One issue for many items: the first few names and how many there are. */
export const issueOfMany = (
  severity: Issue['severity'],
  code: string,
  names: readonly string[],
  params: MessageParams = {},
): Issue => {
  const listed: readonly string[] =
    names.length > namesShown ? [...names.slice(0, namesShown), '…'] : names;
  return issue(severity, code, { ...params, names: listed }, { count: names.length });
};

/**
 * Whether an error is the disk's or the file's (ENOENT, EIO, Z_DATA_ERROR …): something to tell the
 * user. Node's own ERR_… are mistakes of the program.
 */
export const isSystemError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(E(?!RR_)|Z_)/.test(error.code);

/** The text of a system error, for a parameter. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error && typeof error.code === 'string'
      ? error.code
      : error.message
    : String(error);
