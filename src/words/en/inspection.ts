import type { Template } from '../say';

/** What looking into the samples found: said where its report is made, not by the editor itself. */
export const inspection: Readonly<Record<string, Template>> = {
  'inspection/title': 'Samples of {root}',
  'inspection/overlap': {
    one: 'Leak: one of {of} samples of {to} is also in {from} ({share%}), byte for byte.',
    other: 'Leak: {count} of {of} samples of {to} are also in {from} ({share%}), byte for byte.',
  },
  'inspection/no-overlap': 'None of the samples compared is in two splits.',
  'inspection/two-labels': {
    one: 'One pair of equal samples has different labels.',
    other: '{count} pairs of equal samples have different labels.',
  },
  'inspection/repeated': {
    one: 'One content stands in {samples} samples.',
    other: '{count} contents are repeated, in {samples} samples together.',
  },
  'inspection/empty': { one: 'One file is empty.', other: '{count} files are empty.' },
  'inspection/unreadable': {
    one: 'One sample is missing, or its beginning is damaged.',
    other: '{count} samples are missing, or their beginnings are damaged.',
  },
  'inspection/unknown': {
    one: 'One sample was not measured: only PNG, JPEG, GIF, BMP, WebP, TIFF, WAV, FLAC and Ogg are.',
    other:
      '{count} samples were not measured: only PNG, JPEG, GIF, BMP, WebP, TIFF, WAV, FLAC and Ogg are.',
  },
  'inspection/spread/width':
    'Width in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspection/spread/height':
    'Height in pixels: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspection/spread/seconds':
    'Seconds: {min} to {max}, median {median}, nine in ten from {p5} to {p95}.',
  'inspection/limits': {
    one: 'One sample was compared byte for byte.',
    other: '{count} samples were compared byte for byte.',
  },
  'inspection/not-decoded':
    'Pictures were not decoded, so damage behind the beginning and similar pictures are not found; “--near” in the shell, or the longer look in the editor, finds them.',
  'inspection/near/overlap': {
    one: 'Probable leak: one of {of} samples of {to} looks like one of {from} ({share%}) without being the same bytes.',
    other:
      'Probable leak: {count} of {of} samples of {to} look like one of {from} ({share%}) without being the same bytes.',
  },
  'inspection/near/no-overlap': 'No picture looks like one of another split.',
  'inspection/near/two-labels': {
    one: 'One pair of pictures that look the same has different labels.',
    other: '{count} pairs of pictures that look the same have different labels.',
  },
  'inspection/near/pairs': {
    one: 'One pair of pictures looks the same, of {samples} samples.',
    other: '{count} pairs of pictures look the same, of {samples} samples.',
  },
  'inspection/near/undecodable': {
    one: 'One picture cannot be decoded to its end.',
    other: '{count} pictures cannot be decoded to their ends.',
  },
  'inspection/near/flat': {
    one: 'One picture is of one colour; it is not compared.',
    other: '{count} pictures are of one colour; they are not compared.',
  },
  'inspection/near/other-kinds': {
    one: 'One picture is not compared: only PNG, JPEG and arrays of pixels are decoded.',
    other: '{count} pictures are not compared: only PNG, JPEG and arrays of pixels are decoded.',
  },
  'inspection/near/beyond': {
    one: 'One sample is beyond the first million and was not looked at.',
    other: '{count} samples are beyond the first million and were not looked at.',
  },
  'inspection/near/compared': {
    one: 'One picture was decoded and compared: hashes of 64 bits that differ in at most {radius}, then the pictures at 16 × 16.',
    other:
      '{count} pictures were decoded and compared: hashes of 64 bits that differ in at most {radius}, then the pictures at 16 × 16.',
  },
  'inspection/near/title': 'Pictures that look the same',
  'inspection/near/more': {
    one: 'One more pair is not listed.',
    other: '{count} more pairs are not listed.',
  },
  'inspection/near/bits': { one: 'one bit apart', other: '{count} bits apart' },
  'inspection/near/undecodable-title': 'Not to be decoded',
  'inspection/near/flat-title': 'Of one colour',
  'inspection/groups': 'Equal samples',
  'inspection/more': { one: 'and one more', other: 'and {count} more' },
  'inspection/more-groups': {
    one: 'One more group is not listed.',
    other: '{count} more groups are not listed.',
  },
  'inspection/odd': 'Empty, missing or damaged',
};
