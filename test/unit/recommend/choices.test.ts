import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectedRepeats, samplingProbabilities } from '../../../src/methods/sampling';
import { repeatsAt } from '../../../src/recommend/choices';

it('says how often the smallest class comes as the sampler does', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (made, q) => {
      const draws = made.reduce((a, b) => a + b, 0);
      const repeats = expectedRepeats(made, samplingProbabilities(made, q), draws);
      expect(repeatsAt(made, q) / Math.max(...repeats)).toBeCloseTo(1, 9);
    }),
  );
});

it('takes a million classes', () => {
  const counts = Array.from({ length: 1_000_000 }, (_, i) => 1 + (i % 1000));
  expect(repeatsAt(counts, 0)).toBeCloseTo(500.5, 6);
});
