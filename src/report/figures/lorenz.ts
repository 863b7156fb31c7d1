import { plot } from '../../charts/plot';
import { gini, lorenz as cumulate } from '../../methods/distribution';
import { groupCounts } from '../../methods/distribution/countGroups';
import { words } from '../../words/say';
import {
  percent,
  shownRanks,
  dataOf,
  type Figure,
  type FigureSize,
  type RankedCounts,
} from './figure';

/**
 * Lorenz curve: share of the samples in the smallest classes, against their share of the classes.
 * Gini is twice the area between it and the diagonal. Lorenz 1905, Gini 1912.
 */
export const lorenzFigure = ({ counts }: RankedCounts, size: FigureSize): Figure => {
  const classes = counts.length;
  const curve = cumulate(counts);
  const places = [...new Set([...shownRanks(classes).map((rank) => classes - rank), 0])].sort(
    (a, b) => a - b,
  );
  const points = places.map((at) => ({ x: at / Math.max(1, classes), y: curve[at] ?? 0 }));
  const index = gini(groupCounts(counts));
  const half = curve[Math.floor(classes / 2)] ?? 0;
  const sentence =
    index === null
      ? words('figures/lorenz/empty')
      : words('figures/lorenz/sentence', { gini: index, half });
  const svg = plot(
    [
      {
        kind: 'plain',
        name: words('figures/lorenz/equal'),
        draw: 'line',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
      { kind: 'recipe', name: '', draw: 'line', points },
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, to: 1, name: words('figures/lorenz/x'), format: percent },
      y: { scale: 'linear', from: 0, to: 1, name: words('figures/lorenz/y'), format: percent },
      description: sentence,
    },
  );
  const data = dataOf(
    { 'classes-share': percent, 'samples-share': percent },
    points.map(({ x, y }) => [x, y]),
  );
  return { svg, sentence, data };
};
