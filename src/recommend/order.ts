/** Points within which two gains are one: another seed moves each by about a point (docs/results.md). */
export const gainMargin = 2;

interface Ordered {
  readonly gain: { readonly points: number } | null;
}

/**
 * Orders items by expected gain, the largest first; gains within two points keep the order they
 * came in, which is that of their cost. The first item stays: that it costs no more than plain
 * training and how far it is from the best was measured over 48 long tails (docs/results.md, “How
 * good the first advice is”). Items without a gain keep their places.
 */
export const orderByGain = <T extends Ordered>(items: readonly T[]): readonly T[] => {
  const [first, ...rest] = items;
  if (first === undefined) return [];
  const waiting = rest.filter(({ gain }) => gain !== null);
  const next = (): T | undefined => {
    const best = Math.max(...waiting.map(({ gain }) => gain?.points ?? 0));
    const at = waiting.findIndex(({ gain }) => (gain?.points ?? 0) >= best - gainMargin);
    return waiting.splice(at, 1)[0];
  };
  return [first, ...rest.map((item) => (item.gain === null ? item : (next() ?? item)))];
};
