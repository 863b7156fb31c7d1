/** A seeded stream of random numbers. Always passed in, never global. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  nextFloat(): number;
  /** Uniform integer in [0, bound). */
  nextInt(bound: number): number;
  /** Standard normal. */
  nextNormal(): number;
  /** The state, enough to continue the stream after a restart. */
  state(): RandomState;
}

export type RandomState = readonly [number, number, number, number, number | null];

const mix = (value: number): number => {
  let h = (value + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Folds strings and numbers into a 32-bit seed (FNV-1a), so that each use has a stream of its own. */
const fold = (parts: readonly (string | number)[]): number => {
  let h = 0x811c9dc5;
  for (const char of parts.join('\u0000'))
    h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return h >>> 0;
};

/**
 * A stream seeded by a number and any labels ("crop", epoch 3 …). The same arguments give the same
 * stream on every machine. Generator: xoshiro128** (Blackman and Vigna, 2018).
 */
export const createRandom = (seed: number, ...labels: (string | number)[]): Random => {
  const start = fold([seed, ...labels]);
  return resumeRandom([mix(start), mix(start + 1), mix(start + 2), mix(start + 3) | 1, null]);
};

/** Continues the stream whose state was saved. */
export const resumeRandom = (state: RandomState): Random => {
  let [a, b, c, d, spare] = state;
  const next = (): number => {
    const five = Math.imul(b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const nextFloat = (): number => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  return {
    nextFloat,
    nextInt: (bound) => Math.floor(nextFloat() * bound),
    nextNormal: () => {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - nextFloat()));
      const angle = 2 * Math.PI * nextFloat();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    state: () => [a, b, c, d, spare],
  };
};

/** Shuffles in place (Fisher and Yates) and returns the same array. */
export const shuffle = <T extends { length: number; [index: number]: number }>(
  items: T,
  random: Random,
): T => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.nextInt(i + 1);
    const held = items[i] ?? 0;
    items[i] = items[j] ?? 0;
    items[j] = held;
  }
  return items;
};
