import type { Template } from '../say';

/** Looking into the samples: what goes on, what cannot be done, where a sample is. */
export const inspect: Readonly<Record<string, Template>> = {
  'inspect/no-files':
    'The samples of {root} ({format}) are rows or texts, not pictures or sounds: there are no files to look into.',
  'inspect/place/member': '{path}, {member}',
  'inspect/place/row': '{path}, row {row}',
  'inspect/place/bytes': '{path}, {length} bytes from {offset}',
  'inspect/progress': 'looking into the samples',
  'inspect/progress-near': 'decoding the pictures and comparing them',
  'inspect/near-no-pictures':
    'The samples of {root} are not pictures: only pictures are compared by what they look like.',
};
