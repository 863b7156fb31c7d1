import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hardestItems, reduceLoss } from '../../../src/methods/losses';
import { apart } from './counts';

const loss = fc.double({ min: 0, max: 50, noNaN: true });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });

/** Losses of a batch and two-class gradients that name their item. */
const resultOf = (losses: readonly number[]) => ({
  perExample: Float64Array.from(losses),
  gradient: Float64Array.from({ length: 2 * losses.length }, (_, i) => i + 1),
});

describe('hard examples', () => {
  it('are the largest losses of the batch, found by trying every set of that size', () => {
    fc.assert(
      fc.property(fc.array(loss, { minLength: 1, maxLength: 8 }), share, (values, part) => {
        const size = Math.max(1, Math.ceil(part * values.length));
        let best = 0;
        for (let set = 0; set < 2 ** values.length; set++) {
          const members = values.filter((_, i) => ((set >> i) & 1) === 1);
          if (members.length === size)
            best = Math.max(
              best,
              members.reduce((a, b) => a + b, 0),
            );
        }
        const { loss: kept } = reduceLoss(hardestItems(resultOf(values), part), 'mean');
        expect(kept).toBeCloseTo(best / size, 9);
      }),
    );
  });

  it('keep their gradients, scaled so that the batch mean is theirs; the others have none', () => {
    const got = hardestItems(resultOf([3, 1, 2, 5]), 0.5);
    expect([...got.perExample]).toEqual([6, 0, 0, 10]);
    expect([...got.gradient]).toEqual([2, 4, 0, 0, 0, 0, 14, 16]);
    const { gradient } = reduceLoss(got, 'mean');
    expect([...gradient]).toEqual([0.5, 1, 0, 0, 0, 0, 3.5, 4]);
  });

  it('are divided by the weights of the kept alone under a weighted mean', () => {
    const weighted = { ...resultOf([6, 1, 4, 5]), itemWeights: Float64Array.of(2, 7, 1, 3) };
    const { loss: mean, gradient } = reduceLoss(hardestItems(weighted, 0.5), 'weightedMean');
    expect(mean).toBeCloseTo((6 + 5) / (2 + 3), 12);
    expect([...gradient]).toEqual([1 / 5, 2 / 5, 0, 0, 0, 0, 7 / 5, 8 / 5]);
  });

  it('take the earlier of equals, and change nothing at share 1', () => {
    expect([...hardestItems(resultOf([2, 2, 2]), 0.3).perExample]).toEqual([6, 0, 0]);
    const all = resultOf([3, 1, 2]);
    expect(apart(hardestItems(all, 1).perExample, all.perExample)).toBe(0);
    expect(apart(hardestItems(all, 1).gradient, all.gradient)).toBe(0);
  });
});
