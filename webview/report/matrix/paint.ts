import {
  largestCount,
  matrixRaster,
  opacityOf,
  shadeOf,
  type Colour,
  type MatrixCell,
  type MatrixMeasure,
  type MatrixView,
} from '../../../src/charts/matrix';
import { bandName } from '../../../src/report/headline';
import type { ConfusionMatrix } from '../../../src/report/confusionMatrix';
import { integer } from '../../../src/report/tables';
import type { BandScheme } from '../../../src/profile/types';
import type { MatrixTheme } from './theme';

/** Where the square of cells lies on the canvas, in CSS pixels; names stand left of it and above. */
export interface MatrixPlace {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

export interface MatrixPicture {
  readonly matrix: ConfusionMatrix;
  readonly scheme: BandScheme;
  readonly view: MatrixView;
  readonly measure: MatrixMeasure;
  /** The cell that the keys are on; null where the canvas has not been used. */
  readonly cursor: MatrixCell | null;
}

/** Cells from this size on have their names beside them, and their numbers in them. */
const namedFrom = 12;
const numberedFrom = 30;
/** Shares below this are left without a number, so that the eye finds the large ones. */
const numberedShare = 0.005;
const flatNames = 64;

/** Text cut to a width. */
const fitted = (pen: CanvasRenderingContext2D, text: string, width: number): string => {
  if (pen.measureText(text).width <= width) return text;
  let letters = text.length;
  while (letters > 1 && pen.measureText(`${text.slice(0, letters)}…`).width > width) letters--;
  return `${text.slice(0, letters)}…`;
};

const brightness = ([red, green, blue]: Colour): number =>
  (0.299 * red + 0.587 * green + 0.114 * blue) / 255;

/** Black or white, whichever is read better on a shade of a colour over the ground. */
const inkOn = (colour: Colour, ground: Colour, part: number): string => {
  const on = colour.map((value, i) => part * value + (1 - part) * (ground[i] ?? 0));
  return brightness([on[0] ?? 0, on[1] ?? 0, on[2] ?? 0]) > 0.55 ? '#000' : '#fff';
};

const numeral = (share: number): string =>
  share >= 0.995 ? '1.0' : share.toFixed(2).replace(/^0/, '');

interface Drawing extends MatrixPicture {
  readonly pen: CanvasRenderingContext2D;
  readonly place: MatrixPlace;
  readonly theme: MatrixTheme;
  readonly cell: number;
}

const drawNames = ({ pen, place, theme, matrix, view, cell, cursor }: Drawing): void => {
  const { left, top, side } = place;
  const last = Math.min(matrix.names.length, Math.ceil(view.x + view.span));
  const lastRow = Math.min(matrix.names.length, Math.ceil(view.y + view.span));
  const font = `${Math.min(12, Math.max(10, cell - 2))}px ${theme.font}`;
  pen.font = font;
  const inkOf = (own: boolean): void => {
    pen.fillStyle = own ? theme.text : theme.faint;
    pen.font = own ? `bold ${font}` : font;
  };
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  for (let row = Math.floor(view.y); row < lastRow; row++) {
    const y = top + (row + 0.5 - view.y) * cell;
    if (y < top || y > top + side) continue;
    inkOf(cursor?.row === row);
    pen.fillText(fitted(pen, matrix.names[row] ?? '', left - 12), left - 8, y);
  }
  const flat = cell >= flatNames;
  pen.textAlign = flat ? 'center' : 'left';
  for (let column = Math.floor(view.x); column < last; column++) {
    const x = left + (column + 0.5 - view.x) * cell;
    if (x < left || x > left + side) continue;
    inkOf(cursor?.column === column);
    const text = fitted(pen, matrix.names[column] ?? '', flat ? cell - 4 : top - 12);
    pen.save();
    pen.translate(x, top - 8);
    if (!flat) pen.rotate(-Math.PI / 2);
    pen.fillText(text, 0, 0);
    pen.restore();
  }
};

/** Where cells are too small for names: the bands, and lines between them. */
const drawBands = ({ pen, place, theme, matrix, view, cell, scheme }: Drawing): void => {
  const { left, top, side } = place;
  const { bands } = matrix;
  pen.font = `11px ${theme.font}`;
  pen.fillStyle = theme.faint;
  pen.strokeStyle = theme.faint;
  pen.lineWidth = 1;
  pen.textBaseline = 'middle';
  for (let from = 0; from < bands.length;) {
    const band = bands[from] ?? null;
    let to = from;
    while (to < bands.length && (bands[to] ?? null) === band) to++;
    const clipped = (cells: number, first: number): number =>
      Math.min(side, Math.max(0, (cells - first) * cell));
    const name = band === null ? '' : bandName(scheme, band);
    const rows = [clipped(from, view.y), clipped(to, view.y)] as const;
    const columns = [clipped(from, view.x), clipped(to, view.x)] as const;
    pen.globalAlpha = 0.5;
    pen.beginPath();
    if (to < bands.length && rows[1] > 0 && rows[1] < side) {
      pen.moveTo(left - 6, top + rows[1]);
      pen.lineTo(left + side, top + rows[1]);
    }
    if (to < bands.length && columns[1] > 0 && columns[1] < side) {
      pen.moveTo(left + columns[1], top - 6);
      pen.lineTo(left + columns[1], top + side);
    }
    pen.stroke();
    pen.globalAlpha = 1;
    if (rows[1] - rows[0] >= 12) {
      pen.textAlign = 'right';
      pen.fillText(name, left - 8, top + (rows[0] + rows[1]) / 2);
    }
    if (columns[1] - columns[0] >= pen.measureText(name).width + 4) {
      pen.textAlign = 'center';
      pen.fillText(name, left + (columns[0] + columns[1]) / 2, top - 12);
    }
    from = to;
  }
};

const drawNumbers = (drawing: Drawing): void => {
  const { pen, place, theme, matrix, view, cell, measure } = drawing;
  const { cells } = matrix;
  const most = measure === 'count' ? largestCount(cells) : 0;
  pen.font = `${cell >= 44 ? 12 : 11}px ${theme.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const lastRow = Math.min(cells.size, Math.ceil(view.y + view.span));
  for (let row = Math.floor(view.y); row < lastRow; row++)
    for (let at = cells.starts[row] ?? 0; at < (cells.starts[row + 1] ?? 0); at++) {
      const column = cells.columns[at] ?? 0;
      const count = cells.counts[at] ?? 0;
      const x = (column + 0.5 - view.x) * cell;
      const y = (row + 0.5 - view.y) * cell;
      const share = count / (cells.rowSums[row] ?? 1);
      const isSeen = x > 0 && y > 0 && x < place.side && y < place.side;
      if (!isSeen || (measure === 'share' && share < numberedShare)) continue;
      const text = measure === 'share' ? numeral(share) : integer(count);
      if (pen.measureText(text).width > cell - 4) continue;
      const shade = opacityOf(
        shadeOf(count, measure === 'share' ? (cells.rowSums[row] ?? 0) : most),
      );
      pen.fillStyle = inkOn(row === column ? theme.right : theme.wrong, theme.ground, shade);
      pen.fillText(text, place.left + x, place.top + y);
    }
};

const drawOutlines = ({ pen, place, theme, view, cell, cursor, matrix }: Drawing): void => {
  const { left, top, side } = place;
  pen.save();
  pen.beginPath();
  pen.rect(left - 1, top - 1, side + 2, side + 2);
  pen.clip();
  pen.lineWidth = 1;
  pen.strokeStyle = theme.text;
  if (theme.highContrast && cell >= 6)
    for (
      let row = Math.floor(view.y);
      row < Math.min(matrix.names.length, view.y + view.span);
      row++
    ) {
      // The diagonal is found without its colour.
      const x = left + (row - view.x) * cell;
      pen.strokeRect(x + 0.5, top + (row - view.y) * cell + 0.5, cell - 2, cell - 2);
    }
  if (cursor !== null) {
    const x = left + (cursor.column - view.x) * cell;
    const y = top + (cursor.row - view.y) * cell;
    const size = Math.max(5, cell - 1);
    const shift = (size - cell + 1) / 2;
    pen.lineWidth = 2;
    pen.strokeStyle = theme.text;
    pen.strokeRect(x - shift, y - shift, size, size);
  }
  pen.restore();
};

/** Draws a part of a matrix; `density` is pixels of the screen a CSS pixel. */
export const paintMatrix = (
  canvas: HTMLCanvasElement,
  picture: MatrixPicture,
  { place, theme, density }: { place: MatrixPlace; theme: MatrixTheme; density: number },
): void => {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const { matrix, view, measure } = picture;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = `rgb(${theme.ground.join(' ')})`;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const pixels = Math.round(place.side * density);
  const raster = matrixRaster(matrix.cells, view, { pixels, measure, colours: theme });
  const image = new ImageData(raster.bytes, pixels, pixels);
  pen.putImageData(image, Math.round(place.left * density), Math.round(place.top * density));
  pen.setTransform(density, 0, 0, density, 0, 0);
  const cell = place.side / view.span;
  const drawing: Drawing = { ...picture, pen, place, theme, cell };
  if (cell >= namedFrom) drawNames(drawing);
  else drawBands(drawing);
  if (cell >= numberedFrom) drawNumbers(drawing);
  drawOutlines(drawing);
};
