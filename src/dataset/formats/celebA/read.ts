import { LineReader } from '../../bytes/lineReader';
import { isImageName } from '../folders';
import type { OpenFile } from '../../types';

/** What was odd in a list. */
export interface ListFacts {
  damaged: number;
  firstDamaged: number;
  /** Pictures the list says it has; null where it does not say. */
  declared: number | null;
  pictures: number;
}

export const noFacts = (): ListFacts => ({
  damaged: 0,
  firstDamaged: 0,
  declared: null,
  pictures: 0,
});

const linesPerPart = 4096;

const [minus, zero, one] = [0x2d, 0x30, 0x31];

/** A line without blanks around it. */
interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly offset: number;
}

/** Blanks part the fields; commas do where a hub made tables of the lists. */
const isBlank = (byte: number | undefined): boolean =>
  byte !== undefined && (byte <= 0x20 || byte === 0x2c);

/** Calls `each` for every line that has something; those it refuses are counted as damaged. */
const readLines = (
  file: OpenFile,
  facts: ListFacts,
  part: (share: number) => void,
  each: (line: Line) => boolean,
): void => {
  const lines = new LineReader(file);
  while (lines.read()) {
    const { bytes, line, offset } = lines;
    if (line % linesPerPart === 0) part(offset / file.size);
    let { start, end } = lines;
    if (line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start += 3;
    while (end > start && isBlank(bytes[end - 1])) end--;
    while (start < end && isBlank(bytes[start])) start++;
    if (start === end || each({ bytes, start, end, line, offset })) continue;
    facts.damaged++;
    facts.firstDamaged ||= line;
  }
};

const endOfWord = ({ bytes, end }: Line, from: number): number => {
  let at = from;
  while (at < end && !isBlank(bytes[at])) at++;
  return at;
};

const fieldsOf = ({ bytes, start, end }: Line): string[] =>
  bytes.toString('utf8', start, end).split(/[\s,]+/);

/** Places of 1 among `count` cells of 1, 0 or -1; null where a line has others, or another number. */
const setCells = ({ bytes, end }: Line, from: number, count: number): number[] | null => {
  const set: number[] = [];
  let cells = 0;
  for (let at = from; at < end;) {
    if (isBlank(bytes[at])) {
      at++;
      continue;
    }
    const isMinus = bytes[at] === minus;
    const digit = bytes[isMinus ? at + 1 : at];
    at += isMinus ? 2 : 1;
    if (at > end || (at < end && !isBlank(bytes[at]))) return null;
    if (digit !== one && (digit !== zero || isMinus)) return null;
    if (digit === one && !isMinus) set.push(cells);
    cells++;
  }
  return cells === count ? set : null;
};

/**
 * Reads the attributes: the number of pictures, the names of the attributes, then a picture a line
 * with 1 or -1 an attribute. `each` gets the places of those with 1 among the names.
 */
export const readAttributes = (
  file: OpenFile,
  facts: ListFacts,
  part: (share: number) => void,
  each: (picture: string, set: readonly number[], names: readonly string[], offset: number) => void,
): readonly string[] => {
  let names: readonly string[] = [];
  readLines(file, facts, part, (line) => {
    const nameEnd = endOfWord(line, line.start);
    const first = line.bytes.toString('utf8', line.start, nameEnd);
    if (line.line === 1 && nameEnd === line.end && /^\d{1,9}$/.test(first)) {
      facts.declared = Number(first);
      return true;
    }
    if (names.length === 0) {
      if (isImageName(first)) return false;
      names = fieldsOf(line).filter((name) => name !== 'image_id');
      return true;
    }
    const set = setCells(line, nameEnd, names.length);
    if (set === null) return false;
    facts.pictures++;
    each(first, set, names, line.offset);
    return true;
  });
  return names;
};

/** Reads `picture number` a line: persons, or which part a picture is of. */
export const readNumbers = (
  file: OpenFile,
  facts: ListFacts,
  part: (share: number) => void,
  each: (picture: string, value: string, offset: number) => void,
): void =>
  readLines(file, facts, part, (line) => {
    const [picture = '', value = '', ...more] = fieldsOf(line);
    if (line.line === 1 && picture === 'image_id') return true;
    if (more.length > 0 || !/^\d{1,9}$/.test(value)) return false;
    facts.pictures++;
    each(picture, value, line.offset);
    return true;
  });
