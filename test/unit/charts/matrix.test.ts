import { describe, expect, it } from 'vitest';
import {
  cellAt,
  countAt,
  inside,
  matrixRaster,
  opacityOf,
  panned,
  shadeOf,
  showing,
  sparseMatrix,
  wholeMatrix,
  zoomed,
  type MatrixColours,
} from '../../../src/charts/matrix';

const rows = [
  [8, 2, 0],
  [0, 5, 0],
  [1, 0, 3],
];
const matrix = sparseMatrix(rows, [0, 1, 2]);

describe('a sparse matrix', () => {
  it('holds the filled cells alone, in the order that is asked for', () => {
    expect([...matrix.columns]).toEqual([0, 1, 1, 0, 2]);
    expect([...matrix.rowSums]).toEqual([10, 5, 4]);
    expect([...matrix.columnSums]).toEqual([9, 7, 3]);
    const turned = sparseMatrix(rows, [2, 0, 1]);
    for (const [i, row] of [2, 0, 1].entries())
      for (const [j, column] of [2, 0, 1].entries())
        expect(countAt(turned, i, j)).toBe(rows[row]?.[column]);
    expect(countAt(matrix, 7, 0)).toBe(0);
  });
});

describe('the view of a matrix', () => {
  it('keeps the point it is drawn larger around, and ends at the edges', () => {
    const view = zoomed(wholeMatrix(100), 100, 2, { across: 0.25, down: 1 });
    expect(view).toEqual({ x: 12.5, y: 50, span: 50 });
    expect(cellAt(view, 100, 0.25, 0)).toEqual({ row: 50, column: 25 });
    expect(zoomed(view, 100, 0.1)).toEqual(wholeMatrix(100));
    expect(zoomed(view, 100, 1000).span).toBe(4);
    expect(panned(view, 100, 5, -5)).toEqual({ x: 50, y: 0, span: 50 });
  });

  it('moves no more than it takes to show a cell', () => {
    const view = { x: 10, y: 10, span: 10 };
    expect(showing(view, 100, { row: 12, column: 25 })).toEqual({ x: 16, y: 10, span: 10 });
    expect(showing(view, 100, { row: 3, column: 15 })).toEqual({ x: 10, y: 3, span: 10 });
  });

  it('has no cell outside, and shows two classes whole', () => {
    expect(cellAt(wholeMatrix(3), 3, 1, 0)).toBeNull();
    expect(cellAt(wholeMatrix(3), 3, 0.99, 0)).toEqual({ row: 0, column: 2 });
    expect(inside({ x: 0, y: 0, span: 1 }, 2)).toEqual(wholeMatrix(2));
  });
});

const colours: MatrixColours = {
  ground: [0, 0, 0],
  right: [0, 0, 255],
  wrong: [255, 0, 0],
  ink: [255, 255, 255],
};
const pixelAt = (of: ReturnType<typeof matrixRaster>, x: number, y: number): number[] => [
  ...of.bytes.subarray((y * of.pixels + x) * 4, (y * of.pixels + x) * 4 + 3),
];
const part = (share: number, whole = 1, least?: number): number =>
  Math.round(255 * opacityOf(shadeOf(share, whole, least)));

describe('the drawing of a matrix', () => {
  it('shades shares of the row, right and wrong ones apart, with lines between', () => {
    const drawn = matrixRaster(matrix, wholeMatrix(3), { pixels: 30, measure: 'share', colours });
    expect(pixelAt(drawn, 5, 5)).toEqual([0, 0, part(0.8)]);
    expect(pixelAt(drawn, 15, 5)).toEqual([part(0.2), 0, 0]);
    // Empty: a trace of the text's colour, 5 % of 255.
    expect(pixelAt(drawn, 25, 5)).toEqual([13, 13, 13]);
    expect(pixelAt(drawn, 9, 5)).toEqual([0, 0, 0]);
    expect(pixelAt(drawn, 5, 29)).toEqual([0, 0, 0]);
  });

  it('shades counts against the largest of the matrix, also when it is out of view', () => {
    const view = { x: 1, y: 1, span: 2 };
    const drawn = matrixRaster(matrix, view, { pixels: 20, measure: 'count', colours });
    expect(pixelAt(drawn, 5, 5)).toEqual([0, 0, part(5, 8)]);
    expect(pixelAt(drawn, 15, 15)).toEqual([0, 0, part(3, 8)]);
  });

  it('shows the strongest of the cells in a pixel', () => {
    // 1,000 classes in 100 pixels. Rows 0 and 5 lie in one pixel with columns 500 and 503.
    const size = 1000;
    const large = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    const set = (i: number, j: number, n: number): void => {
      const row = large[i];
      if (row !== undefined) row[j] = n;
    };
    set(0, 0, 3);
    set(0, 500, 1);
    set(5, 503, 7);
    const order = large.map((_, i) => i);
    const drawn = matrixRaster(sparseMatrix(large, order), wholeMatrix(size), {
      ...{ pixels: 100, measure: 'share' as const, colours },
    });
    expect(pixelAt(drawn, 50, 0)).toEqual([part(1, 1, 120), 0, 0]);
    expect(pixelAt(drawn, 0, 0)).toEqual([0, 0, part(0.75, 1, 120)]);
    // A dot is two pixels wide.
    expect(pixelAt(drawn, 51, 1)).toEqual([part(1, 1, 120), 0, 0]);
    expect(pixelAt(drawn, 52, 0)).toEqual([13, 13, 13]);
  });
});
