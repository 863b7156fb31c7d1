import type { Image } from '../../../pictures/image';

/** Side of the square that pictures are reduced to before they are hashed. */
export const squareSide = 32;

/** For every one of `squareSide` cells: the first pixel it covers, and how much of each. */
const cells = (length: number): readonly { start: number; weights: Float64Array }[] =>
  Array.from({ length: squareSide }, (_, cell) => {
    const from = (cell * length) / squareSide;
    const to = ((cell + 1) * length) / squareSide;
    const start = Math.floor(from);
    const weights = new Float64Array(Math.max(1, Math.ceil(to) - start));
    for (let i = 0; i < weights.length; i++)
      weights[i] = Math.min(to, start + i + 1) - Math.max(from, start + i);
    return { start, weights: weights.map((weight) => (weight * squareSide) / length) };
  });

/** Grey values of a row, luma of ITU-R BT.601. */
const greyRow = ({ width, channels, data }: Image, y: number, into: Float64Array): void => {
  if (channels === 1) for (let x = 0, at = y * width; x < width; x++, at++) into[x] = data[at] ?? 0;
  else
    for (let x = 0, at = 3 * y * width; x < width; x++, at += 3)
      into[x] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
};

/**
 * A picture as 32 × 32 grey values, 0 … 255: the mean of what each cell covers, whatever the size
 * and the proportions were, so that two sizes of one picture become nearly equal.
 */
export const greySquare = (image: Image): Float64Array => {
  const { width, height } = image;
  const across = cells(width);
  const row = new Float64Array(width);
  const narrow = new Float64Array(height * squareSide);
  for (let y = 0; y < height; y++) {
    greyRow(image, y, row);
    for (let cell = 0; cell < squareSide; cell++) {
      const { start = 0, weights = row } = across[cell] ?? {};
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (row[start + i] ?? 0);
      narrow[y * squareSide + cell] = sum;
    }
  }
  const square = new Float64Array(squareSide * squareSide);
  cells(height).forEach(({ start, weights }, cell) => {
    for (let i = 0; i < weights.length; i++)
      for (let x = 0; x < squareSide; x++) {
        const at = cell * squareSide + x;
        square[at] =
          (square[at] ?? 0) + (weights[i] ?? 0) * (narrow[(start + i) * squareSide + x] ?? 0);
      }
  });
  return square;
};
