import { crossMap } from '../../charts/crossMap';
import type { TogetherFacts } from '../../profile/types';
import { words } from '../../words/say';
import { number, dataOf, percent, type Figure, type FigureSize } from './figure';

/**
 * Of the samples of each rare label the share that has each frequent one: a dark cell is a frequent
 * label that comes along whenever samples of the rare one are repeated. Rows are rare labels.
 */
export const togetherFigure = (
  { rare, frequent, samples, rareLabels }: TogetherFacts,
  { width }: FigureSize,
): Figure => {
  const shares = rare.map((row, i) =>
    frequent.map((_, j) => (samples[i]?.[j] ?? 0) / Math.max(1, row.samples)),
  );
  const text = (i: number, j: number): string =>
    words('figures/together/cell', {
      rare: rare[i]?.name ?? '',
      frequent: frequent[j]?.name ?? '',
      count: samples[i]?.[j] ?? 0,
      of: rare[i]?.samples ?? 0,
      share: shares[i]?.[j] ?? 0,
    });
  const cells = rare.flatMap((row, i) =>
    frequent.map((column, j) => ({ row, column, share: shares[i]?.[j] ?? 0, i, j })),
  );
  const [first] = cells.toSorted(
    (a, b) => b.share - a.share || b.row.samples - a.row.samples || a.i - b.i || a.j - b.j,
  );
  const half = shares.filter((row) => row.some((share) => share >= 0.5)).length;
  const sentence =
    first === undefined
      ? words('figures/together/none')
      : [
          words('figures/together/sentence', {
            share: first.share,
            rare: first.row.name,
            frequent: first.column.name,
          }),
          words('figures/together/half', { count: half, shown: rare.length }),
          ...(rareLabels > rare.length
            ? [words('figures/together/some', { shown: rare.length, count: rareLabels })]
            : []),
        ].join(' ');
  return {
    svg: crossMap(shares, {
      rows: rare.map(({ name }) => name),
      columns: frequent.map(({ name }) => name),
      width,
      describe: text,
      description: sentence,
    }),
    sentence,
    data: dataOf(
      { rare: number, frequent: number, together: number, rareSamples: number, share: percent },
      cells.map(({ row, column, share, i, j }) => [
        row.name,
        column.name,
        samples[i]?.[j] ?? 0,
        row.samples,
        share,
      ]),
    ),
    walk: { across: frequent.length },
  };
};
