import type { Template } from '../say';

/** Files of arrays, and a trained model's predictions read from them and corrected. */
export const predictions: Readonly<Record<string, Template>> = {
  'arrays/damaged':
    '{path}: {name} cannot be read; the file is damaged, cut short, or of another format. Write it anew with np.save or np.savez.',
  'arrays/pickled':
    '{path}: {name} holds Python objects, which only Python can open by running them; nothing is run here. Save it with a plain type, for instance np.asarray(x, dtype="float32"), or dtype="U" for names.',
  'arrays/structured':
    '{path}: {name} holds records of several fields. Save each field as an array of its own.',
  'arrays/unknown-type':
    '{path}: {name} is of type {type}. Save it as float16, float32, float64, an integer, a boolean or text.',
  'arrays/compression':
    '{path}: {name} is packed in a way that NumPy does not use. Write the file with np.savez or np.savez_compressed.',
  'arrays/too-large': '{path}: {name} is over 2 GB. Save it as float32, or in parts.',
  'arrays/parquet':
    '{path} cannot be read as Parquet: {detail}. Write it anew, or save it as CSV or npz.',

  'posthoc/unknown-file':
    '{path} is no file of predictions. Known are .npz, .npy, .csv, .tsv, .parquet.',
  'posthoc/cannot-open': '{path} cannot be opened: {detail}.',
  'posthoc/no-labels':
    '{path} has no array that is named like labels. Name it with --labels: a key of it, or a file of its own. It has: {known}.',
  'posthoc/no-scores':
    '{path} has no array that is surely logits, probabilities or features. Name one with --logits, --probabilities or --features. It has: {known}.',
  'posthoc/no-items': '{path} has no item.',
  'posthoc/no-such-key':
    '{path} has no “{key}”, and no file of that name could be read. It has: {known}.',
  'posthoc/several-arrays':
    '{path} holds several arrays, so it is not clear which one is meant. Name a key of the main file, or a file of one array. It has: {known}.',
  'posthoc/not-numbers': '{path}: {name} is text where numbers are needed.',
  'posthoc/dimensions':
    '{path}: {name} has the shape [{shape}]; a vector or a matrix with a row an item is needed.',
  'posthoc/not-finite':
    '{path}: {name}, row {row} is {value}. Leave such items out, or write them anew.',
  'posthoc/not-probabilities':
    '{path}: {name} are no probabilities: they leave 0 to 1, or rows do not sum to 1. Name them with --logits.',
  'posthoc/labels-not-whole':
    '{path}: {name}, row {row} is {value}. Labels are class names or whole numbers from 0.',
  'posthoc/labels-not-sets':
    '{path}: {name} is a matrix, so it should hold 0 and 1 alone: a column a label.',
  'posthoc/row-counts':
    '{path}: there are {labels} labels and {scores} rows of {name}. Both should be of the same items, in the same order.',
  'posthoc/weights-width':
    '{path}: {name} has {width} columns, the features {expected}. It should be [classes, features].',
  'posthoc/label-range':
    '{path}: {name}, row {row} is {label}; the columns allow 0 to {last}. Count labels from 0, in the order of the columns, and leave unlabelled items out.',
  'posthoc/unknown-label':
    '{path}: {name}, row {row} is “{label}”, which is none of the classes {known}. Give the names as they are in the labels with --classes.',
  'posthoc/classes-count':
    '{path}: {given} class names for {count} columns. Name every column once, in order, with --classes.',
  'posthoc/classes-unreadable':
    '“{given}” is no list of class names (a,b,c), no key of the file, and no file that can be read.',
  'posthoc/no-class-order':
    '{path}: labels are names, but nothing says which of the {count} columns is which class. Give the names in the order of the columns with --classes. Seen: {names}.',
  'posthoc/trained-missing':
    'Say how the model was trained: --trained plain, or for instance --trained sampler:class-balanced. A correction with the wrong prior makes predictions worse.',
  'posthoc/trained-part':
    '“{given}” says nothing known about a training. Write plain, or parts like sampler:class-balanced; the parts are {parts}.',
  'posthoc/trained-kind': '“{given}”: there is no such {part}. There are: {known}.',
  'posthoc/trained-kind-near': '“{given}” is not known. Did you mean “{near}”? There are: {known}.',
  'posthoc/trained-settings': '“{given}”: {detail}. Settings follow the kind: sampler:power:q=0.5.',
  'posthoc/trained-twice': '“{given}” names {part} twice. Keep one of them.',
  'posthoc/no-counts':
    'The training counts are not in {path}. Give the dataset with --dataset PATH, or the counts with --train-counts FILE.',
  'posthoc/counts-twice': 'Give the dataset or the counts, not both.',
  'posthoc/counts-unreadable':
    '{path} holds no training counts. Write one line a class, “name: count”. {detail}',
  'posthoc/not-a-count': '{path}: the count of “{name}” is {got}, not a number of at least 0.',
  'posthoc/counts-class':
    'There is no training count for the class “{name}”; the nearest name is “{near}”. Counted are: {known}. If the columns have other names, give them with --classes.',
  'posthoc/counts-empty': 'All training counts are 0.',
  'posthoc/select-differs':
    '{path} has other classes than {other} ({names}), or another order. Both should be of one model.',
  'posthoc/target-class': 'The shares leave out the class “{name}”.',
  'posthoc/labels-need-scores':
    '{path} has several labels an item but no scores for them. Name them with --probabilities or --logits.',
  'posthoc/rule-needs-two':
    'A threshold is for two classes, or for several labels an item; here one of {count} classes is predicted. Leave the threshold away: tau corrects all classes at once.',
  'posthoc/metric': '“{given}” is nothing a threshold is chosen for. There are: {known}.',
  'posthoc/costs': '“{given}” are no costs. Write a false alarm’s and a miss’s, both above 0: 1:5.',
  'posthoc/costs-missing': 'The least cost needs --costs FP:FN.',
  'posthoc/floor-missing':
    'The most recall needs --precision-floor: without one everything would be predicted positive.',
  'posthoc/floor': 'A precision floor lies above 0 and is at most 1, not {given}.',
  'posthoc/tau': 'tau lies between 0 and 4, not at {given}.',

  'posthoc/title': 'Corrected predictions: {name}',
  'posthoc/about': {
    one: 'One item, {classes} classes. Trained: {trained}. Classes where it is used: {target}.',
    other:
      '{count} items, {classes} classes. Trained: {trained}. Classes where it is used: {target}.',
  },
  'posthoc/target/uniform': 'each counts the same',
  'posthoc/target/as-trained': 'as often as in training',
  'posthoc/target/given': 'in the shares given',
  'posthoc/section/tried': 'What was tried',
  'posthoc/section/classes': 'Classes, before and after',
  'posthoc/column/recipe': 'correction',
  'posthoc/column/how': 'parameters',
  'posthoc/column/accuracy': 'overall',
  'posthoc/column/balanced': 'balanced',
  'posthoc/column/macroF1': 'macro-F1',
  'posthoc/column/ece': 'ECE',
  'posthoc/column/gain': 'gain',
  'posthoc/column/interval': '95 %',
  'posthoc/column/class': 'class',
  'posthoc/column/band': 'band',
  'posthoc/column/train': 'trained on',
  'posthoc/column/items': 'items',
  'posthoc/column/before': 'before',
  'posthoc/column/after': 'after',
  'posthoc/column/change': 'change',
  'posthoc/column/precision': 'precision',
  'posthoc/how/fixed': 'fixed',
  'posthoc/how/cross-fitted': 'cross-fitted',
  'posthoc/how/selected': 'chosen elsewhere',
  'posthoc/recipe/plain': 'the model as it is',
  'posthoc/recipe/logit-adjustment': 'logit adjustment, tau {tau}',
  'posthoc/recipe/logit-adjustment-tuned': 'logit adjustment, tau {tau} (tuned)',
  'posthoc/recipe/prior-shift': 'prior shift, tau {tau}',
  'posthoc/recipe/threshold': '{name} from probability {threshold}',
  'posthoc/recipe/label-thresholds': {
    one: 'a threshold of its own for one label',
    other: 'a threshold of its own for {count} labels',
  },
  'posthoc/recipe/tau-norm': 'tau-normalised classifier, tau {tau}',
  'posthoc/recipe/nearest-mean': 'nearest class mean (means of these items)',
  'posthoc/kept': 'Kept: {title}.',
  'posthoc/chosen-cross-fitted':
    'Whatever was chosen on these items is scored by cross-fitting: each item by parameters that its own fold of five had no part in.',
  'posthoc/chosen-elsewhere': 'The choice was made on {path}; these items had no part in it.',
  'posthoc/why/nothing-to-correct':
    'The model already carries the class shares asked for, so there is nothing to correct.',
  'posthoc/why/nothing-before': 'There are no scores of the model as it is to compare with.',
  'posthoc/why/better':
    'Against the simpler correction tried before it: {difference.3} (95 % between {low.3} and {high.3}), which is beyond chance.',
  'posthoc/why/asked':
    'It is the threshold asked for; balanced accuracy changes by {difference.3} (95 % between {low.3} and {high.3}).',
  'posthoc/why/tau-zero':
    'Tuning takes the whole correction back (tau 0): the model does best as it is. Check how it was trained.',
  'posthoc/why/below-floor':
    'On items that had no part in choosing it, its precision is {precision.3}, below the {floor} asked for: choose it with a higher floor, or on more items.',
  'posthoc/why/no-threshold':
    'No threshold was chosen: none reaches the precision asked for, or a class has fewer than {least} items.',
  'posthoc/why/worse':
    'The correction is worse than the model as it is, by {difference.3} (95 % between {low.3} and {high.3}): leave the model alone, and check how it was trained.',
  'posthoc/why/gain':
    'Against the model as it is: {difference.3} (95 % between {low.3} and {high.3}).',
  'posthoc/why/within-chance':
    'Against the model as it is: {difference.3}, which may be chance (95 % between {low.3} and {high.3}).',
  'posthoc/note/taken-as-probabilities':
    '{name} was taken as probabilities: all of it lies between 0 and 1. If it is logits, name it with --logits.',
  'posthoc/note/class-order':
    'The order of the columns is not in the file; it was taken to be that of the counts: {names}. Give --classes if it is another.',
  'posthoc/note/labels-kept': {
    one: 'One label keeps one half: fewer than 20 items have it or lack it, or no threshold is precise enough ({names}).',
    other:
      '{count} labels keep one half: fewer than 20 items have them or lack them, or no threshold is precise enough ({names}).',
  },
  'posthoc/written':
    'Wrote {path}: report.md, posthoc.json, posthoc.yaml, posthoc.py, predictions.npz, predictions.csv.',

  'exporters/py/posthoc-config':
    'Does the same after a training of longtail: put it into longtail.yaml. Thresholds and tau = auto are chosen on validation there.',
  'exporters/py/posthoc-origin':
    'Corrected predictions, from {file}: {items} items, trained: {trained}.',
  'exporters/py/posthoc-offsets': 'Added to the logits, by class name.',
  'exporters/py/posthoc-order': 'The values in the order of your columns: a list of class names.',
  'exporters/py/posthoc-logits': 'Logits [items, classes] with the offsets added.',
  'exporters/py/posthoc-probabilities':
    'Probabilities of the softmax [items, classes] for the new class shares.',
  'exporters/py/posthoc-predict': 'The predicted column of every row.',
  'exporters/py/posthoc-thresholds': 'A label is predicted where its probability is at least this.',
  'exporters/py/posthoc-predict-labels': 'True where a label [items, labels] is predicted.',
  'exporters/py/posthoc-tau-norm':
    'The predicted column: weights [classes, width] of the last layer by their norm to the power TAU, without bias.',
  'exporters/py/posthoc-means-fit':
    'Centre and class means of training features [items, width]; labels are positions.',
  'exporters/py/posthoc-means-predict':
    'The class whose mean is nearest by cosine; never one without items.',

  'train/thresholds-classes':
    'A threshold is for two classes, or for several labels an item; here are {count} classes. Give thresholds by class (posthoc: { kind: thresholds, at: … }), or use posthoc: { kind: logit-adjustment }.',
  'train/tau-norm-classifier':
    'tau-norm divides the rows of a linear classifier; this one is of another kind, or has scales behind it. Use posthoc: { kind: logit-adjustment } instead.',
  'threshold.given': 'The thresholds are those of the config.',
  'threshold.chosen': 'Thresholds were chosen on validation.',
  'threshold.fewItems':
    'The threshold stays at one half: a class has fewer than 20 validation items.',
  'threshold.unreachable':
    'The threshold stays at one half: none is as precise as asked on validation.',

  'host/correct/running': 'Correcting {name}',
  'host/correct/title':
    'A file of a trained model’s logits, probabilities or features, with labels',
  'host/correct/files': 'Predictions',
  'host/correct/trained':
    'How was the model trained? The correction divides by the class shares that training left in it.',
  'host/correct/trained/plain': 'Plainly: cross-entropy on the data as they are',
  'host/correct/trained/sampler-class-balanced': 'With every class drawn equally often',
  'host/correct/trained/sampler-square-root':
    'With classes drawn by the square root of their counts',
  'host/correct/trained/weights-inverse': 'With inverse class weights in the loss',
  'host/correct/trained/weights-effective-number':
    'With weights by the effective number of samples',
  'host/correct/trained/loss-balanced-softmax': 'With a balanced softmax or logit-adjusted loss',
  'host/correct/trained-other': 'Another way…',
  'host/correct/trained-other-prompt':
    'Parts joined by commas: sampler:power:q=0.5, weights:effective-number:beta=0.999, loss:logit-adjusted:tau=1.',
  'host/correct/counts': 'Where are the class counts it was trained on?',
  'host/correct/counts-file': 'In the file',
  'host/correct/counts-file-detail': 'The array of training counts beside the predictions.',
  'host/correct/counts-dataset': 'In a dataset…',
  'host/correct/counts-dataset-detail': 'The training split of a folder or label file is counted.',
  'host/correct/counts-list': 'In a list…',
  'host/correct/counts-list-detail': 'JSON or YAML of class: count, or a CSV of class and count.',
  'host/correct/classes': 'Which column is which class?',
  'host/correct/classes-prompt': 'Class names in the order of the columns, separated by commas.',
  'host/correct/labels': 'The labels of these predictions',
  'host/correct/save': 'Save Corrected Predictions…',
  'host/correct/save-button': 'Save Here',
  'host/correct/save-title': 'Where should config, code and corrected predictions be written?',
  'host/correct/saved': 'Saved the correction in {folder}.',
};
