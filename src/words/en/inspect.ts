import type { Template } from '../say';

/** What looking into the samples found, for shell and editor. */
export const inspect: Readonly<Record<string, Template>> = {
  'inspect/no-files':
    'The samples of {root} ({format}) are rows or texts, not pictures or sounds: there are no files to look into.',
  'inspect/place/member': '{path}, {member}',
  'inspect/place/row': '{path}, row {row}',
  'inspect/place/bytes': '{path}, {length} bytes from {offset}',
  'inspect/progress': 'looking into the samples',
  'inspect/progress-near': 'decoding the pictures and comparing them',
  'inspect/near-no-pictures':
    'The samples of {root} are not pictures: only pictures are compared by what they look like.',
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
    one: 'One sample was not measured: only PNG, JPEG, GIF, BMP, WebP, TIFF, WAV, FLAC and Ogg are.',
    other:
      '{count} samples were not measured: only PNG, JPEG, GIF, BMP, WebP, TIFF, WAV, FLAC and Ogg are.',
  },
  'inspect/spread/width':
    'Width in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/spread/height':
    'Height in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/spread/seconds':
    'Seconds: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspect/limits': {
    one: 'One sample was compared byte for byte.',
    other: '{count} samples were compared byte for byte.',
  },
  'inspect/not-decoded':
    'Pictures were not decoded, so damage behind the beginning and similar pictures are not found; “--near” in the shell, or the longer look in the editor, finds them.',
  'inspect/near/overlap': {
    one: 'Probable leak: one of {of} samples of {to} looks like one of {from} ({share%}) without being the same bytes.',
    other:
      'Probable leak: {count} of {of} samples of {to} look like one of {from} ({share%}) without being the same bytes.',
  },
  'inspect/near/no-overlap': 'No picture looks like one of another split.',
  'inspect/near/two-labels': {
    one: 'One pair of pictures that look the same has different labels.',
    other: '{count} pairs of pictures that look the same have different labels.',
  },
  'inspect/near/pairs': {
    one: 'One pair of pictures looks the same, of {samples} samples.',
    other: '{count} pairs of pictures look the same, of {samples} samples.',
  },
  'inspect/near/undecodable': {
    one: 'One picture cannot be decoded to its end.',
    other: '{count} pictures cannot be decoded to their ends.',
  },
  'inspect/near/flat': {
    one: 'One picture is of one colour; it is not compared.',
    other: '{count} pictures are of one colour; they are not compared.',
  },
  'inspect/near/other-kinds': {
    one: 'One picture is not compared: only PNG, JPEG and arrays of pixels are decoded.',
    other: '{count} pictures are not compared: only PNG, JPEG and arrays of pixels are decoded.',
  },
  'inspect/near/beyond': {
    one: 'One sample is beyond the first million and was not looked at.',
    other: '{count} samples are beyond the first million and were not looked at.',
  },
  'inspect/near/compared': {
    one: 'One picture was decoded and compared: hashes of 64 bits that differ in at most {radius}, then the pictures at 16 × 16.',
    other:
      '{count} pictures were decoded and compared: hashes of 64 bits that differ in at most {radius}, then the pictures at 16 × 16.',
  },
  'inspect/near/title': 'Pictures that look the same',
  'inspect/near/more': {
    one: 'One more pair is not listed.',
    other: '{count} more pairs are not listed.',
  },
  'inspect/near/bits': { one: 'one bit apart', other: '{count} bits apart' },
  'inspect/near/undecodable-title': 'Not to be decoded',
  'inspect/near/flat-title': 'Of one colour',
  'inspect/groups': 'Equal samples',
  'inspect/more': { one: 'and one more', other: 'and {count} more' },
  'inspect/more-groups': {
    one: 'One more group is not listed.',
    other: '{count} more groups are not listed.',
  },
  'inspect/odd': 'Empty, missing or damaged',
};
