import { describe, expect, it } from 'vitest';
import { createSilence, lookEveryMs } from '../../../src/run/silence';

describe('the silence of a trainer', () => {
  it('grows from look to look, and ends with a sign of life', () => {
    const clock = { now: 0 };
    const silence = createSilence(() => clock.now);
    const wait = (ms: number): number => {
      clock.now += ms;
      return silence.look();
    };
    expect(wait(lookEveryMs)).toBe(lookEveryMs);
    expect(wait(lookEveryMs)).toBe(2 * lookEveryMs);
    silence.heard();
    expect(wait(lookEveryMs)).toBe(lookEveryMs);
  });

  it('is no longer for a night that the machine slept', () => {
    const clock = { now: 0 };
    const silence = createSilence(() => clock.now);
    clock.now += 8 * 3_600_000;
    expect(silence.look()).toBe(2 * lookEveryMs);
  });
});
