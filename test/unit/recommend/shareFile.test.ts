import { describe, expect, it } from 'vitest';
import { LongtailError } from '../../../src/common/errors';
import { readShares } from '../../../src/recommend/shareFile';
import { say } from '../../../src/words/say';

const named = { classes: ['cat', 'a, b', '10'].map((name) => ({ name })) };
const read = (text: string, path = '/w/shares.csv') => readShares(text, path, named);

/** What a reader is told of a file that cannot be used. */
const refusal = (text: string, path?: string): string => {
  try {
    read(text, path);
  } catch (error) {
    if (error instanceof LongtailError) return say(error);
    throw error;
  }
  return 'taken';
};

describe('a file of class shares', () => {
  it.each([
    ['with a head', 'class,share\ncat,1\n"a, b",2\n10,1\n'],
    ['without one, CRLF, any scale', '\uFEFFcat,25\r\na, b,50\r\n10,25\r\n\r\n'],
    ['by semicolons', 'cat;1\na, b;2\n10;1'],
  ])('is read as CSV %s', (_, text) => {
    expect(read(text)).toEqual({ cat: 0.25, 'a, b': 0.5, 10: 0.25 });
  });

  it('is read as YAML or JSON by its ending', () => {
    const text = '{"cat": 1, "a, b": 2, "10": 1}';
    expect(read(text, '/w/shares.json')).toEqual({ cat: 0.25, 'a, b': 0.5, 10: 0.25 });
  });

  it('is refused with file, line and what to do', () => {
    expect(refusal('cat,1\na, b,x\n10,1')).toMatch(
      /shares\.csv:2: the share of “a, b” is "x"\. Write a number/,
    );
    expect(refusal('cat,1\na, b,-2\n10,1')).toContain('shares.csv:2');
    expect(refusal('cat,1\nkat,2')).toMatch(/shares\.csv:2 .*Did you mean “cat”/);
    expect(refusal('cat,1\na, b,1\ncat,1')).toContain('shares.csv:3 names the class “cat” again');
    expect(refusal('cat,1')).toContain('gives no share for: a, b');
    expect(refusal('cat,0\na, b,0\n10,0')).toContain('holds no class shares');
    expect(refusal('')).toContain('holds no class shares');
    expect(refusal('- cat', '/w/shares.yaml')).toContain('holds no class shares');
  });
});
