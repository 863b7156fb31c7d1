import { expect, it } from 'vitest';
import { fitSentences, wrapParts } from '../../../src/cli/wrap';

it('breaks sentences between words and leaves tables', () => {
  const table = 'class    band      samples  share of all that were counted';
  expect(fitSentences(`one two three four five\n${table}\n`, 12)).toBe(
    `one two\nthree four\nfive\n${table}\n`,
  );
});

it('goes on below the text behind a lead, and does not count colours', () => {
  expect(fitSentences('  note  one two three four', 17)).toBe(
    '  note  one two\n        three\n        four',
  );
  const painted = '\u001b[2mone two\u001b[0m';
  expect(fitSentences(painted, 7)).toBe(painted);
});

it('keeps parts whole, one longer than a line among them', () => {
  expect(wrapParts(['[--format a|b c]', '[--out FILE]', '[-x]'], 18)).toEqual([
    '[--format a|b c]',
    '[--out FILE] [-x]',
  ]);
  expect(wrapParts(['much-too-long', 'b'], 5)).toEqual(['much-too-long', 'b']);
});
