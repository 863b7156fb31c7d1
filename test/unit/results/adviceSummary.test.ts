import { expect, it } from 'vitest';
import { summarise } from '../../../scripts/results/adviceSummary';

// Two classes of 9 and 1 training items, two test items each; class 0 is the common one.
const line = (seed: number, other: string, advised = 'posthoc') => ({
  profile: 'p',
  seed,
  counts: [9, 1],
  labels: '0011',
  worlds: [
    {
      ...{ world: 'uniform' as const, situation: 's', advised },
      recipes: { plain: '0000', posthoc: '0010', other },
    },
    {
      ...{ world: 'as-trained' as const, situation: 's', advised: 'plain' },
      recipes: { plain: '0000', posthoc: '1111', other },
    },
  ],
});

it('scores regret on the half of the seeds that did not choose', () => {
  // `other` is right everywhere with seed 0 and on one item in two with seed 1: chosen on seed 0 it
  // scores .5 on seed 1, where the advice has .75; chosen on seed 1, post-hoc is the advice itself.
  const [even] = summarise([line(0, '0011'), line(1, '0000')]);
  expect(even?.regret).toBeCloseTo((0.5 - 0.75 + 0) / 2, 12);
  expect(even?.plain).toBeCloseTo(0.5, 12);
  expect(even?.score).toBeCloseTo(0.75, 12);
  expect(even?.best).toBe('posthoc');
  expect(even?.gain).toBeCloseTo(0.25, 12);
});

it('weighs recalls by the training shares where the world is as skewed', () => {
  const rows = summarise([line(0, '0011'), line(1, '0011')]);
  // Plain has recall 1 of the class that nine in ten are of, 0 of the other.
  expect(rows[1]?.plain).toBeCloseTo(0.9, 12);
  // `other` is right everywhere.
  expect(rows[1]?.regret).toBeCloseTo(0.1, 12);
  expect(rows[1]?.interval).toEqual([0, 0]);
});
