import type { Template } from '../say';

/** Imbalance inside the classes, by a second column or by folders. Only the shell says it. */
export const within: Readonly<Record<string, Template>> = {
  'within/head': {
    one: 'Classes by {by} ({groups} values): {count} of {cells} cells is empty.',
    other: 'Classes by {by} ({groups} values): {count} of {cells} cells are empty.',
  },
  'within/from-one': {
    one: '{count} class comes with one value of {by} only ({names}): a model cannot tell the class from it.',
    other:
      '{count} classes come with one value of {by} only ({names}): a model cannot tell the class from it.',
  },
  'within/without-group': {
    one: '{count} label has no {by}; it is left out.',
    other: '{count} labels have no {by}; they are left out.',
  },
  'within/even': 'No cell falls short of what the shares let expect.',
  'within/worst': 'Furthest below what the shares let expect (none beyond chance):',
  'within/worst-tested': {
    one: 'Furthest below what the shares let expect ({count} of these beyond chance):',
    other: 'Furthest below what the shares let expect ({count} of these beyond chance):',
  },
  'within/column/class': 'class',
  'within/column/group': 'with',
  'within/column/count': 'samples',
  'within/column/share': 'share',
  'within/column/expected': 'share in all',
  'within/k-of-n': '{k} of {n}',
  'within/share': '{share%}',
  'within/nothing': 'No label of the profiled split has a {by}.',

  'within/too-many-groups':
    '“{by}” has more than {most} values: a number or an identity, not groups.',
  'within/too-many-cells':
    '{classes} classes by {groups} groups are too many cells to count. Choose a coarser column or folder level.',
  'within/needs-files':
    'Folders are groups where every sample is a file; here samples are parts of {path}. Name a column: --by COLUMN.',
  'within/no-folders':
    'No folder is left beside those of split and class in {path}. Folders below the class (class/site/picture) become groups.',
};
