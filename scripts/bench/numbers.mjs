/** Numbers in [0, 1) that are the same each time: a linear congruential generator (Numerical Recipes). */
export const numbers = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
