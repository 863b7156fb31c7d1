import { plot } from '../../charts/plot';
import { categoryRepeats, repeatEpoch, type RarestCounts } from '../../methods/sampling';
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

export interface RepeatQuestion {
  /** Classes ranked by the images that hold them. */
  readonly ranked: RankedCounts;
  /** All images of the split. */
  readonly images: number;
  /** t, the share of images below which a class is repeated. */
  readonly threshold: number;
  /** For the length of an epoch; absent in profiles written before it was counted. */
  readonly rarest?: RarestCounts;
}

/** How long an epoch would be; exact, whatever the threshold. */
const epochSentence = (rarest: RarestCounts, threshold: number): string => {
  const { length, repeated, samples } = repeatEpoch(rarest, threshold);
  return repeated === 0
    ? words('figures/repeats/epoch-same', { images: samples })
    : words('figures/repeats/epoch', {
        length: Math.round(length),
        images: samples,
        factor: length / samples,
        repeated: repeated / samples,
      });
};

/**
 * Repeat factors max(1, √(t / f)) of the classes by the share f of images that hold them; an image
 * is shown as often as the largest factor of its classes says. Gupta et al., CVPR 2019.
 */
export const repeatsFigure = (
  { ranked, images, threshold, rarest }: RepeatQuestion,
  size: FigureSize,
): Figure => {
  const filled = ranked.counts.filter((count) => count > 0);
  const factors = categoryRepeats(
    filled.map((count) => count / Math.max(1, images)),
    { threshold },
  );
  const ranks = shownRanks(filled.length);
  const repeated = factors.filter((factor) => (factor ?? 1) > 1).length;
  const last = filled.length - 1;
  const repeats =
    last < 0
      ? words('figures/empty')
      : words(repeated === 0 ? 'figures/repeats/none' : 'figures/repeats/sentence', {
          threshold,
          count: repeated,
          classes: filled.length,
          smallest: ranked.name(last),
          factor: factors[last] ?? 1,
          below: Math.ceil(threshold * images),
        });
  const sentence =
    last < 0 || rarest === undefined ? repeats : `${repeats} ${epochSentence(rarest, threshold)}`;
  const svg = plot(
    [
      {
        kind: 'recipe',
        name: '',
        draw: 'line',
        points: ranks.map((rank) => ({ x: rank + 1, y: factors[rank] ?? 1 })),
      },
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, name: words('figures/repeats/x'), format: number },
      y: { scale: 'log', from: 1, name: words('figures/repeats/y'), format: times },
      description: sentence,
    },
  );
  const data = dataOf(
    { rank: number, class: number, images: number, factor: times },
    ranks.map((rank) => [rank + 1, ranked.name(rank), filled[rank] ?? 0, factors[rank] ?? 1]),
  );
  return { svg, sentence, data };
};
