import type { Template } from '../say';

/** What looking into the samples found, for shell and editor. */
export const inspect: Readonly<Record<string, Template>> = {
  'inspect/no-files':
    'The samples of {root} ({format}) are rows or texts, not pictures or sounds: there are no files to look into.',
  'inspect/place/member': '{path}, {member}',
  'inspect/place/row': '{path}, row {row}',
  'inspect/place/bytes': '{path}, {length} bytes from {offset}',
};
