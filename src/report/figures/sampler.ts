import { plot } from '../../charts/plot';
import { sum } from '../../methods/numbers';
import { expectedDraws, expectedRepeats, samplingProbabilities } from '../../methods/sampling';
import { words } from '../../words/say';
import {
  number,
  shownRanks,
  dataOf,
  times,
  type Figure,
  type FigureSize,
  type RankedCounts,
} from './figure';

/** Ranks of the largest and the smallest class that have a sample; null where none has. */
export const endsOf = (counts: Float64Array): { readonly last: number } | null => {
  let last = counts.length - 1;
  while (last >= 0 && !((counts[last] ?? 0) > 0)) last--;
  return last < 0 ? null : { last };
};

/**
 * What the sampler p_j ∝ n_j^q does in an epoch of as many draws as there are samples: how often
 * each class is drawn, and how often one sample of it is seen. Kang et al., ICLR 2020, equation 1.
 */
export const samplerFigure = (ranked: RankedCounts, q: number, size: FigureSize): Figure => {
  const { counts } = ranked;
  const total = sum(counts);
  const probabilities = samplingProbabilities(counts, q);
  const draws = expectedDraws(probabilities, total);
  const repeats = expectedRepeats(counts, probabilities, total);
  const ends = endsOf(counts);
  const ranks = shownRanks(counts.length);
  const sentence =
    ends === null
      ? words('figures/empty')
      : words('figures/sampler/sentence', {
          draws: total,
          smallest: ranked.name(ends.last),
          tail: repeats[ends.last] ?? 0,
          largest: ranked.name(0),
          head: repeats[0] ?? 0,
        });
  const svg = plot(
    [
      {
        kind: 'plain',
        name: words('figures/sampler/now'),
        draw: 'line',
        points: ranks.map((rank) => ({ x: rank + 1, y: counts[rank] ?? 0 })),
      },
      {
        kind: 'recipe',
        name: words('figures/sampler/then'),
        draw: 'line',
        points: ranks.map((rank) => ({ x: rank + 1, y: draws[rank] ?? 0 })),
      },
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, name: words('figures/axis/rank'), format: number },
      y: { scale: 'log', name: words('figures/sampler/y'), format: number },
      description: sentence,
    },
  );
  const data = dataOf(
    { rank: number, class: number, samples: number, draws: number, seen: times },
    ranks.map((rank) => [
      rank + 1,
      ranked.name(rank),
      counts[rank] ?? 0,
      draws[rank] ?? 0,
      repeats[rank] ?? 0,
    ]),
  );
  return { svg, sentence, data };
};
