import { plot, type PlotSeries } from '../../charts/plot';
import type { RecallScores } from '../../methods/metrics';
import { words } from '../../words/say';
import type { SlidePoint } from '../bench/slide';
import { number, dataOf, type Figure, type FigureSize } from './figure';

export interface SlideQuestion {
  readonly points: readonly SlidePoint[];
  readonly now: SlidePoint;
  readonly plain: RecallScores;
  /** null where nothing may be chosen, as with too few items. */
  readonly best: SlidePoint | null;
  readonly what: 'tau' | 'threshold';
  /** The measure that decides: its name and its value. */
  readonly judgeName: string;
  readonly judge: (scores: RecallScores) => number;
  readonly fewName: string;
}

const three = (value: number): string => value.toFixed(3);
/** As many decimals as the slider has steps. */
const two = (value: number): string => value.toFixed(2);

/**
 * Scores on validation over a slider's values: what decides, plain accuracy and the rarest band,
 * with the value that is set and the best one marked.
 */
export const slideFigure = (question: SlideQuestion, size: FigureSize): Figure => {
  const { points, now, plain, best, what, judge, judgeName, fewName } = question;
  const sentence = [
    words(`figures/slide/${what}/sentence`, {
      value: two(now.value),
      items: now.scores.items,
      measure: judgeName,
      now: three(judge(now.scores)),
      plain: three(judge(plain)),
    }),
    ...(best === null
      ? []
      : [
          words(`figures/slide/${what}/best`, {
            value: two(best.value),
            best: three(judge(best.scores)),
          }),
        ]),
  ].join(' ');
  const line = (
    kind: string,
    name: string,
    of: (scores: RecallScores) => number | null,
  ): PlotSeries => ({
    kind,
    name,
    draw: 'line',
    points: points.flatMap(({ value, scores }) => {
      const y = of(scores);
      return y === null || Number.isNaN(y) ? [] : [{ x: value, y }];
    }),
  });
  const dot: readonly PlotSeries[] =
    best === null
      ? []
      : [
          {
            kind: 'recipe',
            name: '',
            draw: 'points',
            points: [{ x: best.value, y: judge(best.scores) }],
            titles: [
              words(`figures/slide/${what}/best`, {
                value: two(best.value),
                best: three(judge(best.scores)),
              }),
            ],
          },
        ];
  const svg = plot(
    [
      line('recipe', judgeName, judge),
      line('plain', words('figures/slide/accuracy'), ({ accuracy }) => accuracy),
      line('band-few', fewName, ({ bands }) => bands.few),
      ...dot,
    ],
    {
      ...size,
      x: {
        scale: 'linear',
        from: 0,
        to: points.at(-1)?.value ?? 1,
        name: words(`figures/slide/${what}/x`),
        format: number,
      },
      y: { scale: 'linear', from: 0, to: 1, name: words('figures/slide/y'), format: number },
      description: sentence,
      mark: { x: now.value, name: words(`figures/slide/${what}/now`, { value: two(now.value) }) },
    },
  );
  const data = dataOf(
    {
      [what]: number,
      balanced: three,
      accuracy: three,
      many: three,
      medium: three,
      few: three,
      worst: three,
    },
    points.map(({ value, scores: { balancedAccuracy, accuracy, bands, worst } }) => [
      value,
      balancedAccuracy,
      accuracy,
      bands.many ?? NaN,
      bands.medium ?? NaN,
      bands.few ?? NaN,
      worst?.recall ?? NaN,
    ]),
  );
  return { svg, sentence, data };
};
