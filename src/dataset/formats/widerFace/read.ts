import { LineReader } from '../../bytes/lineReader';
import type { AreaClass, OpenFile } from '../../types';
import { isImageName } from '../folders';
import { areaClass } from '../records/areas';

/** A picture of the list and its boxes that count. */
export interface FacePicture {
  readonly name: string;
  /** Place of its first line in the file. */
  readonly offset: number;
  readonly areas: readonly AreaClass[];
}

/** What was odd in a list. */
export interface FaceFacts {
  /** Boxes marked invalid, or without width or height. */
  invalid: number;
  /** Pictures with another number of boxes than they say. */
  differing: number;
  damaged: number;
  firstDamaged: number;
}

export const noFacts = (): FaceFacts => ({
  invalid: 0,
  differing: 0,
  damaged: 0,
  firstDamaged: 0,
});

const linesPerPart = 4096;
const invalidField = 7;

interface Open {
  readonly name: string;
  readonly offset: number;
  readonly areas: AreaClass[];
  declared: number | null;
  boxes: number;
}

/**
 * Reads a list: a path, a number of boxes, and a box a line (x, y, width, height, then six marks).
 * A picture that says 0 has one line of zeros, which is no box. Throws what reading throws, after
 * what was whole has been handed over.
 */
export const readFaces = (
  file: OpenFile,
  facts: FaceFacts,
  each: (picture: FacePicture) => void,
  part: (share: number) => void,
): void => {
  const lines = new LineReader(file);
  let open: Open | null = null;
  const damage = (): void => {
    facts.damaged++;
    facts.firstDamaged ||= lines.line;
  };
  const close = (): void => {
    if (open === null) return;
    const { declared, boxes } = open;
    const isEmpty = declared === 0 && boxes <= 1;
    if (declared !== boxes && !isEmpty) facts.differing++;
    each(open);
    open = null;
  };
  const box = (picture: Open, numbers: readonly number[]): void => {
    picture.boxes++;
    const [, , width = 0, height = 0] = numbers;
    if (picture.declared === 0 && !numbers.some((value) => value !== 0)) return;
    if (!(width > 0 && height > 0) || numbers[invalidField] === 1) facts.invalid++;
    else picture.areas.push(areaClass(width * height));
  };
  const line = (text: string): void => {
    if (isImageName(text)) {
      close();
      open = { name: text, offset: lines.offset, areas: [], declared: null, boxes: 0 };
      return;
    }
    const numbers = text.split(/\s+/).map(Number);
    if (open === null || !numbers.every(Number.isFinite)) damage();
    else if (numbers.length >= 4) box(open, numbers);
    else if (numbers.length === 1 && open.declared === null) open.declared = numbers[0] ?? 0;
    else damage();
  };
  try {
    while (lines.read()) {
      if (lines.line % linesPerPart === 0) part(lines.offset / file.size);
      const text = lines.bytes.toString('utf8', lines.start, lines.end).trim();
      if (text !== '') line(text.replace(/^\uFEFF/, ''));
    }
  } finally {
    close();
  }
};
