import type { Image } from '../../../pictures/image';
import { greySquare, squareSide } from './greySquare';
import { createPerceptualHash } from './perceptualHash';

const side = squareSide / 2;
/** Values of a thumbnail. */
export const thumbnailSize = side * side;
/** Steps of a thumbnail in one standard deviation: four of them fit into a byte either way. */
const steps = 32;

/** What is kept of a picture to compare it by: 264 bytes. */
export interface PicturePrint {
  readonly low: number;
  readonly high: number;
  /** 16 × 16 grey values less their mean, in 32nds of their standard deviation. */
  readonly thumbnail: Int8Array;
}

const thumbnailOf = (square: Float64Array): Int8Array => {
  const small = new Float64Array(thumbnailSize);
  for (let y = 0; y < squareSide; y++)
    for (let x = 0; x < squareSide; x++) {
      const at = (y >> 1) * side + (x >> 1);
      small[at] = (small[at] ?? 0) + (square[y * squareSide + x] ?? 0) / 4;
    }
  const mean = small.reduce((sum, value) => sum + value, 0) / thumbnailSize;
  const deviation = Math.sqrt(
    small.reduce((sum, value) => sum + (value - mean) ** 2, 0) / thumbnailSize,
  );
  return Int8Array.from(small, (value) =>
    deviation === 0
      ? 0
      : Math.max(-127, Math.min(127, Math.round(((value - mean) / deviation) * steps))),
  );
};

/** Makes the prints of pictures; null for a flat one, which has nothing to tell it by. */
export const createPrinter = (): ((image: Image) => PicturePrint | null) => {
  const hash = createPerceptualHash();
  return (image) => {
    const square = greySquare(image);
    const bits = hash(square);
    return bits === null ? null : { low: bits[0], high: bits[1], thumbnail: thumbnailOf(square) };
  };
};

/**
 * Correlation from which two thumbnails show the same picture. Of 51,589 pairs of different MNIST
 * digits whose hashes are 4 bits apart or less (20,000 pictures), 74 are above it; a picture saved
 * again, resized or brightened stays above it.
 */
const sameFrom = 0.99;

/** Whether two of the thumbnails, laid one after the other, are of pictures that look the same. */
export const isSamePicture = (thumbnails: Int8Array, a: number, b: number): boolean => {
  const [atA, atB] = [a * thumbnailSize, b * thumbnailSize];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < thumbnailSize; i++) {
    const [x, y] = [thumbnails[atA + i] ?? 0, thumbnails[atB + i] ?? 0];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both > 0 && both * both >= sameFrom * sameFrom * ofA * ofB;
};
