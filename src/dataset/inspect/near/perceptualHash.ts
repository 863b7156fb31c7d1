import { squareSide } from './greySquare';

/** Frequencies that are kept in each direction. */
const kept = 8;

/** [kept × side] the cosines of the DCT-II, without its scale: only signs and order matter. */
const cosines = (): Float64Array => {
  const table = new Float64Array(kept * squareSide);
  for (let u = 0; u < kept; u++)
    for (let x = 0; x < squareSide; x++)
      table[u * squareSide + x] = Math.cos((Math.PI * u * (2 * x + 1)) / (2 * squareSide));
  return table;
};

/** The lowest frequencies of a square [kept × kept], row by row. */
const lowFrequencies = (square: Float64Array, table: Float64Array): Float64Array => {
  const rows = new Float64Array(squareSide * kept);
  for (let y = 0; y < squareSide; y++)
    for (let u = 0; u < kept; u++) {
      let sum = 0;
      for (let x = 0; x < squareSide; x++)
        sum += (square[y * squareSide + x] ?? 0) * (table[u * squareSide + x] ?? 0);
      rows[y * kept + u] = sum;
    }
  const found = new Float64Array(kept * kept);
  for (let v = 0; v < kept; v++)
    for (let u = 0; u < kept; u++) {
      let sum = 0;
      for (let y = 0; y < squareSide; y++)
        sum += (rows[y * kept + u] ?? 0) * (table[v * squareSide + y] ?? 0);
      found[v * kept + u] = sum;
    }
  return found;
};

/** Below this standard deviation, in steps of 255, a picture is one colour with noise. */
const flatBelow = 2;

const deviation = (values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** Hashes a 32 × 32 grey square; null where it is flat: its hash would be that of any flat one. */
export type PerceptualHash = (square: Float64Array) => readonly [low: number, high: number] | null;

/**
 * A 64-bit hash that similar pictures nearly share (the idea of Zauner, 2010): a bit each for the
 * 8 × 8 lowest frequencies of a discrete cosine transform, set where it is above their median. The
 * mean brightness says nothing and its bit stays 0. Sizes, recompression, brightness and contrast
 * move few bits; unrelated pictures differ in about 32.
 */
export const createPerceptualHash = (): PerceptualHash => {
  const table = cosines();
  return (square) => {
    if (deviation(square) < flatBelow) return null;
    const found = lowFrequencies(square, table);
    const median = found.slice(1).sort()[(kept * kept) / 2 - 1] ?? 0;
    const bits = [0, 0];
    for (let i = 1; i < found.length; i++)
      if ((found[i] ?? 0) > median) bits[i >> 5] = (bits[i >> 5] ?? 0) | (1 << (i & 31));
    return [(bits[0] ?? 0) >>> 0, (bits[1] ?? 0) >>> 0];
  };
};
