import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzzCases } from '../../fuzz/cases';
import { tryOne } from '../../fuzz/tryOne';

/** A few inputs a fixture; `npm run fuzz` tries hundreds of thousands. */
const seeds = Array.from({ length: 40 }, (_, seed) => 1_000_000 + seed);

describe.each(fuzzCases(resolve(__dirname, '../../fixtures/datasets')))(
  '$name mutated',
  (given) => {
    it('is read or refused, never a crash', () => {
      const failed = seeds.flatMap((seed) => {
        try {
          tryOne(given, seed);
          return [];
        } catch (error) {
          return [{ seed, error }];
        }
      });
      expect(failed).toEqual([]);
    });
  },
);
