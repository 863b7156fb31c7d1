import type { Template } from '../say';

/** What a comparison of finished runs says. */
export const comparison: Readonly<Record<string, Template>> = {
  'comparison/title': 'Comparison of runs',
  'comparison/named': '{key}: {title}',
  'comparison/seeds': { one: 'seed {seeds}', other: '{count} seeds: {seeds}' },
  'comparison/not-compared': 'not compared',
  'comparison/found-mark': '{name} ●',

  'comparison/section/scores': 'Scores on test',
  'comparison/section/differences': 'Less {a}, on the same test items',
  'comparison/section/classes': 'Recall of each class: {b} less {a}',

  'comparison/section/labels': 'Average precision of each label: {b} less {a}',

  'comparison/column/run': 'Run',
  'comparison/column/seeds': 'Seeds',
  'comparison/column/p': 'p',
  'comparison/column/items': 'Test items',
  'comparison/column/covers': 'Intervals (95 %) cover',
  'comparison/column/difference': '{b} less {a} [95 %: {covers}]',

  'comparison/covers/items': 'test sampling, one seed',
  'comparison/covers/seeds': 'test sampling, {count} seeds',
  'comparison/covers/seeds-one': 'test sampling, {count} seeds of one side',
  'comparison/covers/nothing': 'no interval',

  'comparison/balanced/rose':
    'Balanced accuracy of {b} ({keyB}) is {points.1} points above that of {a} ({keyA}), with 95 % between {low.1} and {high.1}.',
  'comparison/balanced/fell':
    'Balanced accuracy of {b} ({keyB}) is {points.1} points below that of {a} ({keyA}), with 95 % between {low.1} and {high.1}.',
  'comparison/balanced/unclear':
    'Balanced accuracy of {b} ({keyB}) and {a} ({keyA}) cannot be told apart on these test items: the difference is {points.1} points, with 95 % between {low.1} and {high.1}.',
  'comparison/balanced/above':
    'Balanced accuracy of {b} ({keyB}) is {points.1} points above that of {a} ({keyA}); how sure that is cannot be said.',
  'comparison/balanced/below':
    'Balanced accuracy of {b} ({keyB}) is {points.1} points below that of {a} ({keyA}); how sure that is cannot be said.',
  'comparison/mAP/above':
    'Mean average precision of {b} ({keyB}) is {points.1} points above that of {a} ({keyA}); how sure that is cannot be said.',
  'comparison/mAP/below':
    'Mean average precision of {b} ({keyB}) is {points.1} points below that of {a} ({keyA}); how sure that is cannot be said.',
  'comparison/mAP/rose':
    'Mean average precision of {b} ({keyB}) is {points.1} points above that of {a} ({keyA}), with 95 % between {low.1} and {high.1}.',
  'comparison/mAP/fell':
    'Mean average precision of {b} ({keyB}) is {points.1} points below that of {a} ({keyA}), with 95 % between {low.1} and {high.1}.',
  'comparison/mAP/unclear':
    'Mean average precision of {b} ({keyB}) and {a} ({keyA}) cannot be told apart on these test items: the difference is {points.1} points, with 95 % between {low.1} and {high.1}.',
  'comparison/no-score': '{b} ({keyB}) or {a} ({keyA}) has no score on test.',
  'comparison/classes': {
    one: 'One of {tested} tested classes changed by more than chance ({up} up, {down} down).',
    other: '{count} of {tested} tested classes changed by more than chance ({up} up, {down} down).',
  },
  'comparison/classes/none': 'None of {tested} tested classes changed by more than chance.',
  'comparison/labels': {
    one: 'One of {tested} tested labels changed by more than chance ({up} up, {down} down).',
    other: '{count} of {tested} tested labels changed by more than chance ({up} up, {down} down).',
  },
  'comparison/labels/none': 'None of {tested} tested labels changed by more than chance.',
  'comparison/partial':
    'Only the {common} test items that both were scored on are compared; {a} had {other}, {b} had {own}.',

  'comparison/other-data':
    '{b} was trained on other data than {a} (or the data have changed since), so their scores stand side by side and no difference is stated.',
  'comparison/other-classes':
    '{b} has other classes than {a}, so their scores stand side by side and no difference is stated.',
  'comparison/other-test':
    '{b} and {a} have no test items in common, so their scores stand side by side and no difference is stated.',

  'comparison/note/deviation': '± is the standard deviation over the seeds.',
  'comparison/note/items':
    'Intervals cover test sampling, one seed: another training of the same config may differ by more. Repeating with other seeds tells how much.',
  'comparison/note/seeds':
    'Intervals cover test sampling and {count} seeds, each seed with its partner of the same seed.',
  'comparison/note/seeds-one':
    'Intervals cover test sampling and the {count} seeds of one side; the other side is one training, whose own chance they leave out.',
  'comparison/note/nothing':
    'Some run keeps no predictions of its test items, so there are differences without intervals.',
  'comparison/note/methods-labels':
    'Mean average precision, its bands, macro-F1 and the average precision of each label: paired bootstrap over the test items, so that labels which come together stay together; p of a label from the spread of its draws. All labels right: McNemar’s exact test (p), Newcombe’s interval. ● marks what changed by more than chance, with 5 % of such marks expected to be wrong (Benjamini and Hochberg over the labels). Labels that fewer than {fewest} test items have are given without interval.',
  'comparison/note/methods':
    'Balanced accuracy and bands: paired bootstrap within the classes; with a class of fewer than {fewest} test items, the classes’ own intervals squared and added. Accuracy and classes: McNemar’s exact test (p), Newcombe’s interval; of several seeds p comes from their interval. ● marks what changed by more than chance, with 5 % of such marks expected to be wrong (Benjamini and Hochberg over the classes). Classes with fewer than {fewest} test items show how many were right, with Wilson’s intervals.',
};
