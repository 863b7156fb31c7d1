import type { Template } from '../say';

/** Proposing a split, for shell and editor. */
export const propose: Readonly<Record<string, Template>> = {
  'propose/shares':
    '“{text}” is no list of shares. Write two to 255 of them, all above 0: 0.8,0.2 (train, test), 0.8,0.1,0.1 (train, validation, test), or with names of letters and digits: train=0.9,validation=0.1.',
  'propose/shares-sum':
    'The shares {text} are {sum} together. Let them be 1 together, or 100 for percentages.',
  'propose/no-such-split': 'There is no split “{name}”. There are: {known}.',
  'propose/too-few-samples':
    'There are {samples} labelled samples for {parts} parts: too few to part.',
  'propose/too-few-groups':
    'There are {groups} groups for {parts} parts, and groups stay whole. Group by something finer.',
  'propose/group-needs-files':
    'Samples of {path} lie inside a larger file, so they cannot be grouped by {by}. Group by a column, where there is one.',
  'propose/column-unread':
    'The column “{column}” says nothing about the samples of this {format} dataset. Groups by column need a table, JSON lines, Parquet or Arrow.',
  'propose/cannot-write':
    'The split cannot be written to {folder} ({reason}). Choose another folder.',
  'propose/numbers-need-one-label':
    'Class numbers behind the paths need one label a sample; this dataset is {task}. Leave --numbers out.',
  'propose/title': 'A split of {root}',
  'propose/made':
    'Every class has its share in every part as nearly as whole samples allow. Seed {seed}: the same seed gives the same split.',
  'propose/from': 'Only the samples of {split} were parted.',
  'propose/groups/folder': {
    one: 'One folder stays whole.',
    other: '{count} folders stay whole: no part has files of another’s folder.',
  },
  'propose/groups/prefix': {
    one: 'One group of files whose names begin alike stays whole.',
    other: '{count} groups of files whose names begin alike stay whole.',
  },
  'propose/groups/column': {
    one: 'One group of samples with the same “{column}” stays whole.',
    other: '{count} groups of samples with the same “{column}” stay whole.',
  },
  'propose/unlabelled': {
    one: 'One sample without a label is in no part.',
    other: '{count} samples without a label are in no part.',
  },
  'propose/not-in-each': {
    one: 'One class is too small, or in too few groups, to be in every part: {names}.',
    other: '{count} classes are too small, or in too few groups, to be in every part: {names}.',
  },
  'propose/column/class': 'class',
  'propose/column/all': 'all samples',
  'propose/more-classes': {
    one: 'One more class is not listed.',
    other: '{count} more classes are not listed.',
  },
};
