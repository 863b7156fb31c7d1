import type { Template } from '../say';

/** What the help of the shell says of commands and options. */
export const cliHelp: Readonly<Record<string, Template>> = {
  'cli/help/about':
    'Longtail finds and fixes class imbalance: profile a dataset, get advice, train beside a plain baseline.',
  'cli/help/usage': 'Usage:',
  'cli/help/more':
    '“longtail COMMAND --help” lists the options of a command, “longtail --version” says the version.',
  'cli/help/exit':
    'Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 check failed or items left out, 2 bad usage or input, 3 run failed, 130 cancelled.',

  'cli/command/scan': 'Count the classes of a dataset and show how long its tail is.',
  'cli/command/recommend': 'Rank what may help this dataset, with the reason and the source.',
  'cli/command/config':
    'Write a recipe as longtail.yaml (the first advice unless --recipe names one).',
  'cli/command/preview':
    'Show what a config would do: draws, weights and prior of each class, steps, memory and time.',
  'cli/command/train': 'Train a config, beside the plain baseline, and print the comparison.',
  'cli/command/sweep': 'Try every head and correction on one representation.',
  'cli/command/runs': 'List the runs of this folder; name, tag or delete them.',
  'cli/command/report': 'Show or convert the reports of finished runs; several are compared.',
  'cli/command/compare':
    'Hold runs against each other on the same test items, seeds of a config as one.',
  'cli/command/export':
    'Write a config, or a dataset with its recipe, as code or numbers for the framework you train with.',
  'cli/command/check': 'Fail when classes are too small or too uneven: for continuous integration.',

  'cli/command/model':
    'Write the model of a run for TensorFlow.js and Keras, with code that runs it.',
  'cli/command/predict':
    'Run a finished run or an exported model on pictures, or on rows or texts without labels.',
  'cli/option/model-out': 'Folder to write into; ./longtail-model where it is not given.',
  'cli/option/predict-format': 'What to write: a line an item, as CSV, JSON lines or text.',
  'cli/option/top': 'Classes to name of each item, the most probable first; 2 where not given.',
  'cli/option/batch': 'Items that go through the network together; 32 where not given.',
  'cli/command/samples': 'List the samples of a class: file, archive member, row or line.',
  'cli/command/inspect':
    'Open every sample: the same file in two splits or under two labels, empty or damaged ones, sizes.',
  'cli/command/split':
    'Propose a split that has every class in every part; nothing in the dataset is moved.',
  'cli/option/shares':
    'Shares of the parts: two are train and test, three train, validation and test; or name=share,…',
  'cli/option/group':
    'What stays in one part: files of a folder, or files whose names begin alike (up to the N-th _ or -).',
  'cli/option/group-column': 'Column whose values stay in one part: a patient, a place, a video.',
  'cli/option/split-from': 'Part only the samples of this split.',
  'cli/option/split-seed': 'Seed of the lots that are drawn; 0 where it is not given.',
  'cli/option/split-out':
    'Folder for the lists and split.json; nothing is written where it is not given.',
  'cli/option/absolute': 'Write paths from the root of the disk.',
  'cli/option/numbers': 'Write the class’s number behind each path.',
  'cli/option/near':
    'Decode all pictures and find those that look the same but are not the same bytes.',
  'cli/option/near-bits':
    'With --near: in how many of 64 bits two hashes may differ, 0 to 12; 4 where it is not given.',
  'cli/option/class': 'The class, by its name.',
  'cli/option/split': 'Only samples of this split (train, validation, test …).',
  'cli/option/limit': 'How many to list; 100 where it is not given.',
  'cli/option/format': 'Format of the dataset, when detection takes it for another.',
  'cli/option/against':
    'Run that the others are held against, or their plain baseline; where not given the first, for one alone its baseline.',
  'cli/option/compare-format': 'What to write; tables for the terminal where it is not given.',
  'cli/option/train-seeds':
    'Train so many times, each with another seed from the config’s own on, or with those listed.',
  'cli/option/report-format': 'What to write; a table for the terminal where it is not given.',
  'cli/option/label-column':
    'Column, key or question that holds the labels, where there are several.',
  'cli/option/path-column': 'Column or key of the picture paths, in tables and records.',
  'cli/option/split-column': 'Column or key that names the split, in tables and records.',
  'cli/option/split-lists':
    'Lists that say which split samples belong to (train.txt … or split.csv, as “longtail split --out” writes them).',
  'cli/option/depth':
    'Nested class folders: how many levels make a class (1: the first folder, 2: “bird/robin”).',
  'cli/option/delimiter': 'What separates the columns of a CSV (\\t for tabs).',
  'cli/option/fresh': 'Do not use the index of an earlier scan.',
  'cli/option/by':
    'Cross the classes with a column (site, camera) or with the folders below the class: which cells are missing.',
  'cli/option/all': 'Show every class, however many there are.',
  'cli/option/json': 'Print JSON on stdout.',
  'cli/option/deploy':
    'Class shares the model will meet: equal, as in training, or a CSV, YAML or JSON file of class and share.',
  'cli/option/metric': 'What you score by; calibration where the probabilities are used.',
  'cli/option/budget':
    'Minutes that training may take; dearer advice is left out. Known for pictures only.',
  'cli/option/model':
    'What there is of a trained model: nothing, its outputs, or the network itself.',
  'cli/option/framework':
    'The framework the advice is for, for instance mmdetection or keras@2.1: what is known to go wrong there.',
  'cli/option/why-not':
    'Instead of the advice: why every other method, or the one named, is not recommended.',
  'cli/option/preset':
    'A paper’s recipe, its schedule scaled to the plain one: decoupling, bbn, ldam-drw, logit-adjustment, mislas or bag-of-tricks.',
  'cli/option/recipe': 'Id of an advice of “longtail recommend”, or “plain”.',
  'cli/option/out': 'File to write; “-” is stdout.',
  'cli/option/run-out':
    'Folder of the run, outside the dataset; in .longtail of this folder where not given.',
  'cli/option/report-out': 'File to write; stdout where it is not given.',
  'cli/option/force': 'Replace what is there.',
  'cli/option/resume': 'Go on with this run, by its folder or id, from its last checkpoint.',
  'cli/option/events': 'Stream the events of the run to stdout, one JSON object a line.',
  'cli/option/recipes': 'Ids of the recipes to try; all of them where not given.',
  'cli/option/seeds': 'One representation a seed; the config’s own seed where not given.',
  'cli/option/sweep-format': 'What to write; a table for the terminal where it is not given.',
  'cli/option/to': 'What to write for; without a name it lists all there are.',
  'cli/option/export-out':
    'Folder to write into, outside the dataset; ./longtail-NAME where not given.',
  'cli/option/max-imbalance': 'Largest allowed ratio of the largest class to any other.',
  'cli/option/min-class':
    'Smallest allowed number of training samples: of every class, or NAME=N of one.',
  'cli/option/min-split-class': 'The same for every class in another split: test=20.',
  'cli/option/class-limits': 'YAML of class: smallest number, or class: {min, max}.',
  'cli/option/max':
    'Largest allowed value of a number of the profile, for instance gini=0.6 (“longtail scan PATH --json” lists them).',
  'cli/option/min': 'Smallest allowed value of a number of the profile, for instance total=1000.',
  'cli/option/limits': 'All of these in a file (longtail-check.yaml).',
  'cli/option/baseline':
    'An earlier state to compare with: classes that fell, are gone or new, splits that changed.',
  'cli/option/max-drop': 'Share of its samples that a class may lose since then; 20% unless said.',
  'cli/option/write-baseline': 'Write the state as it is now, to compare with later.',
  'cli/option/check-format': 'What to write; several with an --out each.',
  'cli/option/check-out': 'Where to write the --format before it; stdout where it is not given.',

  'cli/option/runs-name': 'A name for the run; empty gives it its title back.',
  'cli/option/runs-tags': 'Tags for the runs, in place of those they have.',
  'cli/option/runs-delete': 'Remove the runs with all their files: models, predictions, reports.',
  'cli/command/posthoc':
    'Correct the predictions of a model trained anywhere for its class shares; nothing is trained.',
  'cli/option/trained':
    'How the model was trained: plain, or parts joined by commas: sampler:class-balanced, weights:inverse, loss:balanced-softmax, settings after a colon (sampler:power:q=0.5).',
  'cli/option/dataset': 'The dataset it was trained on, to count its classes.',
  'cli/option/train-counts':
    'Training samples by class: YAML or JSON of class: count, a CSV, or what “longtail scan --json” prints.',
  'cli/option/labels': 'The labels: a key or column of FILE, or a file of their own.',
  'cli/option/logits':
    'The logits: a key, the common beginning of columns, or a file of their own.',
  'cli/option/probabilities': 'The probabilities, named like the logits.',
  'cli/option/features': 'The features, named like the logits.',
  'cli/option/weights': 'Weights of the last layer [classes, features], for tau-normalisation.',
  'cli/option/bias': 'Bias of the last layer.',
  'cli/option/classes':
    'Class names in the order of the columns: a,b,c, a key of FILE, or a file with one a line.',
  'cli/option/select':
    'Another file of the same model to choose on, for instance its validation outputs.',
  'cli/option/tau':
    'Strength of the correction; auto (the default) tunes it where the items suffice.',
  'cli/option/threshold':
    'Move the threshold for: f1, balanced-accuracy, g-mean, cost or recall (two classes, or each label).',
  'cli/option/costs': 'What a false alarm and a miss cost, for instance 1:5.',
  'cli/option/precision-floor': 'Only thresholds with at least this precision (0 to 1).',
  'cli/option/seed': 'Seed of folds and intervals; 0 where it is not given.',
  'cli/option/posthoc-out':
    'Folder for the report, the choice as config and as Python, and the corrected predictions.',
};
