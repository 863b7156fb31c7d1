import type { Template } from '../say';

/** Using a finished model: prediction and export. */
export const model: Readonly<Record<string, Template>> = {
  'model/none':
    'There is no finished run and no exported model in {folder}. Name the folder of a run, or one that “longtail model” wrote.',
  'model/unfinished':
    'The run in {folder} has no report yet: it is not finished. Resume it first, then use its model.',
  'model/no-weights':
    'The weights of the model in {folder} are gone: weights.npz is missing beside longtail-model.json. Export the run again.',
  'model/no-weights-of-run':
    'The run in {folder} only corrects the scores of its baseline {baseline}, and that one is gone with its weights. Train the config again.',
  'model/no-means':
    'The run in {folder} was scored by class means that it did not keep: an earlier version trained it. Train the config again.',
  'model/posthoc':
    'The correction “{kind}” of the run in {folder} cannot be made again from its files. Train the config again.',
  'model/description': '{path} is not a model’s description: “{place}” is wrong or missing.',
  'model/no-such-path': 'There is no file or folder {path}.',
  'model/no-pictures': '“{title}” takes rows of a file, not pictures.',
  'model/cell-number':
    'row {row} has “{text}” in column “{column}”, where the model takes a number. Put a number there, or leave the cell empty.',
  'model/row-damaged':
    'row {row} lost fields or has too many, or is no record. Compare it with the rows around it.',
  'model/other-network':
    '“{title}” was trained on features of {net} with other weights than those found here. Use the run itself, or put its weights back.',
};
