import { plot, type PlotSeries } from '../../charts/plot';
import { effectiveNumber } from '../../methods/weights';
import { words } from '../../words/say';
import { number, dataOf, type Figure, type FigureSize, type RankedCounts } from './figure';
import { endsOf } from './sampler';

/** 1 − β from one tenth down to a millionth, half a decade apart. */
const complements = Array.from({ length: 11 }, (_, i) => 10 ** (-1 - i / 2));

/** β without the rounding of three digits: .9999 is not 1. */
const exact = (value: number): string =>
  words('figures/effective/beta', { text: String(Number(value.toPrecision(7))) });

/**
 * Effective number (1 − β^n) / (1 − β) of the largest, the median and the smallest class against β:
 * where the curves part is where β tells head from tail. Cui et al., CVPR 2019, equation 3.
 */
export const effectiveNumbersFigure = (
  ranked: RankedCounts,
  beta: number,
  size: FigureSize,
): Figure => {
  const { counts } = ranked;
  const ends = endsOf(counts);
  const shown =
    ends === null
      ? []
      : [
          ...new Map(
            [
              { rank: 0, kind: 'band-many', key: 'largest' },
              { rank: ends.last >> 1, kind: 'band-medium', key: 'median' },
              { rank: ends.last, kind: 'band-few', key: 'smallest' },
            ].map((one) => [one.rank, one]),
          ).values(),
        ];
  const countOf = (rank: number): number => counts[rank] ?? 0;
  const series = shown.map(({ rank, kind }): PlotSeries => ({
    kind,
    name: words('figures/effective/class', { count: countOf(rank) }),
    draw: 'line',
    points: complements.map((rest) => ({
      x: 1 / rest,
      y: effectiveNumber(countOf(rank), 1 - rest),
    })),
  }));
  const head = effectiveNumber(countOf(0), beta);
  const tail = ends === null ? 0 : effectiveNumber(countOf(ends.last), beta);
  const sentence =
    ends === null
      ? words('figures/empty')
      : words('figures/effective/sentence', { beta: exact(beta), head, tail, ratio: head / tail });
  const svg = plot(series, {
    ...size,
    x: {
      scale: 'log',
      name: words('figures/effective/x'),
      format: (value) => exact(1 - 1 / value),
    },
    y: { scale: 'log', name: words('figures/effective/y'), format: number },
    description: sentence,
    mark: {
      x: 1 / Math.max(1e-6, 1 - beta),
      name: exact(beta),
    },
  });
  const data = dataOf(
    { beta: exact, ...Object.fromEntries(shown.map(({ key }) => [key, number])) },
    complements.map((rest) => [
      1 - rest,
      ...shown.map(({ rank }) => effectiveNumber(countOf(rank), 1 - rest)),
    ]),
  );
  return { svg, sentence, data };
};
