import type { Template } from '../say';

export const cli: Readonly<Record<string, Template>> = {
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
  'cli/predict/format': '--format takes csv, json or text, not {format}.',
  'cli/predict/whole': '{option} takes a whole number from 1 to {largest}, not {value}.',
  'cli/predict/opened-pictures': {
    one: '“{title}” looks at one picture.',
    other: '“{title}” looks at {count} pictures.',
  },
  'cli/predict/opened-rows': {
    one: '“{title}” looks at one row.',
    other: '“{title}” looks at {count} rows.',
  },
  'cli/predict/opened-texts': {
    one: '“{title}” looks at one text.',
    other: '“{title}” looks at {count} texts.',
  },
  'cli/predict/progress-pictures': '{done} of {total} pictures',
  'cli/predict/progress-rows': '{done} of {total} rows',
  'cli/predict/progress-texts': '{done} of {total} texts',
  'cli/predict/unread': 'Left out: {path}: {detail}',
  'cli/model/written': 'README.md there says how to run it.',

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
  'cli/split/shares-missing':
    'Say how large the parts are: --shares 0.8,0.1,0.1 for train, validation and test.',
  'cli/split/two-groups': 'Keep one of --group and --group-column.',
  'cli/split/group': '--group takes folder, prefix or prefix:2 to prefix:9, not “{group}”.',
  'cli/split/seed': '--seed takes a whole number, 0 or more, not {seed}.',
  'cli/split/written': 'Wrote {files} to {folder}.',
  'cli/option/near':
    'Decode all pictures and find those that look the same but are not the same bytes.',
  'cli/option/near-bits':
    'With --near: in how many of 64 bits two hashes may differ, 0 to 12; 4 where it is not given.',
  'cli/inspect/near-bits': '--near-bits takes a whole number from 0 to {largest}, not {bits}.',
  'cli/option/class': 'The class, by its name.',
  'cli/option/split': 'Only samples of this split (train, validation, test …).',
  'cli/option/limit': 'How many to list; 100 where it is not given.',
  'cli/samples/class-missing': 'Name the class: --class NAME. “longtail scan PATH” lists them.',
  'cli/samples/limit': '--limit takes a whole number, 0 or more, not {limit}.',
  'cli/samples/no-class': 'There is no class “{name}”. There are: {known}.',
  'cli/samples/no-class-near': 'There is no class “{name}”. Did you mean “{near}”?',
  'cli/samples/no-split': 'There is no split “{name}”. There are: {known}.',
  'cli/samples/no-split-near': 'There is no split “{name}”. Did you mean “{near}”?',
  'cli/samples/more': {
    one: 'and one more; --limit lists more.',
    other: 'and {count} more; --limit lists more.',
  },

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
  'cli/preset-and-recipe': 'Give --preset or --recipe, not both.',
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

  'cli/unknown-command': '“{command}” is no command. There are: {known}.',
  'cli/unknown-command-near': '“{command}” is no command. Did you mean “{near}”?',
  'cli/unknown-option':
    '“{option}” is no option of “longtail {command}”. “longtail {command} --help” lists them.',
  'cli/unknown-option-near': '“{option}” is no option here. Did you mean “{near}”?',
  'cli/option-needs-value': '“{option}” needs a value: {option} {value}.',
  'cli/option-takes-none': '“{option}” takes no value.',
  'cli/option-twice': '“{option}” is given twice. Keep one of them.',
  'cli/missing-argument':
    '{argument} is missing. “longtail {command} --help” shows how it is used.',
  'cli/too-many-arguments':
    '“{argument}” is one argument too many for “longtail {command}”. Put a path with spaces in quotes.',
  'cli/not-a-number': '“{option}” takes a number, not “{value}”.',
  'cli/budget': '--budget takes minutes, 0 or more, or none, not “{value}”.',
  'cli/cancelled': 'Cancelled.',
  'cli/out-exists': '{path} is there already. Choose another name, or replace it with --force.',
  'cli/out-missing': 'Name the file to write: --out FILE (or --out - for stdout).',
  'cli/out-in-dataset':
    '{path} lies inside the dataset {dataset}, and nothing is ever written there. Choose a place beside it.',
  'cli/out-no-run':
    '{path} is not the folder of a run, so --force does not remove it. Choose another.',
  'cli/cannot-write': '{path} cannot be written: {detail}',
  'cli/cannot-read': '{path} cannot be read ({detail}). Check the path.',
  'cli/config-is-folder':
    '{path} is a folder, not a config. “longtail config PATH --out longtail.yaml” writes one for a dataset.',
  'cli/severity/error': 'error',
  'cli/severity/warning': 'warning',
  'cli/severity/info': 'note',
  'cli/more-issues': {
    one: 'and one more; --json lists all.',
    other: 'and {n} more; --json lists all.',
  },

  'cli/scan/progress': 'scanning: {samples} samples, {classes} classes',
  'cli/scan/severity/equal': 'Balanced: every class has the same number of {what}.',
  'cli/scan/severity/none': 'Balanced: {largest} has {ratio} times the {what} of {smallest}.',
  'cli/scan/severity/mild': 'Mild imbalance. {largest} has {ratio} times the {what} of {smallest}.',
  'cli/scan/severity/moderate':
    'Moderate imbalance. {largest} has {ratio} times the {what} of {smallest}.',
  'cli/scan/severity/severe':
    'Severe long tail. {largest} has {ratio} times the {what} of {smallest}.',
  'cli/scan/severity/extreme':
    'Extreme long tail. {largest} has {ratio} times the {what} of {smallest}.',
  'cli/scan/one-class': 'Only one class has {what}: {name}.',
  'cli/scan/no-samples': 'No labelled sample was found.',
  'cli/scan/numbers':
    'classes {classes} · samples {samples} · ratio {ratio} · effective classes {effective} · Gini {gini} · smallest class {smallest}',
  'cli/scan/numbers-objects':
    'classes {classes} · pictures {samples} · objects {objects} · ratio {ratio} · effective classes {effective} · Gini {gini} · smallest class {smallest}',
  'cli/scan/what/samples': 'samples',
  'cli/scan/what/objects': 'objects',
  'cli/scan/without-objects': {
    one: 'One picture has no object.',
    other: '{count} pictures have no object.',
  },
  'cli/scan/without-labels': {
    one: 'One sample has none of the labels; in training it is a negative of each.',
    other: '{count} samples have none of the labels; in training they are negatives of each.',
  },
  'cli/scan/unlabelled': {
    one: 'One sample has no label; it is not counted.',
    other: '{count} samples have no label; they are not counted.',
  },
  'cli/scan/partial': 'The scan was cut short: about {share%} was read.',
  'cli/scan/column/class': 'class',
  'cli/scan/column/objects-of': '{split} objects',
  'cli/scan/column/band': 'band',
  'cli/scan/left-out': {
    one: '… one class between (--all shows it)',
    other: '… {count} classes between (--all shows them)',
  },
  'cli/scan/issues': 'Noticed:',

  'cli/advice/assumes/uniform': 'If every class counts the same where the model is used:',
  'cli/advice/assumes/as-trained': 'If classes come as often as in the training set:',
  'cli/advice/assumes/given': 'For the class shares you gave:',
  'cli/advice/assumes/any': 'Whatever the model will meet:',
  'cli/advice/cost': 'Cost:',
  'cli/advice/when-not': 'Not when:',
  'cli/advice/source': 'Source:',
  'cli/advice/nothing': 'Nothing to configure.',
  'cli/advice/gain': 'Expected here: {points.1} points of balanced accuracy, from {sets}.',
  'cli/advice/settings': 'Numbers for these counts, where a method asks for them:',
  'cli/advice/defects': 'Known in {name} where imbalance is corrected:',
  'cli/advice/no-defects': 'Nothing is known to go wrong in {name}.',
  'cli/advice/defect-source': '{reference} (versions: {versions})',
  'cli/advice/why-not':
    '“longtail recommend PATH --why-not” says of every other method why it is not here.',
  'cli/why-not/recommended': '“{id}” is recommended for this dataset.',
  'cli/why-not/unknown': '“{id}” is no method known here. Not recommended are: {known}.',
  'cli/why-not/unknown-near': '“{id}” is no method known here. Did you mean “{near}”?',
  'cli/unknown-choice': '{option} takes one of {known}, not “{value}”.',
  'cli/unknown-choice-near': '{option} takes one of {known}, not “{value}”. Did you mean “{near}”?',

  'cli/deploy-unreadable':
    '{path} cannot be read ({detail}). --deploy takes uniform, as-trained, or a file of class shares.',

  'cli/plain-recipe': 'plain training',
  'cli/unknown-recipe': '“{recipe}” is no advice for this dataset. There are: {known}.',
  'cli/unknown-recipe-near':
    '“{recipe}” is no advice for this dataset. Did you mean “{near}”? There are: {known}.',
  'cli/recipe-without-config': 'The advice “{recipe}” has nothing to configure.',
  'cli/config/refused': 'Nothing was done: put {path} right first.',
  'cli/config/written': 'Wrote {path}: {title}.',

  'cli/train/out-and-resume': '--resume goes on in the run’s own folder; leave --out away.',
  'cli/train/seeds-and-folder':
    '--seeds makes a run folder for every seed; leave --out and --resume away.',
  'cli/train/bad-seeds':
    '--seeds takes how many (1 to 20), or whole numbers separated by commas (0,1,2), and got “{seeds}”.',
  'cli/train/seed': 'Seed {seed}, training {place} of {of}',
  'cli/compare/one-run':
    'A comparison needs two runs, and the baseline of this one is gone. Name another run.',
  'cli/compare/no-reference':
    '--against names “{run}”, which is not among the runs compared. Name it as a run too.',
  'cli/train/stopping':
    'Stopping: the batch is finished and a checkpoint written. Ctrl-C again leaves at once.',
  'cli/train/kept': 'The run is kept in {folder}',
  'cli/train/stopped/asked':
    'Stopped, with a checkpoint. “longtail train CONFIG --resume {folder}” goes on.',
  'cli/train/stopped/terminated':
    'Stopped by a signal; the last checkpoint remains. “longtail train CONFIG --resume {folder}” goes on.',
  'cli/train/stopped/killed':
    'Stopped by force; the last checkpoint remains. “longtail train CONFIG --resume {folder}” goes on.',
  'cli/train/log': 'Details: {path}',

  'cli/option/runs-name': 'A name for the run; empty gives it its title back.',
  'cli/option/runs-tags': 'Tags for the runs, in place of those they have.',
  'cli/option/runs-delete': 'Remove the runs with all their files: models, predictions, reports.',
  'cli/runs/column/id': 'run',
  'cli/runs/column/state': 'state',
  'cli/runs/column/created': 'created (UTC)',
  'cli/runs/column/title': 'title',
  'cli/runs/column/dataset': 'dataset',
  'cli/runs/column/tags': 'tags',
  'cli/runs/state/queued': 'waiting',
  'cli/runs/state/running': 'running',
  'cli/runs/state/completed': 'completed',
  'cli/runs/state/stopped': 'stopped',
  'cli/runs/state/failed': 'failed',
  'cli/runs/state/interrupted': 'interrupted',
  'cli/runs/baseline-of': 'baseline of {recipes}',
  'cli/runs/none': 'There is no run in {store}.',
  'cli/runs/deleted': 'Deleted {folder}',
  'cli/runs/delete-alone': '--delete goes alone: a run that is gone needs no name or tags.',
  'cli/runs/one-name': '--name is for one run; --tags may be given to several.',
  'cli/runs/same-name': 'Several runs are called “{name}”. Name the one by its id.',

  'cli/report/no-run': 'There is no run “{run}”, neither as a folder nor in {store}.',
  'cli/report/not-a-run': '{folder} is not the folder of a run.',
  'cli/report/unfinished':
    'The run in {folder} has no report: it is {state}. Only a finished run has one.',
  'cli/report/unknown-format': '“{format}” is no report format. There are: {known}.',
  'cli/report/written': 'Wrote {path}',

  'cli/check/nothing':
    'Say what to check: --max-imbalance N, --min-class N, --max or --min METRIC=N, --limits FILE, or --baseline FILE.',
  'cli/check/no-samples': '{path} has no labelled sample to check.',
  'cli/check/not-a-pair': '{option} takes NAME=N, not “{written}”.',
  'cli/check/not-a-share': '--max-drop takes a share such as 20% or 0.2, not “{written}”.',
  'cli/check/refused': 'Nothing was checked: put {path} right first.',
  'cli/check/more-out':
    'There are more --out than --format. Each --out takes the output before it.',
  'cli/check/unknown-format':
    '“{format}” is no output of a check. There are: {known}. The format of the dataset is --dataset-format.',
  'cli/check/unknown-format-near':
    '“{format}” is no output of a check. Did you mean “{near}”? The format of the dataset is --dataset-format.',
  'cli/check/baseline-written': 'Wrote the baseline {path}',

  'cli/sweep/stopped':
    'Stopped. Representations that were trained are kept: the same command goes on after them.',
  'cli/sweep/kept': 'The table is kept in {folder} (sweep.json, sweep.md)',
  'cli/export/to-missing':
    'Name what to write: --to with one of {known}. “longtail export --to” says what each is.',
  'cli/export/list': 'longtail export CONFIG|DATASET --to NAME, with one of these names:',
  'cli/export/recipe-and-config':
    '--recipe is for a dataset; this is a config, which says its recipe itself.',
  'cli/export/written-script':
    'Run it with Python, torch and torchvision (or timm), then set model to “{ kind: pretrained, features: FILE }” in the config.',
  'cli/export/written-code':
    'Numbers are by class name. Network, optimizer and schedule stay yours.',
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
