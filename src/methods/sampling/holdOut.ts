/** A class needs this many samples before any is held out. */
const leastToHoldOut = 5;

/** Share held out for the test where the dataset has no test split and the config names no share. */
export const defaultTestShare = 0.2;

/** Samples of a class of n that a share holds out: max(1, round), none of a class under 5. */
export const heldOutCount = (n: number, share: number): number =>
  n < leastToHoldOut ? 0 : Math.max(1, Math.round(share * n));
