import { plot, type PlotSeries } from '../../charts/plot';
import { words } from '../../words/say';
import type { LabelPoint } from '../bench/labels';
import { dataOf, number, type Figure, type FigureSize } from './figure';

export interface LabelSlideQuestion {
  readonly name: string;
  readonly items: number;
  readonly points: readonly LabelPoint[];
  readonly now: LabelPoint;
  /** null where the label has too few items to choose on. */
  readonly best: LabelPoint | null;
}

const three = (value: number): string => value.toFixed(3);
const two = (value: number): string => value.toFixed(2);

/** F1, precision and recall of one label on validation over its threshold. */
export const labelSlideFigure = (
  { name, items, points, now, best }: LabelSlideQuestion,
  size: FigureSize,
): Figure => {
  const bestText =
    best === null
      ? []
      : [words('figures/label-slide/best', { value: two(best.value), best: three(best.f1) })];
  const sentence = [
    words('figures/label-slide/sentence', {
      ...{ name, items, value: two(now.value), f1: three(now.f1) },
    }),
    ...bestText,
  ].join(' ');
  const line = (
    kind: string,
    key: 'f1' | 'precision' | 'recall',
    of: (point: LabelPoint) => number | null,
  ): PlotSeries => ({
    kind,
    name: words(`report/column/${key}`),
    draw: 'line',
    points: points.flatMap((point) => {
      const y = of(point);
      return y === null ? [] : [{ x: point.value, y }];
    }),
  });
  const dot: readonly PlotSeries[] =
    best === null
      ? []
      : [
          {
            ...{ kind: 'recipe', name: '', draw: 'points' },
            ...{ points: [{ x: best.value, y: best.f1 }], titles: bestText },
          },
        ];
  const svg = plot(
    [
      line('recipe', 'f1', ({ f1 }) => f1),
      line('plain', 'precision', ({ precision }) => precision),
      line('band-few', 'recall', ({ recall }) => recall),
      ...dot,
    ],
    {
      ...size,
      x: {
        ...{ scale: 'linear', from: 0, to: 1, format: number },
        name: words('figures/label-slide/x', { name }),
      },
      y: { scale: 'linear', from: 0, to: 1, name: words('figures/slide/y'), format: number },
      description: sentence,
      mark: {
        x: now.value,
        name: words('figures/slide/threshold/now', { value: two(now.value) }),
      },
    },
  );
  const data = dataOf(
    { threshold: number, f1: three, precision: three, recall: three },
    points.map(({ value, f1, precision, recall }) => [value, f1, precision ?? NaN, recall ?? NaN]),
  );
  return { svg, sentence, data };
};
