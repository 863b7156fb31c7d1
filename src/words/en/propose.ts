import type { Template } from '../say';

/** Why a split cannot be proposed or written. */
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
  'propose/cannot-write':
    'The split cannot be written to {folder} ({reason}). Choose another folder.',
  'propose/numbers-need-one-label':
    'Class numbers behind the paths need one label a sample; this dataset is {task}. Leave --numbers out.',
};
