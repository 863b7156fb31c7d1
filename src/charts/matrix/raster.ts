import { cellFrom, type SparseMatrix } from './sparse';
import type { MatrixView } from './view';

export type MatrixMeasure = 'share' | 'count';

/** Red, green and blue, 0 … 255. */
export type Colour = readonly [number, number, number];

/** What the shades are mixed of. */
export interface MatrixColours {
  /** Between cells. */
  readonly ground: Colour;
  readonly right: Colour;
  readonly wrong: Colour;
  /** Of text: an empty cell has a trace of it. */
  readonly ink: Colour;
}

/** A drawing in pixels, four bytes each: red, green, blue, opacity. */
export interface MatrixRaster {
  readonly pixels: number;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
}

/** Least shade of a cell that is not empty, of 255: small cells need more to be seen. */
const faintest = { large: 12, small: 120 };
/** Cells from this many pixels on are parted by a line. */
const partedFrom = 8;
/** No cell is drawn smaller than this, where it covers no other. */
const smallestDot = 2;
const mostOpaque = 0.85;
const emptyOpaque = 0.05;

/** The pixel in which a cell begins: the one that `cellAt` finds it in, but for rounding. */
const pixelOf = (cells: number, scale: number): number => Math.floor(cells * scale + 1e-6);

const mixed = (over: Colour, under: Colour, part: number): number => {
  const [red, green, blue] = over.map((value, i) =>
    Math.round(part * value + (1 - part) * (under[i] ?? 0)),
  );
  // Little-endian, as every machine is that the editor runs on.
  return ((255 << 24) | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0)) >>> 0;
};

/** Opacity of a shade 0 … 255; for text that must be read on it. */
export const opacityOf = (shade: number): number =>
  emptyOpaque + (mostOpaque - emptyOpaque) * (shade / 255);

/** The largest count of the matrix: what counts are shaded against. */
export const largestCount = ({ counts }: SparseMatrix): number =>
  counts.reduce((most, count) => Math.max(most, count), 0);

/**
 * Shade of a cell that is not empty, 1 … 255, by the square root of its part: confusions are a few
 * in a hundred, and would vanish beside the diagonal.
 */
export const shadeOf = (count: number, whole: number, least = faintest.large): number =>
  Math.round(least + (255 - least) * Math.sqrt(whole > 0 ? count / whole : 0));

/**
 * Draws the part of a matrix that is in view. Where cells are smaller than a pixel, the pixel shows
 * the strongest of them; a right one where both are as strong.
 */
export const matrixRaster = (
  matrix: SparseMatrix,
  view: MatrixView,
  { pixels, measure, colours }: { pixels: number; measure: MatrixMeasure; colours: MatrixColours },
): MatrixRaster => {
  const { starts, columns, counts, rowSums, size } = matrix;
  const scale = pixels / view.span;
  const gap = scale >= partedFrom ? 1 : 0;
  const least = scale >= partedFrom ? faintest.large : faintest.small;
  const dot = scale >= smallestDot ? 1 : smallestDot;
  // Shades of what is wrong from 1 to 255, of what is right from 256 + 1: one number a pixel.
  const shades = new Uint16Array(pixels * pixels);
  const strength = (code: number): number => code & 255;
  const most = measure === 'count' ? largestCount(matrix) : 0;
  const edge = (cell: number, from: number): number =>
    Math.min(pixels, Math.max(0, pixelOf(cell - from, scale)));
  const lastColumn = Math.min(size, Math.ceil(view.x + view.span));
  for (let row = Math.floor(view.y); row < Math.min(size, view.y + view.span); row++) {
    const top = Math.min(pixels - 1, edge(row, view.y));
    const bottom = Math.min(pixels, Math.max(top + dot, edge(row + 1, view.y) - gap));
    const whole = measure === 'share' ? (rowSums[row] ?? 0) : most;
    const end = starts[row + 1] ?? 0;
    for (let cell = cellFrom(matrix, row, Math.floor(view.x)); cell < end; cell++) {
      const column = columns[cell] ?? 0;
      if (column >= lastColumn) break;
      const left = Math.min(pixels - 1, edge(column, view.x));
      const right = Math.min(pixels, Math.max(left + dot, edge(column + 1, view.x) - gap));
      const code = shadeOf(counts[cell] ?? 0, whole, least) + (row === column ? 256 : 0);
      if (dot === 1) {
        // Cells share no pixel.
        for (let y = top; y < bottom; y++) shades.fill(code, y * pixels + left, y * pixels + right);
        continue;
      }
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) {
          const at = y * pixels + x;
          const before = shades[at] ?? 0;
          if (strength(code) > strength(before) || (code > before && code - before === 256))
            shades[at] = code;
        }
    }
  }
  const { ground, right, wrong, ink } = colours;
  const palette = Uint32Array.from({ length: 512 }, (_, code) =>
    mixed(code < 256 ? wrong : right, ground, opacityOf(strength(code))),
  );
  palette[0] = mixed(ink, ground, emptyOpaque);
  const words = new Uint32Array(shades.length);
  for (let at = 0; at < words.length; at++) words[at] = palette[shades[at] ?? 0] ?? 0;
  if (gap > 0) drawGaps(words, view, { pixels, size, colour: mixed(ground, ground, 1) });
  return { pixels, bytes: new Uint8ClampedArray(words.buffer) };
};

/** The lines between cells: the last pixel of each row and column of cells. */
const drawGaps = (
  words: Uint32Array,
  view: MatrixView,
  { pixels, size, colour }: { pixels: number; size: number; colour: number },
): void => {
  const scale = pixels / view.span;
  const lines = (from: number): number[] => {
    const found: number[] = [];
    for (let cell = Math.floor(from) + 1; cell <= Math.min(size, from + view.span); cell++) {
      const at = pixelOf(cell - from, scale) - 1;
      if (at >= 0 && at < pixels) found.push(at);
    }
    return found;
  };
  for (const y of lines(view.y)) words.fill(colour, y * pixels, (y + 1) * pixels);
  for (const x of lines(view.x)) for (let y = 0; y < pixels; y++) words[y * pixels + x] = colour;
};
