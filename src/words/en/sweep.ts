import type { Template } from '../say';

export const sweep: Readonly<Record<string, Template>> = {
  'sweep/title': 'Every recipe on one representation',
  'sweep/run-title': 'Sweep: {recipe}',
  'sweep/running': 'Sweep',

  'sweep/recipe/plain': 'Plain training',
  'sweep/recipe/logit-adjustment': 'Post-hoc logit adjustment',
  'sweep/recipe/logit-adjustment-auto': 'Post-hoc logit adjustment, tau tuned',
  'sweep/recipe/tau-norm': 'Tau-normalised classifier',
  'sweep/recipe/tau-norm-auto': 'Tau-normalised classifier, tau tuned',
  'sweep/recipe/nearest-mean': 'Nearest class mean',
  'sweep/recipe/nearest-mean-cl2n': 'Nearest class mean, CL2N',
  'sweep/recipe/thresholds': 'Moved threshold',
  'sweep/recipe/crt': 'cRT: classifier retrained in balance',
  'sweep/recipe/crt-logit-adjusted': 'cRT with the logit-adjusted loss',
  'sweep/recipe/balanced-softmax': 'Classifier with balanced softmax',
  'sweep/recipe/lws': 'LWS: learnable weight scaling',
  'sweep/recipe/mislas': 'MiSLAS stage 2',
  'sweep/recipe/class-balanced-weights': 'Classifier with class-balanced weights',
  'sweep/recipe/focal': 'Classifier with the focal loss',
  'sweep/recipe/square-root': 'Classifier with square-root sampling',
  'sweep/recipe/ldam': 'Cosine classifier with LDAM',

  'sweep/column/recipe': 'Recipe',
  'sweep/column/validation': 'Validation, balanced',
  'sweep/column/test': 'Test, balanced [95 %]',
  'sweep/column/many': 'Many',
  'sweep/column/medium': 'Medium',
  'sweep/column/few': 'Few',
  'sweep/column/ece': 'ECE',
  'sweep/column/against': 'Test, against plain [95 %]',
  'sweep/column/seconds': 'Time',
  'sweep/itself': 'itself',
  'sweep/tie': 'tie',
  'sweep/mark/best': '(best on validation)',
  'sweep/mark/tie': '(ties with the best)',

  'sweep/note/made':
    '{recipes} recipes in {seconds} s on the stored features ({items} × {width}); their representation took {training} s to train.',
  'sweep/note/no-validation':
    'Validation is “none”, so nothing is called best: a choice on the test data would be too good.',
  'sweep/note/chosen':
    'Best on validation: {best}; {ties} more cannot be told from it there. Test was scored once, after all choices.',
  'sweep/note/intervals-items':
    'Intervals are over the items of one training (paired where two recipes are compared); a tie is a difference whose interval holds 0. More seeds (--seeds 0,1,2) tell how much another training would differ.',
  'sweep/note/intervals-seeds':
    'Means of {count} seeds; intervals hold the noise of the items and of the seeds. A tie is a difference whose interval holds 0.',
  'sweep/note/warning': '{recipe}: {text}',
  'sweep/note/left-out': 'Left out: {recipe}. {text}',

  'sweep/note/stars':
    '★ marks the best of a column on validation; the number beside it is that of test.',
  'sweep/starred': '{score} ★',
  'sweep/advice/best':
    'The advice for these data is what validation chose: {best}. Following it costs nothing.',
  'sweep/advice/tie':
    'The advice for these data, {advised}, ties with what validation chose, {best}. Its regret: {regret.1} points of balanced accuracy there, {test.1} on test (below 0: the advice was better).',
  'sweep/advice/regret':
    'Regret of the advice for these data, {advised}, against {best}: {regret.1} points of balanced accuracy on validation, where the choice is made, and {test.1} on test (below 0: the advice was better).',
  'sweep/several-labels':
    'A sweep compares recipes for one label an item; these data have several. Train the recipes one by one.',
  'sweep/not-json':
    '{path} is no JSON, or was cut short. Delete its folder and run the sweep again.',
  'sweep/unreadable':
    '{path} is no longtail.sweep/1: “{place}” is missing or not as it should be. Run the sweep again.',
  'sweep/binary-only': 'One threshold is for two classes.',
  'sweep/unknown-recipe': '“{recipe}” is no recipe of a sweep. There are: {known}.',
  'sweep/bad-seeds':
    '--seeds takes whole numbers from 0 on, separated by commas (0,1,2), and got “{seeds}”.',
};
