import { plot, type PlotSeries } from '../../charts/plot';
import { sum } from '../../methods/numbers';
import type { ProfileMetrics } from '../../profile/types';
import { words } from '../../words/say';
import {
  number,
  shownRanks,
  dataOf,
  type Figure,
  type FigureSize,
  type RankedCounts,
} from './figure';

/** A law of shares over ranks k = 0 …: exp(-rate x(k)) up to a factor. */
interface Law {
  readonly kind: 'geometric' | 'zipf';
  readonly rate: number;
  readonly x: (rank: number) => number;
}

const expected = (law: Law, classes: number, total: number): ((rank: number) => number) => {
  let norm = 0;
  for (let rank = 0; rank < classes; rank++) norm += Math.exp(-law.rate * law.x(rank));
  return (rank) => (total * Math.exp(-law.rate * law.x(rank))) / norm;
};

/**
 * Counts over rank with the two laws fitted by maximum likelihood, and which of them Akaike's
 * criterion prefers: a straight line on linear ranks is a geometric decay, on logarithmic ranks
 * Zipf's law. Classes without a sample are left out.
 */
export const decayFigure = (
  ranked: RankedCounts,
  metrics: ProfileMetrics,
  size: FigureSize,
): Figure => {
  const counts = ranked.counts.filter((count) => count > 0);
  const classes = counts.length;
  const total = sum(counts);
  const lambda = metrics['geometricDecayMle'] ?? null;
  const exponent = metrics['zipfExponentMle'] ?? null;
  const { geometricAic = null, zipfAic = null } = metrics;
  const laws: readonly Law[] =
    lambda === null || exponent === null
      ? []
      : [
          { kind: 'geometric', rate: lambda, x: (rank) => rank },
          { kind: 'zipf', rate: exponent, x: (rank) => Math.log(rank + 1) },
        ];
  const lines = laws.map((law) => ({ law, at: expected(law, classes, total) }));
  const ranks = shownRanks(classes);
  const series: readonly PlotSeries[] = [
    {
      kind: 'recipe',
      name: words('figures/decay/data'),
      draw: 'line',
      points: ranks.map((rank) => ({ x: rank + 1, y: counts[rank] ?? 0 })),
    },
    ...lines.map(({ law, at }): PlotSeries => ({
      kind: `law-${law.kind}`,
      name: words(`figures/decay/${law.kind}`),
      draw: 'line',
      points: ranks.map((rank) => ({ x: rank + 1, y: at(rank) })),
    })),
  ];
  const gap = geometricAic === null || zipfAic === null ? null : zipfAic - geometricAic;
  const sentence =
    gap === null || lambda === null || exponent === null
      ? words('figures/decay/none')
      : words(`figures/decay/${Math.abs(gap) < 2 ? 'tie' : gap > 0 ? 'is-geometric' : 'is-zipf'}`, {
          ratio: Math.exp(-lambda),
          factor: Math.exp(lambda * (classes - 1)),
          exponent,
          gap: Math.abs(gap),
        });
  const svg = plot(series, {
    ...size,
    x: { scale: 'log', from: 1, name: words('figures/axis/rank'), format: number },
    y: { scale: 'log', name: words('figures/axis/samples'), format: number, from: 1 },
    description: sentence,
  });
  const data = dataOf(
    {
      rank: number,
      class: number,
      samples: number,
      ...Object.fromEntries(laws.map(({ kind }) => [kind, number])),
    },
    ranks.map((rank) => [
      rank + 1,
      ranked.name(rank),
      counts[rank] ?? 0,
      ...lines.map(({ at }) => at(rank)),
    ]),
  );
  return { svg, sentence, data };
};
