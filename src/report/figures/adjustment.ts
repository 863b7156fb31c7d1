import { plot } from '../../charts/plot';
import { shares } from '../../methods/numbers';
import { logPrior, scaledLogs } from '../../methods/priors';
import { words } from '../../words/say';
import {
  number,
  percent,
  shownRanks,
  dataOf,
  type Figure,
  type FigureSize,
  type RankedCounts,
} from './figure';
import { endsOf } from './sampler';

/**
 * What subtracting τ log π from the scores does: the head start each class gets over the largest,
 * in nats, and the class shares π^(1−τ) that predictions then stand for. τ = 1 stands for classes
 * that are equally frequent. Menon et al., ICLR 2021, equation 9.
 */
export const adjustmentFigure = (ranked: RankedCounts, tau: number, size: FigureSize): Figure => {
  const { counts } = ranked;
  const logs = logPrior(counts).values;
  const offsets = scaledLogs(logs, -tau);
  const assumed = shares(
    scaledLogs(logs, 1 - tau).map((log, i) => ((counts[i] ?? 0) > 0 ? Math.exp(log) : 0)),
  );
  const ends = endsOf(counts);
  const start = (rank: number): number => (offsets[rank] ?? 0) - (offsets[0] ?? 0);
  const ranks = shownRanks((ends?.last ?? -1) + 1);
  const sentence =
    ends === null
      ? words('figures/empty')
      : words('figures/adjustment/sentence', {
          tau,
          smallest: ranked.name(ends.last),
          largest: ranked.name(0),
          nats: start(ends.last),
          odds: Math.exp(start(ends.last)),
          tail: assumed[ends.last] ?? 0,
          head: assumed[0] ?? 0,
        });
  const svg = plot(
    [
      {
        kind: 'recipe',
        name: '',
        draw: 'line',
        points: ranks.map((rank) => ({ x: rank + 1, y: start(rank) })),
      },
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, name: words('figures/axis/rank'), format: number },
      y: {
        scale: 'linear',
        from: 0,
        name: words('figures/adjustment/y'),
        format: number,
        ...(tau === 0 ? { to: 1 } : {}),
      },
      description: sentence,
    },
  );
  const data = dataOf(
    { rank: number, class: number, samples: number, offset: number, assumed: percent },
    ranks.map((rank) => [
      rank + 1,
      ranked.name(rank),
      counts[rank] ?? 0,
      start(rank),
      assumed[rank] ?? 0,
    ]),
  );
  return { svg, sentence, data };
};
