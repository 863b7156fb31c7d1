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

/** Calls `each` for every line's fields that `each` accepts; damage and progress are kept. */
const readLines = (
  file: OpenFile,
  facts: ListFacts,
  part: (share: number) => void,
  each: (fields: readonly string[], line: number, offset: number) => boolean,
): void => {
  const lines = new LineReader(file);
  while (lines.read()) {
    if (lines.line % linesPerPart === 0) part(lines.offset / file.size);
    const text = lines.bytes.toString('utf8', lines.start, lines.end);
    const fields = text
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\s+/);
    if (fields[0] === '' || each(fields, lines.line, lines.offset)) continue;
    facts.damaged++;
    facts.firstDamaged ||= lines.line;
  }
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
  readLines(file, facts, part, (fields, line, offset) => {
    const [first = '', ...cells] = fields;
    if (line === 1 && cells.length === 0 && /^\d{1,9}$/.test(first)) {
      facts.declared = Number(first);
      return true;
    }
    if (names.length === 0 && !isImageName(first)) {
      names = fields;
      return true;
    }
    const isRow = cells.length === names.length && cells.every((cell) => /^(?:-?1|0)$/.test(cell));
    if (!isRow || names.length === 0) return false;
    facts.pictures++;
    const set = cells.flatMap((cell, at) => (cell === '1' ? [at] : []));
    each(first, set, names, offset);
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
  readLines(file, facts, part, ([picture = '', value = '', ...more], _line, offset) => {
    if (more.length > 0 || !/^\d{1,9}$/.test(value)) return false;
    facts.pictures++;
    each(picture, value, offset);
    return true;
  });
