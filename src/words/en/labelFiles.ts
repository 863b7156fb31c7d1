import type { Template } from '../say';

/** What is odd at a place of a label file, and the changes the editor offers. */
export const labelFiles: Readonly<Record<string, Template>> = {
  'labelFiles/repeated-row':
    'This says the same as line {line}: the sample counts twice, and may stand in two splits.',
  'labelFiles/two-labels': 'Line {line} gives the same file the class {label}.',
  'labelFiles/spelling':
    '“{name}” is counted apart from “{usual}”, which is spelt a little otherwise.',
  'labelFiles/not-in-train':
    '“{name}” is in {splits}, but not in the training split: it cannot be learnt.',
  'labelFiles/id-not-in-train': 'Class {id} is in no training list: it cannot be learnt.',
  'labelFiles/negative-id': '{id} is no class number: the sample counts as unlabelled.',
  'labelFiles/damaged-line': 'This is no line of a file and a class number: it is left out.',
  'labelFiles/outside': '{name} leads out of the dataset and is not followed.',
  'labelFiles/dead-category': 'No annotation has the category “{name}”.',
  'labelFiles/category-twice': 'Category {id} is “{name}” already.',
  'labelFiles/unknown-id':
    'Annotations have the category {id}, which is not in “categories”. This is the first.',
  'labelFiles/count-differs': 'nc is {nc}, but there are {names} names.',
  'labelFiles/ids-without-name': {
    one: 'Label files use the class number {ids}, which has no name here.',
    other: 'Label files use {count} class numbers that have no name here: {ids}.',
  },
  'labelFiles/name-twice': 'Class {other} is called “{name}” as well: {id} is counted with it.',
  'labelFiles/dead-name':
    'No label file uses class {id}, “{name}”. Do not take it out of a list: the numbers behind it would move.',
  'labelFiles/fix/remove-row': 'Remove this row',
  'labelFiles/fix/spelling': 'Write “{usual}”',
  'labelFiles/fix/remove-category': 'Remove the category “{name}”',
  'labelFiles/fix/count': 'Set nc to {names}',
  'labelFiles/fix/rename': 'Rename to “{name}”',
  'labelFiles/fix/add-names': {
    one: 'Add the name {names}',
    other: 'Add {count} names: {names}',
  },
  'labelFiles/preview': 'Longtail: a change of the dataset',
};
