import { group, label, shape, type Shape } from './shape';

export interface CrossMapOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly width: number;
  readonly describe: (row: number, column: number) => string;
  readonly description: string;
}

const steps = 10;
const rowHeight = 26;
const widestCell = 84;
const widestName = 150;
/** Names of columns stand aslant where they are longer than a cell is wide. */
const aslant = 34;
const letterWidth = 6.4;

/** A name cut to the letters that so many pixels hold, two at least. */
const fitted = (name: string, pixels: number): string => {
  const letters = Math.max(2, Math.floor(pixels / letterWidth));
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
};

/** A share in two digits without the zero before the point. */
const numeral = (share: number): string =>
  share >= 0.995 ? '1.0' : share.toFixed(2).replace(/^0/, '');

/** How dark a share is, 0 … 9. */
const shareLevel = (share: number): number => Math.min(steps - 1, Math.floor(share * steps));

const lettersOf = (names: readonly string[]): number =>
  names.reduce((most, name) => Math.max(most, name.length), 3);

/** A name above its column, its end at the column's middle where it stands aslant. */
const columnName = (name: string, x: number, y: number, turned: boolean): Shape => {
  const own = label({ x, y }, name, turned ? 'start' : 'middle', 'name');
  return turned
    ? { ...own, attributes: { ...own.attributes, transform: `rotate(${-aslant} ${x} ${y})` } }
    : own;
};

/**
 * Shares in [0, 1] of rows crossed with columns, darker (class `level-0` … `level-9`) for more. Each
 * cell has role img, a spoken name and `data-item` counting along the rows; the first has the tab
 * stop. What is named beside it is shortened to the room there is; nothing else is left out.
 */
export const crossMap = (
  shares: readonly (readonly number[])[],
  { rows, columns, width, describe, description }: CrossMapOptions,
): Shape => {
  const left = Math.min(widestName, 20 + lettersOf(rows) * letterWidth);
  const cell = Math.min(widestCell, (width - left - 70) / Math.max(1, columns.length));
  const turned = lettersOf(columns) * letterWidth > cell - 6;
  const named = columns.map((name) => fitted(name, turned ? 120 : cell));
  const rise = Math.sin((aslant / 180) * Math.PI) * lettersOf(named) * letterWidth;
  const top = 14 + (turned ? rise : 10);
  const cells = shares.flatMap((row, i) =>
    row.map((share, j) => {
      const [x, y] = [left + j * cell, top + i * rowHeight];
      const text = describe(i, j);
      const at = i * columns.length + j;
      return group(
        {
          class: `cell level-${shareLevel(share)}`,
          role: 'img',
          'aria-label': text,
          'data-item': at,
          tabindex: at === 0 ? 0 : -1,
        },
        [
          { tag: 'title', attributes: {}, text },
          shape('rect', {
            x: x + 0.5,
            y: y + 0.5,
            width: cell - 1,
            height: rowHeight - 1,
            rx: 2,
          }),
          ...(share > 0 && cell >= 24
            ? [label({ x: x + cell / 2, y: y + 17 }, numeral(share), 'middle', 'value')]
            : []),
        ],
      );
    }),
  );
  const names = [
    ...rows.map((name, i) =>
      label({ x: left - 8, y: top + i * rowHeight + 17 }, fitted(name, left - 12), 'end', 'name'),
    ),
    ...named.map((name, j) =>
      columnName(name, left + (j + (turned ? 0.35 : 0.5)) * cell, top - 7, turned),
    ),
  ];
  return {
    tag: 'svg',
    attributes: {
      viewBox: `0 0 ${width} ${Math.ceil(top + rows.length * rowHeight + 6)}`,
      class: 'chart cross-map',
      role: 'group',
      'aria-label': description,
    },
    children: [group({ 'aria-hidden': 'true' }, names), ...cells],
  };
};
