import { describe, expect, it } from 'vitest';
import { learningRate, stepsPerEpoch } from '../../../src/methods/schedules';

describe('learning rate', () => {
  const totals = { totalSteps: 100, warmupSteps: 10 };

  it('warms up in equal steps to the base', () => {
    expect(learningRate('cosine', 0.1, 0, totals)).toBeCloseTo(0.01, 12);
    expect(learningRate('cosine', 0.1, 9, totals)).toBeCloseTo(0.1, 12);
    expect(learningRate('constant', 0.1, 4, totals)).toBeCloseTo(0.05, 12);
  });

  it('falls by half a cosine to 0 at the end of the stage', () => {
    expect(learningRate('cosine', 0.1, 10, totals)).toBeCloseTo(0.1, 12);
    expect(learningRate('cosine', 0.1, 55, totals)).toBeCloseTo(0.05, 12);
    expect(learningRate('cosine', 0.1, 100, totals)).toBeCloseTo(0, 12);
    expect(learningRate('cosine', 0.1, 500, totals)).toBeCloseTo(0, 12);
    const rates = Array.from({ length: 91 }, (_, i) => learningRate('cosine', 1, 10 + i, totals));
    rates.slice(1).forEach((rate, i) => expect(rate).toBeLessThan(rates[i] ?? NaN));
  });

  it('without warm-up starts at the base; constant stays', () => {
    const plain = { totalSteps: 5, warmupSteps: 0 };
    expect(learningRate('cosine', 0.1, 0, plain)).toBe(0.1);
    expect(learningRate('constant', 0.1, 4, plain)).toBe(0.1);
    expect(learningRate('cosine', 0.1, 0, { totalSteps: 0, warmupSteps: 0 })).toBe(0.1);
  });

  it('counts the last, smaller batch as a step', () => {
    expect(stepsPerEpoch(128, 128)).toBe(1);
    expect(stepsPerEpoch(129, 128)).toBe(2);
    expect(stepsPerEpoch(0, 128)).toBe(0);
  });
});
