import type { Template } from '../say';

export const report: Readonly<Record<string, Template>> = {
  'report/band/count/many': 'many',
  'report/band/count/medium': 'medium',
  'report/band/count/few': 'few',
  'report/band/rank/many': 'head',
  'report/band/rank/medium': 'medium',
  'report/band/rank/few': 'tail',
  'report/bands/count':
    'Bands by training count: many above {manyAbove}, few below {fewBelow}, medium between.',
  'report/bands/rank':
    'Bands by rank: head is the third with the most training items (from {manyAbove}), tail the third with the fewest (to {fewBelow}).',
  'report/bands/lvis':
    'Bands as LVIS sets them: many above {manyAbove}, few below {fewBelow}, medium between.',
  'report/bands/custom':
    'Bands as you set them: many above {manyAbove}, few below {fewBelow}, medium between.',

  'report/did/first': {
    one: 'The network ({model}) was trained for one epoch with {loss} loss and {sampler} sampling.',
    other:
      'The network ({model}) was trained for {count} epochs with {loss} loss and {sampler} sampling.',
  },
  'report/did/all': {
    one: 'Then all of it was trained for one epoch with {loss} loss and {sampler} sampling.',
    other: 'Then all of it was trained for {count} epochs with {loss} loss and {sampler} sampling.',
  },
  'report/did/classifier': {
    one: 'Then its classifier alone was trained for one epoch with {loss} loss and {sampler} sampling.',
    other:
      'Then its classifier alone was trained for {count} epochs with {loss} loss and {sampler} sampling.',
  },
  'report/did/scale': {
    one: 'Then a factor a class was learned for one epoch with {loss} loss and {sampler} sampling.',
    other:
      'Then a factor a class was learned for {count} epochs with {loss} loss and {sampler} sampling.',
  },
  'report/did/classifier-and-scale': {
    one: 'Then its classifier and a factor a class were trained for one epoch with {loss} loss and {sampler} sampling.',
    other:
      'Then its classifier and a factor a class were trained for {count} epochs with {loss} loss and {sampler} sampling.',
  },
  'report/did/weights': 'Classes were weighted by {weights}.',
  'report/did/mixing': 'Items were mixed by {mixing}.',
  'report/did/switch': 'Weights and sampler came into force with epoch {epoch}.',
  'report/did/posthoc': 'Its scores were corrected afterwards ({kind}).',
  'report/did/posthoc-tau': 'Its scores were corrected afterwards ({kind}, tau = {tau}).',

  'report/headline/rose':
    'Balanced accuracy rose from {before.3} to {after.3} against plain training on the same data, network and seed.',
  'report/headline/fell':
    'Balanced accuracy fell from {before.3} to {after.3} against plain training on the same data, network and seed.',
  'report/headline/unclear':
    'Balanced accuracy is {after.3}, with plain training {before.3}: too close to tell apart on these test items.',
  'report/headline/alone':
    'Balanced accuracy is {after.3}. This run has no baseline beside it, so no effect is stated.',
  'report/headline/gained': {
    one: 'The {band} classes gained one point of recall.',
    other: 'The {band} classes gained {count} points of recall.',
  },
  'report/headline/lost': {
    one: 'The {band} classes lost one point of recall.',
    other: 'The {band} classes lost {count} points of recall.',
  },
  'report/headline/labels-rose':
    'Mean average precision rose from {before.3} to {after.3} against plain training on the same data, network and seed.',
  'report/headline/labels-fell':
    'Mean average precision fell from {before.3} to {after.3} against plain training on the same data, network and seed.',
  'report/headline/labels-unclear':
    'Mean average precision is {after.3}, with plain training {before.3}: too close to tell apart on these test items.',
  'report/headline/labels-alone':
    'Mean average precision is {after.3}. This run has no baseline beside it, so no effect is stated.',
  'report/headline/labels-none':
    'No item of the test has a label, so nothing can be said of average precision.',
  'report/headline/labels-gained': {
    one: 'The {band} labels gained one point of average precision.',
    other: 'The {band} labels gained {count} points of average precision.',
  },
  'report/headline/labels-lost': {
    one: 'The {band} labels lost one point of average precision.',
    other: 'The {band} labels lost {count} points of average precision.',
  },
  'report/headline/labels-f1':
    'Macro-F1, of the decisions at the thresholds, is {after.3} (plain {before.3}).',
  'report/headline/skewed-plain':
    'On data as skewed as the training set plain training would be right more often ({plain%} against {run%}).',
  'report/headline/skewed-run':
    'On data as skewed as the training set it would do no worse ({run%} against {plain%} for plain training).',

  'report/scored/test': {
    one: 'Scored once, on the one item of the test split.',
    other: 'Scored once, on the {count} items of the test split.',
  },
  'report/scored/heldOut': {
    one: 'There is no test split: scored once, on one item held out of the data.',
    other: 'There is no test split: scored once, on {count} items held out of the data.',
  },
  'report/seeds': {
    one: 'One seed ({seeds}): another seed may move every number by a point or two.',
    other: '{count} seeds: {seeds}.',
  },
  'report/tau/validation': 'The strength of the adjustment, tau = {tau}, was chosen on validation.',
  'report/tau/fixed': 'The strength of the adjustment was fixed beforehand: tau = {tau}.',
  'report/backend': 'Trained on the {backend} backend.',
  'report/interval':
    'The interval is 95 %, from resampling the test items of each class; it does not cover the choice of seed.',
  'report/interval-few': '{right} of {count} right',
  'report/interval-class':
    'Intervals of a class are Wilson’s, 95 % (test sampling, one seed); below 20 test items the items themselves are counted.',

  'report/labels':
    'Items may have several labels: average precision and AUROC rank items by one label at a time; F1, recall, precision and exact match are of the decisions at each label’s threshold. Means are over the labels that occur in the test, bands over those of the band.',
  'report/interval-labels':
    'The interval is 95 %, from resampling the test items; it does not cover the choice of seed.',

  'report/note/other-data': 'Not the same data as {first}: {titles}. Compare with care.',
  'report/note/other-bands': 'Other bands than {first}: {titles}. Band columns do not compare.',
  'report/note/other-split':
    'Not scored on the same kind of split as {first}: {titles}. Scores do not compare.',
  'report/note/other-baselines':
    'These runs have {count} different plain baselines (other network, split, seed or backend); each change is against its own.',

  'report/title/comparison': 'Comparison of runs',
  'report/title/comparisonOf': {
    one: '{count} run',
    other: '{count} runs',
  },
  'report/section/against': 'Against the plain baseline',
  'report/section/scores': 'Scores',
  'report/section/recall': 'Recall per class, plain → this run',
  'report/section/recallAlone': 'Recall per class',
  'report/section/precision': 'Average precision per label, plain → this run',
  'report/section/precisionAlone': 'Average precision per label',
  'report/section/classes': 'Classes',
  'report/section/labels': 'Labels',
  'report/section/confusion': 'Confusion, classes by training count',
  'report/section/confusionTop': 'Most frequent confusions',
  'report/section/training': 'Training loss',
  'report/section/tau': 'Strengths tried on validation',
  'report/section/how': 'How it was made',
  'report/section/issues': 'Remarks',

  'report/column/recipe': 'recipe',
  'report/column/overall': 'overall',
  'report/column/balanced': 'balanced',
  'report/column/change': 'change',
  'report/column/interval': '95 % interval',
  'report/column/worst': 'worst class',
  'report/column/macroF1': 'macro-F1',
  'report/column/gMean': 'G-mean',
  'report/column/ece': 'ECE',
  'report/column/auroc': 'AUROC',
  'report/column/averagePrecision': 'average precision',
  'report/column/mcc': 'MCC',
  'report/column/time': 'own training',
  'report/column/class': 'class',
  'report/column/band': 'band',
  'report/column/train': 'train',
  'report/column/tested': 'test',
  'report/column/plainRecall': 'plain recall',
  'report/column/recall': 'recall',
  'report/column/precision': 'precision',
  'report/column/mAP': 'mAP',
  'report/column/macroAUROC': 'macro AUROC',
  'report/column/microF1': 'micro-F1',
  'report/column/exact': 'all labels right',
  'report/column/label': 'label',
  'report/column/plainPrecision': 'plain average precision',
  'report/column/f1': 'F1',
  'report/column/recallInterval': '95 % interval of recall',
  'report/column/threshold': 'threshold',
  'report/column/true': 'true class',
  'report/column/predicted': 'predicted as',
  'report/column/count': 'items',
  'report/column/share': 'share of the class',
  'report/column/tau': 'tau',

  'report/fact/dataset': 'Dataset',
  'report/fact/fingerprint': 'Fingerprint',
  'report/fact/model': 'Network',
  'report/fact/stages': 'Stages',
  'report/fact/stage': {
    one: '{name}: {count} epoch, {sampler} sampling, {loss} loss',
    other: '{name}: {count} epochs, {sampler} sampling, {loss} loss',
  },
  'report/fact/posthoc': 'After training',
  'report/fact/prior': 'Class shares aimed at',
  'report/fact/seed': 'Seed',
  'report/fact/backend': 'Backend',
  'report/fact/versions': 'Versions',
  'report/fact/memory': 'Peak memory',
  'report/fact/run': 'Run',
  'report/fact/bands': 'Bands',
  'report/fact/config': 'Full configuration',

  'report/time/none': 'none',
  'report/time/chip-none': 'no training of its own',
  'report/time/seconds': '{seconds} s',
  'report/time/minutes': '{minutes} min {seconds} s',
  'report/time/hours': '{hours} h {minutes} min',

  'report/confusion/corner': 'true ↓ predicted →',

  'report/chart/class': '{name} ({band}, {train} training items): recall {recall}',
  'report/chart/classAgainst':
    '{name} ({band}, {train} training items): recall {plain} with plain training, {recall} in this run',
  'report/chart/label': '{name} ({band}, {train} training items): average precision {recall}',
  'report/chart/labelAgainst':
    '{name} ({band}, {train} training items): average precision {plain} with plain training, {recall} in this run',
  'report/chart/precision':
    'Average precision of each label: an open dot is plain training, a filled one this run.',
  'report/chart/recall':
    'Recall of each class: an open dot is plain training, a filled one this run.',
  'report/chart/loss': 'Training loss over the steps of all stages.',
  'report/chart/thisRun': 'this run',
  'report/chart/plain': 'plain',
  'report/chart/step': 'step',

  'report/bench/column/measure': 'on validation',
  'report/bench/column/plain': 'as it is',
  'report/bench/column/half': 'at one half',
  'report/bench/column/now': 'as set',
  'report/bench/column/change': 'change',
  'report/bench/column/best': 'best',
  'report/bench/accuracy': 'accuracy',
  'report/bench/label-f1': 'F1 of {name}',
  'report/bench/expected': 'accuracy at the target',
};
