import type { Template } from '../say';

export const dataset: Readonly<Record<string, Template>> = {
  // Failures: what went wrong, and what to do.
  'dataset/path-missing': '{path} does not exist. Check the path, or choose the folder again.',
  'dataset/not-readable':
    '{path} cannot be read ({reason}). Check its permissions, then scan again.',
  'dataset/not-recognised':
    'No dataset was recognised in {path}. Longtail reads: {formats}. Choose the folder that holds the class or split folders, or the file that holds the labels, or name the format.',
  'dataset/unknown-format': 'There is no format “{format}”. Longtail reads: {known}.',
  'dataset/column-missing':
    '{path} has no column “{column}”. Its columns are: {columns}. Name one of these.',
  'dataset/no-rows':
    '{path} is no file of rows that can be read. Known are {endings}; tables, lines and records also with .gz.',
  'dataset/rows-unreadable': '{path} cannot be read: {reason}. Check the file.',
  'dataset/row-columns': {
    one: '{path} has no column “{missing}”, which the model was trained on. It has: {columns}. Name the columns as in training.',
    other:
      '{path} lacks {count} columns that the model was trained on: {missing}. It has: {columns}. Name the columns as in training.',
  },
  'dataset/column-unread':
    'The column “{column}” says nothing about the samples of this {format} dataset. Groups by column need a table, JSON lines, Parquet or Arrow.',
  'dataset/no-label-column':
    'No column of {path} looks like a label. Its columns are: {columns}. Name the label column.',
  'dataset/class-unknown':
    'The dataset has no class named: {names}. Correct dataset.classes in the config.',
  'dataset/class-twice':
    'The class “{name}” is merged twice, or both merged and ignored. Keep one of the two in dataset.classes.',
  'dataset/class-name-taken':
    'A merged class cannot be named “{name}”: another class has that name. Add “{name}” to its members or choose another name.',
  'dataset/index-other':
    'The files in {root} are not those this was made from, so its samples cannot be found in them.',
  'dataset/index-unreadable': 'The index {path} cannot be read ({reason}). Scan the dataset again.',
  'dataset/index-replaced':
    'The index {path} was replaced by a newer scan. Open the dataset again.',
  'dataset/cache-unwritable':
    'The index cannot be written to {path} ({reason}). Free some space or choose another cache folder.',
  'dataset/sample-unreadable':
    'The sample {path} cannot be read ({reason}). Scan the dataset again; if it is still listed, remove or replace the file.',

  // Why a format fits.
  'dataset/evidence-flat':
    '{withImages} of {looked} folders looked into hold samples: class folders.',
  'dataset/evidence-split-class':
    '{withImages} of {looked} folders looked into hold samples, under folders named after splits.',
  'dataset/evidence-class-split':
    '{withImages} of {looked} folders looked into hold samples: class folders that hold split folders.',
  'dataset/evidence-idx': 'The header of {path} is that of an IDX label file.',
  'dataset/evidence-file': '{path} is there.',
  'dataset/evidence-label-column': 'The column “{column}” of {path} looks like the label.',
  'dataset/evidence-path-column': 'The column “{column}” of {path} names pictures.',
  'dataset/evidence-path-list': '{path} lists pictures in several folders.',
  'dataset/evidence-names': 'The names of {count} files say their class: {names}.',
  'dataset/format-close':
    'This was read as {format}; it would also fit {other}. Name the format if that is what it is.',

  // Issues of any dataset.
  'dataset/no-samples': 'There is no sample in this dataset.',
  'dataset/no-labels': 'No sample of this dataset has a label.',
  'dataset/one-class': 'All labelled samples are of one class: there is nothing to balance.',
  'dataset/empty-class': {
    one: '{count} class has no sample: {names}.',
    other: '{count} classes have no sample: {names}.',
  },
  'dataset/class-twins': {
    one: 'Two class names differ only by case, blanks or Unicode form: {names}. They are counted apart; merge them if they mean the same.',
    other:
      '{count} class names differ from another only by case, blanks or Unicode form: {names}. They are counted apart; merge them if they mean the same.',
  },
  'dataset/unlabelled': {
    one: '{count} sample has no label.',
    other: '{count} samples have no label.',
  },
  'dataset/class-not-in-train': {
    one: '{count} class has no training sample: {names}. It cannot be learnt.',
    other: '{count} classes have no training sample: {names}. They cannot be learnt.',
  },
  'dataset/class-not-in-split': {
    one: '{count} class has no {split} sample: {names}. Its recall cannot be measured there.',
    other:
      '{count} classes have no {split} sample: {names}. Their recall cannot be measured there.',
  },
  'dataset/no-validation':
    'There is no validation split: training holds out a part of the training split.',
  'dataset/no-train':
    'There is no labelled training split, only: {splits}. Everything is profiled together.',

  // Image folders.
  'dataset/wrapped': 'The dataset was found inside the only folder, {path}.',
  'dataset/folder-unreadable':
    'The folder {path} cannot be read ({reason}). What it holds is missing from the counts.',
  'dataset/folder-ignored':
    'The folder {path} lies beside the split folders but holds no class folder: it was left out.',
  'dataset/folder-again':
    'Folders reached a second time through links, or too deep, were left out: {names}.',
  'dataset/files-skipped': {
    one: '{count} file that is no sample was left out (extension: {extension}).',
    other: '{count} files that are no samples were left out (extension: {extension}).',
  },
  'dataset/archives-inside': {
    one: '{count} archive lies among the samples: {names}. Unpack it if its content belongs to the dataset.',
    other:
      '{count} archives lie among the samples: {names}. Unpack them if their content belongs to the dataset.',
  },
  'dataset/broken-links': {
    one: '{count} link leads nowhere: {names}.',
    other: '{count} links lead nowhere: {names}.',
  },
  'dataset/nested-folders': {
    one: '{count} class folder holds further folders: {names}. Their samples count for the outer folder; name a depth to make them classes.',
    other:
      '{count} class folders hold further folders: {names}. Their samples count for the outer folder; name a depth to make them classes.',
  },

  // MNIST IDX.
  'dataset/scan-stopped':
    'The disk failed while the labels were read ({reason}); the counts are of what was read until then. Scan again.',
  'dataset/file-unreadable': 'The file {path} cannot be read ({reason}) and was left out.',
  'dataset/idx-not-labels': '{path} is not an IDX file of labels. Its samples are missing.',
  'dataset/idx-not-images':
    '{path} is not an IDX file of pictures. Its labels are counted, its pictures cannot be read.',
  'dataset/idx-no-labels': '{path} has no label file beside it and was left out.',
  'dataset/idx-damaged':
    '{path} is damaged or cut short ({detail}): only what is there is counted. Get the file again.',
  'dataset/idx-counts-differ':
    '{labelFile} has {labels} labels but {path} has {images} pictures: only pairs are counted.',
  'dataset/idx-mapping':
    '{path} does not give every label a character of its own: classes are shown as numbers.',
  'dataset/several-sets':
    'The folder holds more than one dataset. “{chosen}” was read, not: {names}. Choose a label file to read another.',

  // Tables.
  'dataset/label-guessed':
    'The column “{column}” of {path} was taken for the label because its values repeat. Name the label column if it is another.',
  'dataset/label-guessed-among':
    'The column “{column}” of {path} was taken for the label; it could also be: {others}. Name the label column if it is another.',
  'dataset/pictures-not-found':
    'The column “{column}” of {path} names pictures that are not there. Labels are counted; to train, put the pictures beside {path}.',
  'dataset/tables-skipped': {
    one: '{count} table was left out: {names}.',
    other: '{count} tables were left out: {names}.',
  },
  'dataset/csv-short-rows': {
    one: '{count} row of {path} ends before the label column and counts as unlabelled.',
    other: '{count} rows of {path} end before the label column and count as unlabelled.',
  },
  'dataset/csv-open-quotes': {
    one: '{count} quote in {path} is never closed and was read as a character.',
    other: '{count} quotes in {path} are never closed and were read as characters.',
  },
  'dataset/csv-long-lines': {
    one: '{count} line of {path} is longer than 8 MB and was left out.',
    other: '{count} lines of {path} are longer than 8 MB and were left out.',
  },
  'dataset/csv-long-labels': {
    one: '{count} label of {path} is longer than 1,000 characters and counts as missing.',
    other: '{count} labels of {path} are longer than 1,000 characters and count as missing.',
  },
  'dataset/csv-flags':
    'Each of these columns of {path} was read as a class, with 1 for its rows: {names}.',
  'dataset/csv-uncertain': {
    one: '{count} cell of {path} is -1, not certain, and counts as no label.',
    other: '{count} cells of {path} are -1, not certain, and count as no label.',
  },
  'dataset/csv-no-path': {
    one: '{count} row of {path} names no picture.',
    other: '{count} rows of {path} name no picture.',
  },
  'dataset/csv-zero-bytes': '{path} contains zero bytes: it may be damaged or no table.',
  'dataset/lines-damaged': {
    one: '{count} line of {path} is damaged (line {line}): what it says is missing.',
    other: '{count} lines of {path} are damaged (first: line {line}): what they say is missing.',
  },
  'dataset/lines-long': {
    one: '{count} line of {path} is longer than 64 MB and was left out.',
    other: '{count} lines of {path} are longer than 64 MB and were left out.',
  },
  'dataset/paths-outside': {
    one: '{count} name in {path} leads out of the dataset and was not followed: {names}.',
    other: '{count} names in {path} lead out of the dataset and were not followed: {names}.',
  },
  'dataset/lfs-pointer': {
    one: '{count} file is only a pointer of Git LFS: {names}. Fetch it with "git lfs pull".',
    other: '{count} files are only pointers of Git LFS: {names}. Fetch them with "git lfs pull".',
  },
  'dataset/other-labels': 'The label was read from “{column}” of {path}; others there: {others}.',
  'dataset/file-cut': 'Reading {path} stopped half way ({reason}): the rest is missing.',

  // Arrays, lists and archives.
  'dataset/pickle-refused':
    '{path} was not read: it holds what is not plain data ({reason}, byte {at}), and nothing in a dataset is executed. Save it as .npz or as files.',
  'dataset/rows-damaged':
    '{path} is damaged or cut short ({detail}): only what is whole is counted. Get the file again.',
  'dataset/no-pixels':
    'The pictures in {path} are kept in a way that is not read: labels are counted, training is not possible.',
  'dataset/labels-damaged': {
    one: 'The label of {count} sample cannot be read.',
    other: 'The labels of {count} samples cannot be read.',
  },
  'dataset/evidence-list': '{path} lists pictures with the number of their class.',
  'dataset/listed-not-found':
    'The pictures that {path} names were not found. Labels are counted; to train, scan the folder that holds the lists and the pictures.',
  'dataset/split-lists-unreadable':
    'The lists of splits at {path} cannot be read ({reason}). Correct splitLists, or take it out to use the splits of the dataset.',
  'dataset/split-lists-none':
    '{path} holds no lists of splits. Name a folder with train.txt, validation.txt and test.txt, or with split.csv, as “longtail split” writes them.',
  'dataset/split-lists-columns':
    '{path} has the columns {columns}. A table of splits needs path and split, and row, line or number where samples lie inside larger files.',
  'dataset/split-lists-many':
    'The lists name more than {most} splits. Name the column of splits “split”.',
  'dataset/split-lists-unmatched': {
    one: '{count} line of the lists in {path} names no sample of this dataset. Write the lists anew.',
    other:
      '{count} lines of the lists in {path} name no sample of this dataset. Write the lists anew.',
  },
  'dataset/split-lists-contrary': {
    one: '{count} line in {path} puts a sample into a second split. It stays in the first.',
    other: '{count} lines in {path} put a sample into a second split. Each stays in its first.',
  },
  'dataset/split-lists-unlisted': {
    one: '{count} sample is in none of the lists in {path}. Its split is called “unlisted”.',
    other: '{count} samples are in none of the lists in {path}. Their split is called “unlisted”.',
  },
  'dataset/lists-elsewhere':
    'Only the lists in {path} were read; these folders hold lists too: {names}. Choose the folder you mean.',
  'dataset/list-counts-differ':
    '{path} has {lines} lines for {pictures} pictures: pictures without a line count as unlabelled. Get both again.',
  'dataset/array-no-labels':
    '{path} does not hold labels ({detail}): whole numbers, text, or columns of 0 and 1 are read.',
  'dataset/items-damaged': {
    one: '{count} item of {path} is damaged or of another kind and was left out.',
    other: '{count} items of {path} are damaged or of another kind and were left out.',
  },
  'dataset/annotations-damaged': {
    one: '{count} annotation file is damaged or of another kind and was left out: {names}.',
    other: '{count} annotation files are damaged or of another kind and were left out: {names}.',
  },
  'dataset/further-annotators': {
    one: '{count} annotation in {path} by a further annotator is not counted.',
    other: '{count} annotations in {path} by further annotators are not counted.',
  },
  'dataset/files-missing': {
    one: '{count} file that {path} names was not found. Its labels are counted; to train, put it beside {path}.',
    other:
      '{count} files that {path} names were not found. Their labels are counted; to train, put them beside {path}.',
  },
  'dataset/label-sets':
    'Labels of the set “{chosen}” are counted; there are also: {others}. Name one of these as the label column to count it.',
  'dataset/names-read':
    'Classes are read from the names of files: {example} is of “{name}”. If another part of the name is the class, name its number as the label column, or “prefix” for all before the last number.',
};
