/** Seeds are 32-bit. */
const largest = 0xffffffff;

/** Whole numbers between commas, each once; null for anything else. */
export const seedList = (text: string): readonly number[] | null => {
  const seeds = [...new Set(text.split(','))];
  return seeds.every((seed) => /^\d{1,10}$/.test(seed) && Number(seed) <= largest)
    ? seeds.map(Number)
    : null;
};

/** `count` seeds from `first` on that are not among those taken; behind the largest comes 0. */
export const nextSeeds = (
  first: number,
  count: number,
  taken: readonly number[] = [],
): readonly number[] => {
  const used = new Set(taken);
  const found: number[] = [];
  for (let seed = first; found.length < count; seed = seed === largest ? 0 : seed + 1)
    if (!used.has(seed)) found.push(seed);
  return found;
};
