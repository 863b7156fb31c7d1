/** Bits of a word that are set. */
const bitCount = (word: number): number => {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** 64-bit hashes as two words each. */
export interface Hashes {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

const bandBits = 16;
const bands = 64 / bandBits;
const keys = 1 << bandBits;

/** Every word of 16 bits with at most `radius` bits set. */
const masksWithin = (radius: number): Uint32Array =>
  Uint32Array.from({ length: keys }, (_, mask) => mask).filter((mask) => bitCount(mask) <= radius);

const keyOf = ({ low, high }: Hashes, band: number, at: number): number =>
  (((band < 2 ? low : high)[at] ?? 0) >>> (bandBits * (band & 1))) & (keys - 1);

/** Places of the hashes by the key of a band: those of key k are `order[starts[k]]` …, ascending. */
const bucketsOf = (hashes: Hashes, band: number) => {
  const starts = new Uint32Array(keys + 1);
  const count = hashes.low.length;
  for (let at = 0; at < count; at++) {
    const key = keyOf(hashes, band, at) + 1;
    starts[key] = (starts[key] ?? 0) + 1;
  }
  for (let key = 0; key < keys; key++)
    starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    const key = keyOf(hashes, band, at);
    order[next[key] ?? 0] = at;
    next[key] = (next[key] ?? 0) + 1;
  }
  return { starts, order };
};

export interface CloseQuestion {
  /** Different hashes. */
  readonly hashes: Hashes;
  /** Bits in which two may differ, 0 … 16. */
  readonly radius: number;
  /** Called once for every pair, a < b. */
  readonly found: (a: number, b: number, bits: number) => void;
  /** Told how many of all steps are done; may throw. */
  readonly tick: (done: number, total: number) => void;
}

const perTick = 64;

/**
 * All pairs of hashes within a radius, exactly, by multi-index hashing (Norouzi et al., CVPR 2012):
 * of two hashes that differ in r bits one of the four bands of 16 differs in at most ⌊r / 4⌋, so
 * only those are looked at whose band is that close. One band's table is in memory at a time. Where
 * all hashes share a band it is every pair with every other: half a square, never more than four.
 */
export const findCloseHashes = ({ hashes, radius, found, tick }: CloseQuestion): void => {
  const { low, high } = hashes;
  const count = low.length;
  const within = Math.floor(radius / bands);
  const masks = masksWithin(within);
  for (let band = 0; band < bands; band++) {
    const { starts, order } = bucketsOf(hashes, band);
    for (let a = 0; a < count; a++) {
      if (a % perTick === 0) tick(band * count + a, bands * count);
      const [lowA, highA, key] = [low[a] ?? 0, high[a] ?? 0, keyOf(hashes, band, a)];
      for (const mask of masks) {
        const from = starts[key ^ mask] ?? 0;
        // From the end: places ascend, and only those behind `a` are wanted.
        for (let at = (starts[(key ^ mask) + 1] ?? 0) - 1; at >= from; at--) {
          const b = order[at] ?? 0;
          if (b <= a) break;
          const lows = (low[b] ?? 0) ^ lowA;
          const highs = (high[b] ?? 0) ^ highA;
          const bits = bitCount(lows) + bitCount(highs);
          if (bits > radius) continue;
          // Seen already where an earlier band is that close as well.
          const earlier = [lows & 0xffff, lows >>> 16, highs & 0xffff];
          if (!earlier.slice(0, band).some((word) => bitCount(word) <= within)) found(a, b, bits);
        }
      }
    }
  }
};
