import type { Paint } from '../text';

const codes = {
  many: 34,
  medium: 33,
  few: 31,
  better: 32,
  worse: 31,
  faint: 2,
  strong: 1,
} as const;

/** Colours of a terminal by ANSI codes. */
export const ansiPaint: Paint = (kind, text) => `\u001b[${codes[kind]}m${text}\u001b[0m`;
