import type { Template } from '../say';

/** What a model says of pictures, rows and texts. */
export const predicted: Readonly<Record<string, Template>> = {
  'predicted/title': 'Predictions of “{title}”',
  'predicted/done-pictures': {
    one: '“{title}” looked at one picture, {place}.',
    other: '“{title}” looked at {count} pictures of {place}.',
  },
  'predicted/done-rows': {
    one: '“{title}” looked at one row of {place}.',
    other: '“{title}” looked at {count} rows of {place}.',
  },
  'predicted/done-texts': {
    one: '“{title}” looked at one text of {place}.',
    other: '“{title}” looked at {count} texts of {place}.',
  },
  'predicted/agree': '{agreeing} of {placed} agree with the class folder they lie in ({share%}).',
  'predicted/unreadable-pictures': {
    one: 'One picture could not be read.',
    other: '{count} pictures could not be read.',
  },
  'predicted/unreadable-rows': {
    one: 'One row was left out.',
    other: '{count} rows were left out.',
  },
  'predicted/unreadable-texts': {
    one: 'One text was left out.',
    other: '{count} texts were left out.',
  },
  'predicted/first-pictures':
    'The first {shown} are listed here: where any contradict their folder, those come first.',
  'predicted/first-rows': 'The first {shown} are listed here.',
  'predicted/file': 'All predictions as CSV',
  'predicted/unread-pictures': 'Pictures that could not be read',
  'predicted/unread-rows': 'Rows that were left out',
  'predicted/unread-texts': 'Texts that were left out',
  'predicted/not': '(not the same)',
  'predicted/folder': 'in folder “{folder}”',
  'predicted/row': 'row {row}',
  'predicted/column/picture': 'Picture',
  'predicted/column/row': 'Row',
  'predicted/column/class': 'Class',
  'predicted/column/probability': 'Probability',
  'predicted/column/next': 'Runner-up',
  'predicted/column/folder': 'Folder',
};
