import { plot, type PlotSeries } from '../../charts/plot';
import type { ReliabilityBins } from '../../protocol/reportPage';
import { words } from '../../words/say';
import { number, percent, dataOf, type Figure, type FigureSize } from './figure';

export interface ReliabilityQuestion {
  readonly run: ReliabilityBins;
  readonly baseline: ReliabilityBins | null;
}

const three = (value: number): string => value.toFixed(3);

const filled = ({ counts, accuracy, confidence }: ReliabilityBins) =>
  counts.flatMap((count, bin) =>
    count === 0 ? [] : [{ x: confidence[bin] ?? NaN, y: accuracy[bin] ?? NaN, count }],
  );

/** Mean confidence above (positive) or below accuracy, over all items. */
const excess = ({ counts, accuracy, confidence }: ReliabilityBins): number => {
  const items = counts.reduce((sum, count) => sum + count, 0);
  const gap = counts.reduce(
    (sum, count, bin) => sum + count * ((confidence[bin] ?? 0) - (accuracy[bin] ?? 0)),
    0,
  );
  return items === 0 ? 0 : gap / items;
};

/**
 * How often predictions are right, against how sure they are, in 15 equal bins: on the diagonal
 * probabilities can be taken at their word. Guo et al., ICML 2017, figure 1 and equation 3.
 */
export const reliabilityFigure = (
  { run, baseline }: ReliabilityQuestion,
  size: FigureSize,
): Figure => {
  const above = excess(run);
  const sentence = words(
    `figures/reliability/${Math.abs(above) < 0.01 ? 'even' : above > 0 ? 'over' : 'under'}`,
    { gap: Math.abs(above), ece: three(run.ece) },
  );
  const against =
    baseline === null
      ? ''
      : ` ${words('figures/reliability/baseline', { ece: three(baseline.ece) })}`;
  const lineOf = (kind: string, name: string, bins: ReliabilityBins): PlotSeries[] => [
    { kind, name, draw: 'line', points: filled(bins) },
    {
      kind,
      name: '',
      draw: 'points',
      points: filled(bins),
      titles: filled(bins).map(({ x, y, count }) =>
        words('figures/reliability/point', { count, confidence: x, accuracy: y }),
      ),
    },
  ];
  const svg = plot(
    [
      {
        kind: 'band-medium',
        name: words('figures/reliability/perfect'),
        draw: 'line',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
      ...(baseline === null ? [] : lineOf('plain', words('report/chart/plain'), baseline)),
      ...lineOf('recipe', words('report/chart/thisRun'), run),
    ],
    {
      ...size,
      x: { scale: 'linear', from: 0, to: 1, name: words('figures/reliability/x'), format: percent },
      y: { scale: 'linear', from: 0, to: 1, name: words('figures/reliability/y'), format: percent },
      description: `${sentence}${against}`,
    },
  );
  const rows = (name: string, bins: ReliabilityBins) =>
    bins.counts.map((count, bin) => [
      name,
      words('figures/reliability/bin', {
        from: bin / bins.counts.length,
        to: (bin + 1) / bins.counts.length,
      }),
      count,
      bins.confidence[bin] ?? NaN,
      bins.accuracy[bin] ?? NaN,
    ]);
  const data = dataOf(
    { run: number, bin: number, items: number, confidence: percent, accuracy: percent },
    [
      ...rows(words('report/chart/thisRun'), run),
      ...(baseline === null ? [] : rows(words('report/chart/plain'), baseline)),
    ],
  );
  return { svg, sentence: `${sentence}${against}`, data };
};
