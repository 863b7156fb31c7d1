import type { Template } from '../say';

/** Sentences that pages share, and those of the page of comparisons. */
export const pages: Readonly<Record<string, Template>> = {
  'pages/number': '{value}',
  'pages/number/times': '{value} ×',
  'pages/number/one': '{value.1}',
  'pages/number/two': '{value.2}',

  'pages/percent': '{percent.1} %',
  'pages/percent/whole': '{share} %',

  'pages/amount/image': { one: 'one image', other: '{count} images' },
  'pages/amount/annotation': { one: 'one annotation', other: '{count} annotations' },
  'pages/amount/sample': { one: 'one sample', other: '{count} samples' },

  'pages/split/train': 'train',
  'pages/split/validation': 'validation',
  'pages/split/test': 'test',
  'pages/split/all': 'all',

  'pages/compare/against': 'Held against',
  'pages/compare/export': 'Export…',
  'pages/compare/items': { one: 'one test item', other: '{count} test items' },
  'pages/compare/choose': 'Run',
  'pages/compare/classes/title': 'Difference of each class to {a}, by falling training count',
  'pages/compare/classes/caption': 'Recall of each class: {b} less {a}',
  'pages/compare/labels/caption': 'Average precision of each label: {b} less {a}',
  'pages/compare/labels/title': 'Difference of each label to {a}, by falling training count',
  'pages/compare/classes/hint': 'Move over a class, or focus one and use the arrow keys.',
  'pages/compare/classes/hidden': {
    one: 'One class in the middle is in the table only.',
    other: '{count} classes in the middle are in the table only.',
  },
  'pages/compare/classes/table': 'Every class as a table',
  'pages/compare/curves': 'Training, over each other',
  'pages/compare/curves/validation': 'Score on validation',
  'pages/compare/curves/loss': 'Training loss',
  'pages/compare/more': 'The runs',
  'pages/compare/open': 'Open Report',
  'pages/compare/repeat': 'Repeat with 3 Seeds',
  'pages/compare/repeat-more': 'Repeat with 2 More Seeds',

  'pages/broken':
    'This page could not show what it was given, perhaps because another version wrote it. The log has the details (Longtail: Show Log).',
  'pages/measure': 'Measure It Here',
  'pages/measure/described':
    'Trains a plain baseline on this data, and the first advice beside it.',
  'pages/compare': 'Compare…',

  'pages/axis': 'Axis',
  'pages/axis/log': 'log',
  'pages/axis/linear': 'linear',

  'pages/band-size': '{name} {count}',

  'pages/figure/numbers': 'The numbers',
  'pages/figure/hint': 'Point at a part, or move along the parts with the arrow keys.',
  'pages/figure/save': 'Save {format}',

  'pages/classes/caption': 'Classes with their sizes',
  'pages/classes/all': { one: 'one class', other: '{count} classes' },
  'pages/classes/some': { one: 'one of {classes} classes', other: '{count} of {classes} classes' },

  'pages/column/share': 'share of {split}',
  'pages/column/seen-now': 'seen per epoch now',
  'pages/column/seen': 'at q = {q}',

  'pages/select': 'Select {name}',
  'pages/select-all': 'Select all that are shown',
  'pages/select-none': 'Clear Selection',
  'pages/selected': { one: 'one class selected', other: '{count} classes selected' },
  'pages/show-files': 'Show Files',
  'pages/show-files/one': 'Of one class at a time',

  'pages/files/region': 'Files of a class',
  'pages/files/title': 'Files of {name}',
  'pages/files/reading': 'Listing …',
  'pages/files/none': 'No file.',
  'pages/files/range': '{from} to {to} of {count}',
  'pages/files/open': 'Open',
  'pages/files/reveal': 'Reveal',
  'pages/files/copy': 'Copy Path',
  'pages/files/pictures': 'Show Pictures',
  'pages/files/previous': 'Previous',
  'pages/files/next': 'Next',
  'pages/files/no-more': 'No more files that way',
  'pages/files/close': 'Close',
  'pages/files/no-picture': 'no picture',

  'pages/filter': 'Show classes whose name contains',
  'pages/filter/placeholder': 'Filter by name',
  'pages/filter/band': 'Band',
  'pages/filter/every-band': 'every band',

  'pages/export': 'Save the report as',
  'pages/export/html': 'HTML',
  'pages/export/md': 'Markdown',
  'pages/export/json': 'JSON',
  'pages/export/csv': 'CSV',

  'pages/files/missing/outputs': 'The outputs of this run on its test items are not in its folder.',
  'pages/files/missing/correction':
    'The run keeps its scores from before this correction, and what was predicted after it cannot be told from them.',
  'pages/files/missing/other':
    'The saved outputs of this run do not come to the counts of its report, so they are not shown.',
};
