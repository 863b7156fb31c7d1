import type { Template } from '../say';

export const cli: Readonly<Record<string, Template>> = {
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

  'cli/split/shares-missing':
    'Say how large the parts are: --shares 0.8,0.1,0.1 for train, validation and test.',
  'cli/split/two-groups': 'Keep one of --group and --group-column.',
  'cli/split/group': '--group takes folder, prefix or prefix:2 to prefix:9, not “{group}”.',
  'cli/split/seed': '--seed takes a whole number, 0 or more, not {seed}.',
  'cli/split/written': 'Wrote {files} to {folder}.',
  'cli/inspect/near-bits': '--near-bits takes a whole number from 0 to {largest}, not {bits}.',
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

  'cli/preset-and-recipe': 'Give --preset or --recipe, not both.',
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
};
