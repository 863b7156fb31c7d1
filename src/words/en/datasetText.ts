import type { Template } from '../say';

/** Sentences about datasets of texts and tables. */
export const datasetText: Readonly<Record<string, Template>> = {
  // Sentences with a tag a token.
  'dataset/evidence-tags': '{path} has a token a line with tags such as: {names}.',
  'dataset/no-spans': {
    one: '{count} text has no entity.',
    other: '{count} texts have no entity.',
  },
  'dataset/tokens-outside':
    'Entities are counted, not tokens: {outside} of {tokens} tokens are outside of all (“O”, no class).',
  'dataset/tags-mixed': {
    one: '{count} entity of {path} begins with I where others begin with B (line {line}): it was counted. Correct the tag if it continues the one before.',
    other:
      '{count} entities of {path} begin with I where others begin with B (first: line {line}): they were counted. Correct the tags if they continue those before.',
  },
  'dataset/sentences-cut': {
    one: '{count} sentence of {path} has no end within {limit} tokens and was taken apart there: put an empty line after each sentence.',
    other:
      '{count} sentences of {path} have no end within {limit} tokens and were taken apart there: put an empty line after each sentence.',
  },

  // Tables.
  'dataset/evidence-pixels': 'Each row of {path} has the pixels of a picture, {side} by {side}.',
  'dataset/csv-short-pictures': {
    one: '{count} row of {path} ends before its picture does: its label is counted, it cannot be trained on. Get the file again.',
    other:
      '{count} rows of {path} end before their pictures do: their labels are counted, they cannot be trained on. Get the file again.',
  },
  'dataset/csv-names': 'The numbers in the column “{column}” of {path} are named by {names}.',
  'dataset/csv-one-column':
    '{path} was read as one column: no comma, tab, semicolon, bar or blank parts its rows evenly. If its rows have several columns, name the delimiter or save it as CSV.',

  // Rows of sparse features.
  'dataset/evidence-svm': '{path} has a row of labels and “feature:value” a line.',
  'dataset/svm-samples': {
    one: '{path} says that it has {declared} rows; {count} is there. Get the file again if rows are missing.',
    other:
      '{path} says that it has {declared} rows; {count} are there. Get the file again if rows are missing.',
  },
  'dataset/svm-names':
    '{path} gives several labels one name: classes are shown as numbers. Give each line a name of its own.',
  'dataset/svm-sparse':
    'The {features} features of {path} are not laid out for training, which takes {limit} at most: labels are counted, and losses and weights can be exported.',

  // ARFF.
  'dataset/arff-header': {
    one: '{count} line before the data of {path} declares nothing that can be read. If it is an attribute, rows do not fit: correct it.',
    other:
      '{count} lines before the data of {path} declare nothing that can be read. If they are attributes, rows do not fit: correct them.',
  },
  'dataset/arff-label':
    'The attribute “{column}” of {path} was taken for the label: it is the last with a list of values. Name the label column if it is another.',
  'dataset/arff-undeclared': {
    one: '{count} row of {path} has a class that its attribute does not list: it counts as unlabelled. Correct the row or the list.',
    other:
      '{count} rows of {path} have classes that their attribute does not list: they count as unlabelled. Correct the rows or the list.',
  },

  // Records of annotation tools.
  'dataset/answers-rejected': {
    one: '{count} record of {path} was not accepted by its annotator ("reject" or "ignore"): it counts as unlabelled.',
    other:
      '{count} records of {path} were not accepted by their annotators (“reject” or “ignore”): they count as unlabelled.',
  },
  'dataset/docbin': {
    one: "A file of spaCy's DocBin is not read: {names}. Write Doc.to_json() of each of its docs as a line of a .jsonl file.",
    other:
      "{count} files of spaCy's DocBin are not read: {names}. Write Doc.to_json() of each of their docs as a line of a .jsonl file.",
  },
  'dataset/docbin-only':
    "{path} holds only files of spaCy's DocBin, which are not read: {names}. Write Doc.to_json() of each of their docs as a line of a .jsonl file and scan that.",

  'dataset/synsets': {
    one: '{count} class folder named by an id of WordNet is shown by its word in {path}.',
    other: '{count} class folders named by ids of WordNet are shown by their words in {path}.',
  },
};
