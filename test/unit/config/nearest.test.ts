import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/config/nearest';

const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c', 'Ä', '🐝') });

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['posthok', 'posthoc', 1],
    ['smapler', 'sampler', 1],
    ['Seed', 'seed', 0],
    ['🐝', '', 1],
  ])('%s and %s: %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is symmetric, 0 for a word and itself, and between the length difference and the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        const [m, n] = [Array.from(a).length, Array.from(b).length];
        expect(editDistance(b, a)).toBe(distance);
        expect(editDistance(a, a)).toBe(0);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(m - n));
        expect(distance).toBeLessThanOrEqual(Math.max(m, n));
      }),
    );
  });
});

describe('nearest', () => {
  it('takes the nearest word within reach, the first of equals, and none beyond', () => {
    expect(nearest('epoch', ['name', 'epochs'])).toBe('epochs');
    expect(nearest('ab', ['ax', 'ay'])).toBe('ax');
    expect(nearest('transformer', ['resnet-8', 'mlp', 'linear'])).toBeNull();
    expect(nearest('x', ['y'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});
