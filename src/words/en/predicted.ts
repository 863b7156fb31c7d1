import type { Template } from '../say';

/** What a model says of pictures. */
export const predicted: Readonly<Record<string, Template>> = {
  'predicted/title': 'Predictions of “{title}”',
  'predicted/done': {
    one: '“{title}” looked at one picture, {place}.',
    other: '“{title}” looked at {count} pictures of {place}.',
  },
  'predicted/agree': '{agreeing} of {placed} agree with the class folder they lie in ({share%}).',
  'predicted/unreadable': {
    one: 'One picture could not be read.',
    other: '{count} pictures could not be read.',
  },
  'predicted/first':
    'The first {shown} are listed here: where any contradict their folder, those come first.',
  'predicted/file': 'All predictions as CSV',
  'predicted/unread': 'Pictures that could not be read',
  'predicted/not': '(not the same)',
  'predicted/folder': 'in folder “{folder}”',
  'predicted/column/picture': 'Picture',
  'predicted/column/class': 'Class',
  'predicted/column/probability': 'Probability',
  'predicted/column/next': 'Runner-up',
  'predicted/column/folder': 'Folder',
};
