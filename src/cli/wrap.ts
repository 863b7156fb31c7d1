import { displayWidth } from '../report/text';

/** Widest text a command prints, however wide the terminal is: longer lines are hard to read. */
export const textColumns = (columns: number): number => Math.min(columns, 100);

/** Lines of at most `width`, made of parts that stay whole. */
export const wrapParts = (parts: readonly string[], width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + 1 + part.length > width) {
      lines.push(line);
      line = part;
    } else line = line === '' ? part : `${line} ${part}`;
  }
  return line === '' ? lines : [...lines, line];
};

/** Breaks a text into lines of at most `width`, at spaces. */
export const wrap = (text: string, width: number): string[] => wrapParts(text.split(' '), width);

/** Codes of colours, which take no room. */
const colours = /\u001b\[\d+m/g;
/** Two spaces or more part the columns of a table; a sentence has them behind its first word at most. */
const gaps = /(?<=\S) {2,}(?=\S)/g;
/** Furthest in that the further lines of a sentence begin. */
const deepest = 20;

const roomOf = (text: string): number => displayWidth(text.replaceAll(colours, ''));

const fitLine = (line: string, width: number): string[] => {
  const bare = line.replaceAll(colours, '');
  const parted = [...bare.matchAll(gaps)];
  if (roomOf(line) <= width || parted.length > 1) return [line];
  const lead = bare.length - bare.trimStart().length;
  const [gap] = parted;
  const behind = gap === undefined ? 0 : gap.index + gap[0].length;
  const indent = ' '.repeat(behind > 0 && behind <= deepest ? behind : lead);
  const [first = '', ...words] = line.split(' ');
  const lines: string[] = [];
  let current = first;
  let used = roomOf(first);
  for (const word of words) {
    const room = roomOf(word);
    if (current.trim() !== '' && used + 1 + room > width) {
      lines.push(current);
      current = indent + word;
      used = indent.length + room;
    } else {
      current = `${current} ${word}`;
      used += 1 + room;
    }
  }
  return [...lines, current];
};

/**
 * Breaks the sentences of a text for a terminal, which would break them inside a word. Rows of
 * tables stay as they are.
 */
export const fitSentences = (text: string, columns: number): string =>
  text
    .split('\n')
    .flatMap((line) => fitLine(line, textColumns(columns)))
    .join('\n');
