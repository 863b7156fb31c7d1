import type { Numbers } from '../numbers';

/** Shares written as decimals give quotas that miss a whole number by rounding. */
const rounding = 1e-9;

/**
 * How many of `count` items each part gets: the whole numbers nearest to the shares (which sum to
 * 1) by largest remainder; among equal remainders the part that is most `behind`, then the first.
 * Then, with two items or more, a part that got none is given one by the part furthest above its
 * share, while one has two to give from: what is not in a part is not measured there. Every number
 * is within one of the exact share where all exact shares are at least 1.
 */
export const allot = (count: number, shares: Numbers, behind: Numbers): Uint32Array => {
  const parts = Array.from({ length: shares.length }, (_, part) => part);
  const quota = (part: number): number => count * (shares[part] ?? 0);
  const given = Uint32Array.from(parts, (part) => Math.floor(quota(part) + rounding));
  const own = (part: number): number => given[part] ?? 0;
  const add = (part: number, items: number): void => {
    given[part] = own(part) + items;
  };
  const furthestBehind = (a: number, b: number): number => {
    const lacking = quota(b) - own(b) - (quota(a) - own(a));
    if (Math.abs(lacking) > rounding) return lacking;
    return (behind[b] ?? 0) - (behind[a] ?? 0) || a - b;
  };
  const rest = count - given.reduce((sum, items) => sum + items, 0);
  for (const part of [...parts].sort(furthestBehind).slice(0, rest)) add(part, 1);
  if (count < 2) return given;
  for (const needy of parts.filter((part) => own(part) === 0).sort(furthestBehind)) {
    const donor = parts
      .filter((part) => own(part) > 1)
      .sort(furthestBehind)
      .at(-1);
    if (donor === undefined) break;
    add(donor, -1);
    add(needy, 1);
  }
  return given;
};
