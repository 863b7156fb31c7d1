import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainNumber } from '../../../src/dataset/bytes/plainNumber';

const read = (text: string): number => {
  const bytes = new TextEncoder().encode(`x${text}y`);
  return plainNumber(bytes, 1, bytes.length - 1);
};

describe('numbers from bytes', () => {
  it.each(['0', '-0', '+7', '.5', '5.', '-3.25', ' 12.5 ', '0.1', '123456789.012345', '00012'])(
    '%j is what Number makes of it',
    (text) => {
      expect(read(text)).toBe(Number(text));
    },
  );

  it.each(['', ' ', '.', '-', '1e3', '1,5', '0x10', 'Infinity', '1.2.3', '1 2', '--1', '٣', 'NA'])(
    '%j is left to its text',
    (text) => {
      expect(read(text)).toBeNaN();
    },
  );

  it('is exact for whatever has up to 15 digits, and leaves the rest', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from({ length: 10 }, (_, i) => String(i))),
      maxLength: 18,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('', '-', '+'),
        digits,
        digits,
        fc.boolean(),
        (sign, a, b, dot) => {
          const text = `${sign}${a}${dot ? '.' : ''}${b}`;
          const length = a.length + b.length;
          expect(read(text)).toBe(length === 0 || length > 15 ? NaN : Number(text));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
