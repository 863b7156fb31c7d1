import { describe, expect, it } from 'vitest';
import { overSeeds } from '../../../src/methods/metrics';

describe('a measure over seeds', () => {
  it('of one training keeps its interval over the items', () => {
    expect(overSeeds([{ value: 0.5, interval: [0.4, 0.7] }])).toEqual({
      value: 0.5,
      interval: [0.4, 0.7],
      deviation: null,
    });
  });

  it('of three trainings that agree has the noise of the items', () => {
    const same = { value: 0.5, interval: [0.46, 0.54] } as const;
    const { value, interval, deviation } = overSeeds([same, same, same]);
    expect([value, deviation]).toEqual([0.5, 0]);
    expect(interval[0]).toBeCloseTo(0.46, 12);
    expect(interval[1]).toBeCloseTo(0.54, 12);
  });

  it('adds the noise of the seeds: t with two degrees of freedom, as squares', () => {
    // Values .4 .5 .6: deviation .1, t .1 / √3 with t = 4.303; half-width .03 over the items.
    const at = (value: number) => ({ value, interval: [value - 0.03, value + 0.03] as const });
    const { value, interval, deviation } = overSeeds([at(0.4), at(0.5), at(0.6)]);
    expect(value).toBeCloseTo(0.5, 12);
    expect(deviation).toBeCloseTo(0.1, 12);
    expect(interval[1] - value).toBeCloseTo(Math.hypot(0.03, (4.303 * 0.1) / Math.sqrt(3)), 9);
    expect(value - interval[0]).toBeCloseTo(interval[1] - value, 12);
  });

  it('of nothing is refused', () => {
    expect(() => overSeeds([])).toThrow(RangeError);
  });
});
