/** The work, done at most once in so many milliseconds; calls in between are left out. */
export const atMostEvery = (ms: number, work: () => void): (() => void) => {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < ms) return;
    last = now;
    work();
  };
};
