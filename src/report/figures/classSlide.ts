import { plot, type PlotSeries } from '../../charts/plot';
import type { RecallScores } from '../../methods/metrics';
import { words } from '../../words/say';
import type { ClassPoint } from '../bench/classes';
import { score } from '../tables';
import { dataOf, number, type Figure, type FigureSize } from './figure';

export interface ClassSlideQuestion {
  readonly name: string;
  readonly points: readonly ClassPoint[];
  readonly now: ClassPoint;
  readonly plain: RecallScores;
  /** With the best thresholds of all classes; null until they are found. */
  readonly best: RecallScores | null;
  /** The measure that decides: its name and its value. */
  readonly judgeName: string;
  readonly judge: (scores: RecallScores) => number;
}

/** Recall and precision of one class, and what all classes are judged by, over its threshold. */
export const classSlideFigure = (question: ClassSlideQuestion, size: FigureSize): Figure => {
  const { name, points, now, plain, best, judgeName, judge } = question;
  const sentence = [
    words('figures/class-slide/sentence', {
      ...{ name, value: number(now.value), items: now.scores.items, measure: judgeName },
      ...{ recall: score(now.recall), precision: score(now.precision) },
      ...{ now: score(judge(now.scores)), plain: score(judge(plain)) },
    }),
    ...(best === null ? [] : [words('figures/class-slide/best', { best: score(judge(best)) })]),
  ].join(' ');
  const line = (
    kind: string,
    lineName: string,
    of: (point: ClassPoint) => number | null,
  ): PlotSeries => ({
    ...{ kind, name: lineName, draw: 'line' },
    points: points.flatMap((point) => {
      const y = of(point);
      return y === null || Number.isNaN(y) ? [] : [{ x: point.value, y }];
    }),
  });
  const svg = plot(
    [
      line('recipe', judgeName, ({ scores }) => judge(scores)),
      line('plain', words('report/column/precision'), ({ precision }) => precision),
      line('band-few', words('report/column/recall'), ({ recall }) => recall),
    ],
    {
      ...size,
      x: { scale: 'log', name: words('figures/class-slide/x', { name }), format: number },
      y: { scale: 'linear', from: 0, to: 1, name: words('figures/slide/y'), format: number },
      description: sentence,
      mark: {
        x: now.value,
        name: words('figures/slide/threshold/now', { value: number(now.value) }),
      },
    },
  );
  const three = (value: number): string => value.toFixed(3);
  const data = dataOf(
    { threshold: number, judged: three, recall: three, precision: three },
    points.map(({ value, scores, recall, precision }) => [
      ...[value, judge(scores), recall ?? NaN, precision ?? NaN],
    ]),
  );
  return { svg, sentence, data };
};
