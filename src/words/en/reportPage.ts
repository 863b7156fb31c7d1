import type { Template } from '../say';

/** Sentences of the page of a report, with what is kept and confused there. */
export const reportPage: Readonly<Record<string, Template>> = {
  'pages/report/compare': 'Compare…',
  'pages/report/repeat': 'Repeat with 3 Seeds',
  'pages/report/config': 'Open Config',
  'pages/report/run': 'Show Run',
  'pages/report/chip/run': {
    one: '{dataset} · {model} · {count} epoch',
    other: '{dataset} · {model} · {count} epochs',
  },
  'pages/report/chip/time': '{backend} · {time}',
  'pages/report/dumbbell':
    'Recall of {count} classes, by falling training count: plain training beside this run. The table below has the numbers.',
  'pages/report/dumbbell/row': '{name} ({train} in train): plain {plain}, this run {run}',
  'pages/report/dumbbell-labels':
    'Average precision of {count} labels, by falling training count: plain training beside this run. The table below has the numbers.',
  'pages/report/dumbbell-labels/row': '{name} ({train} in train): plain {plain}, this run {run}',
  'pages/report/dumbbell/legend-plain': 'plain',
  'pages/report/dumbbell/legend-run': 'this run',

  'pages/matrix/axes':
    'Rows: true class. Columns: predicted as. Classes by falling training count.',
  'pages/matrix/measure': 'What cells show',
  'pages/matrix/share': 'share of the true class',
  'pages/matrix/count': 'items',
  'pages/matrix/in': 'Zoom In',
  'pages/matrix/out': 'Zoom Out',
  'pages/matrix/whole': 'Whole Matrix',
  'pages/matrix/hint':
    'Press a cell, or a name beside it, for its test items; drag to move; with the matrix in focus the wheel zooms. Keys: arrows walk, + and − zoom, 0 shows all, Enter lists the items of the cell, Shift+Enter those of its true class. Where cells are smaller than a pixel, the strongest in it is shown.',
  'pages/matrix/cell': '{count} of {items} items of {truth} ({share%}) were called {predicted}.',
  'pages/matrix/right': '{count} of {items} items of {truth} ({share%}) were called right.',
  'pages/matrix/untested': '{truth} has no test item.',
  'pages/matrix/open': 'Show items of {truth} that were called {predicted}',
  'pages/matrix/summary': 'Of {count} test items in {classes} classes {right%} are right.',
  'pages/matrix/summary-none': 'No class is taken for another.',
  'pages/matrix/summary-worst': {
    one: 'One pair of classes is confused: {truth} with {predicted}, {share%} of {truth} ({items}).',
    other:
      '{count} pairs of classes are confused, most of all {truth} with {predicted}: {share%} of {truth} ({items}).',
  },

  'pages/test-files/region': 'Test items',
  'pages/test-files/truth': 'Test items of {truth}, wrong ones first',
  'pages/test-files/predicted': 'Test items called {predicted}, wrong ones first',
  'pages/test-files/confused': 'Test items of {truth} that were called {predicted}',
  'pages/test-files/right': 'Test items of {truth} that were called right',
  'pages/test-files/note': '{truth}, called {predicted} with {probability.2}',
  'pages/test-files/label-given': 'has it, and was given it with {probability.2}',
  'pages/test-files/label-missed': 'has it, and was not given it, with {probability.2}',
  'pages/test-files/label-extra': 'was given it with {probability.2} and has it not',

  'pages/report/curves': 'Training loss of {names} by step.',
  'pages/report/no-curves': 'The events of this run are gone, so there is no curve.',

  'pages/bench/title': 'Try a correction on the saved scores',
  'pages/bench/lead':
    'Nothing is trained: the sliders correct the scores the model gave on validation. Test is shown once, for the setting you keep.',
  'pages/bench/adjust': 'Logit adjustment',
  'pages/bench/adjust/caption': 'Scores on validation over τ of logit adjustment',
  'pages/bench/norm': 'Tau-norm',
  'pages/bench/norm/caption': 'Scores on validation over τ of tau-normalisation',
  'pages/bench/threshold': 'Threshold',
  'pages/bench/threshold/caption': 'Scores on validation over the threshold of the rarer class',
  'pages/bench/tau': 'τ',
  'pages/bench/at': 'threshold of {name}',
  'pages/bench/prior': 'Shares of the classes where the model will work',
  'pages/bench/prior/uniform': 'every class counts alike',
  'pages/bench/prior/as-trained': 'shares as in training',
  'pages/bench/prior/given': 'shares of the config',
  'pages/bench/prior/two': 'share of the rarer class',
  'pages/bench/share': 'share of {name}',
  'pages/bench/metric': 'What the threshold is chosen for',
  'pages/bench/metric/f1': 'F1 of {name}',
  'pages/bench/metric/balanced-accuracy': 'balanced accuracy',
  'pages/bench/metric/g-mean': 'G-mean',
  'pages/bench/measure/balanced': 'balanced accuracy',
  'pages/bench/measure/expected': 'accuracy at the target',
  'pages/bench/best': 'Set to Best',
  'pages/bench/keep': 'Keep This',
  'pages/bench/keep/hint':
    'Writes it to the config and beside the run’s model, and scores it on test once.',
  'pages/bench/few': {
    one: 'A class has only one validation item, below the {needed} it takes to choose: the best that is marked may be chance. τ = 1 is what theory gives.',
    other:
      'A class has only {count} validation items, below the {needed} it takes to choose: the best that is marked may be chance. τ = 1 is what theory gives.',
  },
  'pages/bench/table': 'Scores on validation',
  'pages/bench/setting/none': 'the model as it is',
  'pages/bench/setting/logit-adjustment': 'logit adjustment, τ = {tau.2}',
  'pages/bench/setting/tau-norm': 'tau-norm, τ = {tau.2}',
  'pages/bench/setting/label-thresholds': 'a threshold a label',
  'pages/bench/setting/class-thresholds': 'a threshold a class',
  'pages/bench/classes': 'Thresholds',
  'pages/bench/classes/caption': 'Scores on validation over the threshold of a class',
  'pages/bench/classes/how':
    'Of all classes the one whose probability is the most times its threshold is predicted, the largest p / t. Only the ratios count: with the same threshold everywhere the model is as it is, and a lower one lets a class be predicted sooner.',
  'pages/bench/classes/filter': 'Class',
  'pages/bench/classes/filter-hint': 'Name of a class',
  'pages/bench/classes/shown': {
    one: 'One class of {all}.',
    other: 'The {count} rarest classes of {all}; type a name for others.',
  },
  'pages/bench/classes/more': '{count} of the {found} classes found, the rarest first.',
  'pages/bench/classes/none': 'No class is called so.',
  'pages/bench/classes/searching': 'The best is being looked for: {share%} done.',
  'pages/bench/classes/flatters':
    'The best was looked for class by class on these very items and flatters itself on them; test will tell.',
  'pages/bench/classes/held': {
    one: 'One class has fewer than {needed} validation items: its threshold is not looked for and follows its share in training.',
    other:
      '{count} classes have fewer than {needed} validation items: their thresholds are not looked for and follow their shares in training.',
  },
  'pages/bench/classes/level': 'Set All Alike',
  'pages/bench/measure/macro-f1': 'macro-F1',
  'pages/bench/measure/accuracy': 'accuracy',
  'pages/bench/kept-labels':
    'Kept: {setting}. On test ({items} items): macro-F1 {macro}, micro-F1 {micro}, all labels right {exact}. This run has a macro-F1 of {run}.',
  'pages/bench/label': 'Label',
  'pages/bench/label/caption': 'Scores of a label on validation over its threshold',
  'pages/bench/label-metric/f1': 'best F1 of each label',
  'pages/bench/label-metric/balanced-accuracy': 'best balanced accuracy of each label',
  'pages/bench/label-metric/g-mean': 'best G-mean of each label',
  'pages/bench/label-few':
    '{name} has fewer than 20 validation items with or without it: its best would be chance, so one half stays.',
  'pages/bench/best-label': 'Set Label to Best',
  'pages/bench/best-all': 'Set All to Best',
  'pages/bench/setting/thresholds': 'threshold {threshold.2}',
  'pages/bench/kept':
    'Kept: {setting}. On test ({items} items): balanced accuracy {balanced}, 95 % interval {low} to {high} (test sampling, one seed); accuracy {accuracy}, {fewName} {few}, worst class {worst}. This run as reported: {run}.',
  'pages/bench/kept-unscored':
    'Kept: {setting}. The run kept no outputs of its test items, so there is no test score.',
  'pages/bench/kept-other':
    'Written: {setting}. Test was looked at once, for {first}; choosing by a second look would flatter the result, so it is not scored there.',
  'pages/bench/none/validation':
    'This run kept no validation split, so there is nothing to try a correction on without looking at test.',
  'pages/bench/none/outputs': 'The outputs of this run on validation are not in its folder.',

  'pages/diagnosis/title': 'Where the bias sits, and how far to trust the scores',
  'pages/diagnosis/reliability': 'Reliability',
  'pages/diagnosis/reliability/caption': 'Accuracy against confidence on the test items',
  'pages/diagnosis/weights': 'Classifier norms',
  'pages/diagnosis/weights/caption': 'Norm of the classifier row against training count',
  'pages/diagnosis/features': 'Feature norms',
  'pages/diagnosis/features/caption': 'Norm of the mean feature against training count',
};
