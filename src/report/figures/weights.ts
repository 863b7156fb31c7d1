import { plot } from '../../charts/plot';
import { classWeights, type WeightKind } from '../../methods/weights';
import { words } from '../../words/say';
import {
  number,
  shownRanks,
  dataOf,
  type Figure,
  type FigureSize,
  type RankedCounts,
} from './figure';
import { endsOf } from './sampler';

/** The rules a figure offers; others of the catalogue are these up to a factor. */
export const weightChoices = ['inverse', 'inverse-sqrt', 'effective-number'] as const;
export type WeightChoice = (typeof weightChoices)[number] & WeightKind;

export interface WeightSetting {
  readonly rule: WeightChoice;
  /** Read by the effective number alone. */
  readonly beta: number;
}

/** Class weights of a rule, scaled so that the weights of all samples average 1. */
export const weightsFigure = (
  ranked: RankedCounts,
  { rule, beta }: WeightSetting,
  size: FigureSize,
): Figure => {
  const { counts } = ranked;
  const weights = classWeights(rule, counts, { beta });
  const ends = endsOf(counts);
  const ranks = shownRanks(counts.length);
  const ratio = ends === null ? 1 : (weights[ends.last] ?? 0) / (weights[0] ?? 1);
  const sentence =
    ends === null
      ? words('figures/empty')
      : words('figures/weights/sentence', {
          rule: words(`figures/weights/${rule}`),
          smallest: ranked.name(ends.last),
          tail: weights[ends.last] ?? 0,
          largest: ranked.name(0),
          head: weights[0] ?? 0,
          ratio,
        });
  const svg = plot(
    [
      {
        kind: 'recipe',
        name: '',
        draw: 'line',
        points: ranks.map((rank) => ({ x: rank + 1, y: weights[rank] ?? 0 })),
      },
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, name: words('figures/axis/rank'), format: number },
      y: { scale: 'log', name: words('figures/weights/y'), format: number },
      description: sentence,
    },
  );
  const data = dataOf(
    { rank: number, class: number, samples: number, weight: number },
    ranks.map((rank) => [rank + 1, ranked.name(rank), counts[rank] ?? 0, weights[rank] ?? 0]),
  );
  return { svg, sentence, data };
};
