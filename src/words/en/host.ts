import type { Template } from '../say';

/** Sentences of the editor's own surfaces: notifications, pickers, trees, the log. */
export const host: Readonly<Record<string, Template>> = {
  'host/effect/measured':
    'Measured here: plain training recalled {many.2} of the {manyName} classes and {few.2} of the {fewName} ones ({items} test items, one seed).',
  'host/show-log': 'Show Log',
  'host/open-profile': 'Show Profile',
  'host/open-run': 'Show Run',
  'host/open-report': 'Open Report',

  'host/dataset/stale': '{facts} · changed since',
  'host/dataset/stale-hint': 'Files have changed since the last scan. Scan Again reads them.',
  'host/compare/with': 'Compare {name} with',
  'host/compare/baseline': 'An earlier state: a baseline file…',
  'host/compare/split': 'Its split “{split}” against “{profiled}”',
  'host/compare/file': 'Baseline, or a profile as JSON',
  'host/compare/before': 'before ({file})',
  'host/compare/now': 'now',
  'host/compare/document': '{name} against {other}',
  'host/scanning': 'Scanning {name}',
  'host/scanned-so-far': {
    one: 'one sample, classes: {classes}',
    other: '{count} samples, classes: {classes}',
  },
  'host/log/scanned': {
    one: 'Scanned {root}: one sample, {classes} classes, {issues} issues, {seconds} s.',
    other: 'Scanned {root}: {count} samples, {classes} classes, {issues} issues, {seconds} s.',
  },
  'host/log/strange-message': 'The {page} page sent something that is no message; ignored.',
  'host/log/run-ended': 'The run in {folder} ended: {outcome}.',

  'host/not-on-disk':
    'This lies in a “{scheme}” file system. Datasets are read from a disk: open the folder on the machine that runs the extension.',
  'host/untrusted-train':
    'Training starts a process and writes files, so it needs a trusted workspace. Trust this workspace to train; scanning and advice work without.',
  'host/not-our-run': 'That run belongs to another window or a shell: stop it there.',
  'host/no-such-run': 'There is no run this could be about.',
  'host/no-report':
    'The run in {folder} has no report: it has not ended, or the report cannot be read.',
  'host/page-version': 'The extension was updated. Close this page and open it again.',
  'host/config-invalid': '{file}, line {line}: {reason}',

  'host/pick/dataset': 'Which dataset?',
  'host/pick/format': 'Two formats fit this. Which one is it? The answer is kept.',
  'host/pick/format-now': { one: 'read now: one sample', other: 'read now: {count} samples' },
  'host/pick/browse': 'Browse…',
  'host/pick/browse-button': 'Analyze',
  'host/pick/browse-title': 'A folder of labelled data, or a label file',
  'host/pick/recipe': 'Which recipe?',
  'host/pick/plain-recipe': 'Plain training',
  'host/pick/preset': 'A paper’s recipe, its schedule scaled',
  'host/pick/plain-recipe-detail':
    'Cross-entropy on the data as it is: the baseline every recipe is compared with.',
  'host/pick/config': 'Which config?',
  'host/pick/other-dataset': 'Make a config for a dataset…',
  'host/pick/stop': 'Which run should stop?',
  'host/pick/resume': 'Which run should go on?',
  'host/pick/run': 'Which run?',
  'host/pick/report': 'Which report?',

  'host/dataset/classes': { one: 'one class', other: '{count} classes' },
  'host/dataset/ratio': {
    one: 'one class',
    other: '{count} classes · ratio {ratio}',
  },
  'host/dataset/samples': { one: 'one sample', other: '{count} samples' },
  'host/dataset/profile': 'Profile',

  'host/run-state/queued': 'waiting',
  'host/run-state/running': 'running',
  'host/run-state/completed': 'completed',
  'host/run-state/stopped': 'stopped',
  'host/run-state/failed': 'failed',
  'host/run-state/interrupted': 'interrupted',
  'host/run/progress': '{stage}, {share%}',
  'host/run/progress-left': '{stage}, {share%}, {left} left',
  'host/run/features': 'features of the pictures',
  'host/run/baseline-of': 'baseline of {recipes}',
  'host/run/rename': 'A name for this run; empty gives it its title back',
  'host/run/tag': 'Tags of “{title}”, between commas',
  'host/run/delete': 'Delete “{title}”?',
  'host/run/delete-detail':
    '{folder} and all in it is removed: model, predictions, report. Reports of other runs keep what they say of it.',
  'host/run/delete-button': 'Delete',
  'host/run/report': 'Report',
  'host/run/run': 'Run',
  'host/runs/running': { one: 'One run is training', other: '{count} runs are training' },
  'host/run-completed': 'Training “{title}” is done.',
  'host/run-failed': 'Training “{title}” failed: {reason}',

  'host/interrupted/offer': {
    one: 'Training “{title}” was interrupted. It can go on from its last checkpoint.',
    other: '{count} training runs were interrupted. They can go on from their last checkpoints.',
  },
  'host/interrupted/resume': 'Resume',
  'host/interrupted/choose': 'Choose…',
  'host/interrupted/pick': 'Which runs should go on?',

  'host/panel/profile': 'Profile: {name}',
  'host/panel/run': 'Run: {title}',
  'host/panel/report': 'Report: {title}',

  'host/config/folder-button': 'Write Config Here',
  'host/config/folder-title': 'Where should the config of {name} be? Outside the dataset.',
  'host/config/inside':
    '{folder} lies inside the dataset, and nothing is ever written there. Choose another folder.',
  'host/config/exists': '{file} exists and says something else.',
  'host/config/exists-detail':
    'Replace it, or keep it and write the new recipe to a file beside it?',
  'host/config/replace': 'Replace',
  'host/config/keep-both': 'Keep Both',

  'host/share': '{share%}',
  'host/inspect/running': 'Looking into the samples of {name}',
  'host/inspect/depth': 'How closely?',
  'host/inspect/quick': 'Files',
  'host/inspect/quick-detail':
    'Equal files in two splits or under two labels, empty and damaged ones, sizes.',
  'host/inspect/near': 'Files and pictures',
  'host/inspect/near-detail':
    'Also decodes every picture: those that look the same, and damage inside. Minutes for many.',
  'host/samples/copied': 'Copied {path}',
  'host/merge/title': 'Merge {count} classes',
  'host/merge/prompt': 'Name they are counted under. The data stay as they are.',
  'host/merge/empty': 'A class needs a name.',
  'host/merge/ignored': 'A class of this name is left out.',
  'host/samples/class': 'Samples of which class?',
  'host/samples/listing': 'Listing samples of {name}',
  'host/samples/place': {
    one: 'One sample. Choose it to open it.',
    other: '{count} samples, {shown} listed. Choose one to open it.',
  },
  'host/samples/reveal': 'Show in Its Folder',
  'host/split/shares': 'How large are the parts?',
  'host/split/shares-prompt': 'Two: train, test. Three: train, validation, test. Or name=share, …',
  'host/split/group': 'What must stay in one part?',
  'host/split/group-none': 'Nothing: every sample by itself',
  'host/split/group-folder': 'Files of a folder',
  'host/split/group-prefix': 'Files whose names begin alike, up to _ or -',
  'host/split/group-column': 'Samples with the same value in a column…',
  'host/split/column': 'Column: a patient, a place, a video',
  'host/split/running': 'Parting {name}',
  'host/split/offer': 'The split is only proposed. Write it as lists, outside the dataset?',
  'host/split/write': 'Write Lists…',
  'host/split/folder': 'Folder for the lists, outside the dataset',
  'host/split/holds': '{folder} is not empty. Lists of these names are replaced there.',
  'host/split/written': 'Wrote the lists to {folder}.',
  'host/export/pick': 'Which framework do you train with?',
  'host/export/folder-button': 'Export Here',
  'host/export/folder-title': 'Where should the code for {name} be? Outside the dataset.',
  'host/export/inside':
    '{folder} lies inside the dataset, and nothing is ever written there. Choose another folder.',
  'host/export/config': '{file} has mistakes; put them right first, they are marked in it.',
  'host/export/running': 'Exporting {name}',
  'host/export/done': 'Exported to {folder}.',

  'host/copy/pick': 'What should go to the clipboard?',
  'host/copy/item': '{framework}: {part}',
  'host/copy/class-weights': 'A weight for each class in the loss.',
  'host/copy/sampler': 'Draws rare classes more often.',
  'host/copy/logit-adjusted-loss': 'A loss that takes the class shares out of the scores.',
  'host/copy/done': '{what} is on the clipboard.',

  'host/lens/train': '$(play) Train',
  'host/lens/preview': '$(preview) Preview',
  'host/lens/export': '$(export) Export',
  'host/lens/sweep': '$(list-ordered) Compare All Recipes',
  'host/lens/profile': '$(graph) Show Profile',
  'host/exported': 'Saved {file}.',
  'host/sample-labels-only':
    'The sample is a table of labels without pictures: profile, advice and code work; training needs data.',

  'host/keep/config':
    '{path} has faults or is gone, so the setting was not written. Open the config, put it right and keep the setting again.',
  'host/keep/model': 'This setting does not fit the run’s model, so nothing was written.',
  'host/keep/written': 'The correction was written to {file}.',
};
