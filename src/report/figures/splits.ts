import { plot, type PlotSeries } from '../../charts/plot';
import { words } from '../../words/say';
import { number, percent, shownRanks, dataOf, type Figure, type FigureSize } from './figure';

/** Counts of a split by rank in the profiled split. */
export interface SplitCounts {
  readonly name: string;
  readonly counts: Float64Array;
}

/** Dashes and colours of the lines, in the order of the splits. */
const kinds = ['recipe', 'band-medium', 'band-few', 'plain'];

/**
 * Class shares of every split over the ranks of the first: lines that lie on each other have the
 * same imbalance, a flat one is balanced.
 */
export const splitsFigure = (
  splits: readonly SplitCounts[],
  name: (rank: number) => string,
  size: FigureSize,
): Figure => {
  const shares = splits.map((split) => {
    const total = split.counts.reduce((sum, count) => sum + count, 0);
    return { name: split.name, of: split.counts.map((count) => count / Math.max(1, total)) };
  });
  const classes = splits[0]?.counts.length ?? 0;
  const ranks = shownRanks(classes);
  const flat = shares
    .slice(1)
    .filter(({ of }) => of.every((share) => share === of[0]))
    .map((split) => split.name);
  const sentence =
    flat.length > 0
      ? words('figures/splits/flat', { splits: flat, first: splits[0]?.name ?? '' })
      : words('figures/splits/sentence', { splits: splits.map((split) => split.name) });
  const svg = plot(
    shares.map((split, i): PlotSeries => ({
      kind: kinds[i] ?? 'plain',
      name: split.name,
      draw: 'line',
      points: ranks.map((rank) => ({ x: rank + 1, y: split.of[rank] ?? 0 })),
    })),
    {
      ...size,
      x: {
        scale: 'linear',
        from: 0,
        name: words('figures/splits/x', { split: splits[0]?.name ?? '' }),
        format: number,
      },
      y: { scale: 'log', name: words('figures/splits/y'), format: percent },
      description: sentence,
    },
  );
  const data = {
    columns: [
      ...dataOf({ rank: number, class: number }, []).columns,
      ...splits.map((split) => ({ label: split.name, show: number })),
    ],
    rows: ranks.map((rank) => [
      rank + 1,
      name(rank),
      ...splits.map(({ counts }) => counts[rank] ?? 0),
    ]),
  };
  return { svg, sentence, data };
};
