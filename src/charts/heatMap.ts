import { group, label, shape, type Shape } from './shape';

export interface HeatMapOptions {
  readonly names: readonly string[];
  readonly width: number;
  /** Cells below this share stay without a number, so that the eye finds the large ones. */
  readonly numberFrom: number;
  readonly describe: (row: number, column: number, share: number) => string;
  readonly description: string;
}

const steps = 10;
const widestName = 110;
const top = 26;

/** A name cut to the letters that so many pixels hold, two at least. */
export const fitted = (name: string, pixels: number): string => {
  const letters = Math.max(2, Math.floor(pixels / 6.4));
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
};

/** A share in two digits without the zero before the point. */
export const numeral = (share: number): string =>
  share >= 0.995 ? '1.0' : share.toFixed(2).replace(/^0/, '');

/** How dark a share is, 0 … 9. */
export const shareLevel = (share: number): number => Math.min(steps - 1, Math.floor(share * steps));

/** Rows of a matrix of counts as shares of the row's sum; a row without counts gives zeros. */
export const rowShares = (matrix: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  matrix.map((row) => {
    const all = row.reduce((sum, n) => sum + n, 0);
    return row.map((n) => (all > 0 ? n / all : 0));
  });

/**
 * A square matrix of shares in [0, 1] as cells, darker (class `level-0` … `level-9`) for more; the
 * diagonal has a class of its own. Numbers and names appear where there is room for them.
 */
export const heatMap = (shares: readonly (readonly number[])[], options: HeatMapOptions): Shape => {
  const { names, width, describe } = options;
  const letters = names.reduce((most, name) => Math.max(most, name.length), 3);
  const margin = { left: Math.min(widestName, 20 + letters * 6.4), top };
  const size = (width - margin.left - 8) / Math.max(1, names.length);
  const roomy = size >= 26;
  const rows = shares.flatMap((row, i) =>
    row.map((share, j) => {
      const x = margin.left + j * size;
      const y = margin.top + i * size;
      const kind = i === j ? 'right' : 'wrong';
      return group({ class: `cell ${kind} level-${shareLevel(share)}` }, [
        { tag: 'title', attributes: {}, text: describe(i, j, share) },
        shape('rect', { x: x + 0.5, y: y + 0.5, width: size - 1, height: size - 1, rx: 2 }),
        ...(roomy && share >= options.numberFrom
          ? [label({ x: x + size / 2, y: y + size / 2 + 4 }, numeral(share), 'middle', 'value')]
          : []),
      ]);
    }),
  );
  const readable = size >= 12;
  const labels = readable
    ? names.flatMap((name, i) => {
        const middle = (i + 0.5) * size;
        const left = { x: margin.left - 8, y: margin.top + middle + 4 };
        const above = { x: margin.left + middle, y: margin.top - 8 };
        return [
          label(left, fitted(name, margin.left - 12), 'end', 'name'),
          ...(roomy ? [label(above, fitted(name, size), 'middle', 'name')] : []),
        ];
      })
    : [];
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${margin.top + names.length * size + 8}`,
      class: 'chart heat-map',
      role: 'img',
      'aria-label': options.description,
    },
    children: [...labels, ...rows],
  };
};
