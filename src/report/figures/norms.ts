import { plot } from '../../charts/plot';
import type { NormsData } from '../../protocol/reportPage';
import { words } from '../../words/say';
import { number, dataOf, type Figure, type FigureSize } from './figure';

export interface NormsQuestion {
  /** Classes in the order of the norms. */
  readonly classes: readonly { readonly name: string; readonly trainCount: number }[];
  readonly norms: readonly (number | null)[];
  readonly what: keyof NormsData;
}

/** More points than this hide each other, and more rows are no help. */
const mostPoints = 1500;

interface Measured {
  readonly name: string;
  readonly trainCount: number;
  readonly norm: number;
}

/**
 * Pearson correlation of the norm with the logarithm of the training count; null for fewer than
 * three classes, and where one of the two does not change.
 */
export const countCorrelation = (classes: readonly Measured[]): number | null => {
  const n = classes.length;
  if (n < 3) return null;
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / n;
  const logs = classes.map(({ trainCount }) => Math.log(trainCount));
  const norms = classes.map(({ norm }) => norm);
  const [meanLog, meanNorm] = [meanOf(logs), meanOf(norms)];
  const product = meanOf(logs.map((log, i) => (log - meanLog) * ((norms[i] ?? 0) - meanNorm)));
  const spread = Math.sqrt(
    meanOf(logs.map((log) => (log - meanLog) ** 2)) *
      meanOf(norms.map((norm) => (norm - meanNorm) ** 2)),
  );
  return spread === 0 ? null : product / spread;
};

/**
 * Length of each class's classifier row, or of its mean feature, against its training count: rows
 * that grow with the count give frequent classes larger scores whatever the picture, which is what
 * tau-normalisation takes out. Kang et al., ICLR 2020, figure 2.
 */
export const normsFigure = ({ classes, norms, what }: NormsQuestion, size: FigureSize): Figure => {
  const measured = classes
    .flatMap(({ name, trainCount }, i): Measured[] => {
      const norm = norms[i] ?? null;
      return norm === null || trainCount === 0 ? [] : [{ name, trainCount, norm }];
    })
    .sort((a, b) => b.trainCount - a.trainCount);
  const correlation = countCorrelation(measured);
  const [first, last] = [measured[0], measured.at(-1)];
  const trend =
    correlation === null || Math.abs(correlation) < 0.5
      ? 'flat'
      : correlation > 0
        ? 'grows'
        : 'falls';
  const sentence =
    first === undefined || last === undefined
      ? words('figures/empty')
      : words(`figures/norms/${what}/${trend}`, {
          largest: first.name,
          head: first.norm,
          smallest: last.name,
          tail: last.norm,
          correlation: correlation === null ? '–' : correlation.toFixed(2),
        });
  const every = Math.ceil(measured.length / mostPoints);
  const drawn = measured.filter((_, i) => i % every === 0);
  const svg = plot(
    [
      {
        kind: 'recipe',
        name: '',
        draw: 'points',
        points: drawn.map(({ trainCount, norm }) => ({ x: trainCount, y: norm })),
        titles: drawn.map(({ name, trainCount, norm }) =>
          words('figures/norms/point', { name, train: trainCount, norm }),
        ),
      },
    ],
    {
      ...size,
      x: { scale: 'log', from: 1, name: words('figures/norms/x'), format: number },
      y: { scale: 'linear', from: 0, name: words(`figures/norms/${what}/y`), format: number },
      description: sentence,
    },
  );
  const data = dataOf(
    { class: number, samples: number, norm: number },
    measured.map(({ name, trainCount, norm }) => [name, trainCount, norm]),
  );
  return { svg, sentence, data };
};
