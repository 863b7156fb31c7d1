import type { TextEdit } from './edits';

/** A comment that records other counts than those of the last scan. */
export interface StaleComment {
  readonly from: number;
  readonly to: number;
  /** Line it begins in, from 1. */
  readonly line: number;
  readonly edits: readonly TextEdit[];
}

/** A sentence without its numbers and the names in brackets: two of one template look alike. */
const shapeOf = (sentence: string): string =>
  sentence.replaceAll(/\([^)]*\)/g, '()').replaceAll(/\d[\d,.]*/g, '#');

/**
 * The comment above `dataset` that says how many samples a config was made for, where it does not
 * say `now`, the sentence of the last scan. Null where there is none, or it is the user's own.
 */
export const staleComment = (text: string, now: string): StaleComment | null => {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => /^dataset\s*:/.test(line));
  let start = Math.max(0, end);
  while (start > 0 && lines[start - 1]?.startsWith('#') === true) start--;
  if (end < 1 || start === end) return null;
  const block = lines.slice(start, end);
  const said = block.map((line) => line.replace(/^#\s*/, '').trim()).join(' ');
  if (said === now || shapeOf(said) !== shapeOf(now)) return null;
  const from = lines.slice(0, start).reduce((sum, line) => sum + line.length + 1, 0);
  const to = from + block.join('\n').length;
  return { from, to, line: start + 1, edits: [{ from, to, text: `# ${now}` }] };
};
