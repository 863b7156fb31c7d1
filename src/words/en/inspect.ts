import type { Template } from '../say';

/** What looking into the samples found, for shell and editor. */
export const inspect: Readonly<Record<string, Template>> = {
  'inspect/no-files':
    'The samples of {root} ({format}) are rows or texts, not pictures or sounds: there are no files to look into.',
  'inspect/place/member': '{path}, {member}',
  'inspect/place/row': '{path}, row {row}',
  'inspect/place/bytes': '{path}, {length} bytes from {offset}',
  'inspect/progress': 'looking into the samples',
  'inspect/title': 'Samples of {root}',
  'inspect/overlap': {
    one: 'Leak: one of {of} samples of {to} is also in {from} ({share%}), byte for byte.',
    other: 'Leak: {count} of {of} samples of {to} are also in {from} ({share%}), byte for byte.',
  },
  'inspect/no-overlap': 'None of the samples compared is in two splits.',
  'inspect/two-labels': {
    one: 'One pair of equal samples has different labels.',
    other: '{count} pairs of equal samples have different labels.',
  },
  'inspect/repeated': {
    one: 'One content stands in {samples} samples.',
    other: '{count} contents are repeated, in {samples} samples together.',
  },
  'inspect/empty': { one: 'One file is empty.', other: '{count} files are empty.' },
  'inspect/unreadable': {
    one: 'One sample is missing, or its beginning is damaged.',
    other: '{count} samples are missing, or their beginnings are damaged.',
  },
  'inspect/unknown': {
    one: 'One sample was not measured: only PNG, JPEG and WAV are.',
    other: '{count} samples were not measured: only PNG, JPEG and WAV are.',
  },
  'inspect/spread/width':
    'Width in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/spread/height':
    'Height in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/spread/seconds':
    'Seconds: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/limits': {
    one: 'One sample was compared byte for byte; pictures are not decoded, so damage behind the beginning and similar pictures are not found.',
    other:
      '{count} samples were compared byte for byte; pictures are not decoded, so damage behind the beginning and similar pictures are not found.',
  },
  'inspect/groups': 'Equal samples',
  'inspect/more': { one: 'and one more', other: 'and {count} more' },
  'inspect/more-groups': {
    one: 'One more group is not listed.',
    other: '{count} more groups are not listed.',
  },
  'inspect/odd': 'Empty, missing or damaged',
};
