import type { Template } from '../say';

/** A proposed split: said where its table is made, not by the editor itself. */
export const proposal: Readonly<Record<string, Template>> = {
  'proposal/title': 'A split of {root}',
  'proposal/made':
    'Every class has its share in every part as nearly as whole samples allow. Seed {seed}: the same seed gives the same split.',
  'proposal/from': 'Only the samples of {split} were parted.',
  'proposal/groups/folder': {
    one: 'One folder stays whole.',
    other: '{count} folders stay whole: no part has files of another’s folder.',
  },
  'proposal/groups/prefix': {
    one: 'One group of files whose names begin alike stays whole.',
    other: '{count} groups of files whose names begin alike stay whole.',
  },
  'proposal/groups/column': {
    one: 'One group of samples with the same “{column}” stays whole.',
    other: '{count} groups of samples with the same “{column}” stay whole.',
  },
  'proposal/unlabelled': {
    one: 'One sample without a label is in no part.',
    other: '{count} samples without a label are in no part.',
  },
  'proposal/not-in-each': {
    one: 'One class is too small, or in too few groups, to be in every part: {names}.',
    other: '{count} classes are too small, or in too few groups, to be in every part: {names}.',
  },
  'proposal/column/class': 'class',
  'proposal/column/all': 'all samples',
  'proposal/more-classes': {
    one: 'One more class is not listed.',
    other: '{count} more classes are not listed.',
  },
};
