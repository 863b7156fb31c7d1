/** How many there are of something that is gone through once. */
export const countOf = (items: Iterable<unknown>): number => {
  const rest = items[Symbol.iterator]();
  let count = 0;
  while (rest.next().done !== true) count++;
  return count;
};
