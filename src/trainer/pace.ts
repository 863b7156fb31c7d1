/** What a step event says of speed. */
export interface PaceShown {
  readonly imagesPerSecond: number;
  /** null until a few steps were timed. */
  readonly secondsLeft: number | null;
}

export interface Pace {
  /** Steps that an earlier attempt made. */
  skip(steps: number): void;
  /** Counts a step; gives what to show when it is time for an event, else null. */
  step(examples: number): PaceShown | null;
}

/** Least time between two step events: keeps their cost far below 2 % of the training time. */
const showEveryMs = 250;
/** The first steps are slow (memory is laid out, kernels are chosen) and are not counted. */
const untimedSteps = 2;

/** Times steps; `total` of this training and `after` of those that follow make the time left. */
export const createPace = (total: number, after: number): Pace => {
  let left = total + after;
  let timed = 0;
  let made = 0;
  let timedFrom = performance.now();
  let shownAt = -Infinity;
  let examplesSince = 0;
  let countedFrom = performance.now();
  return {
    skip: (steps) => {
      left -= steps;
    },
    step: (examples) => {
      const now = performance.now();
      left -= 1;
      made += 1;
      examplesSince += examples;
      if (made <= untimedSteps) timedFrom = now;
      else timed += 1;
      if (now - shownAt < showEveryMs) return null;
      const imagesPerSecond = (examplesSince * 1000) / Math.max(1e-3, now - countedFrom);
      shownAt = now;
      countedFrom = now;
      examplesSince = 0;
      const secondsLeft = timed < 3 ? null : (left * (now - timedFrom)) / timed / 1000;
      return { imagesPerSecond, secondsLeft };
    },
  };
};
