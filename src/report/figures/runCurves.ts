import { plot, type PlotSeries } from '../../charts/plot';
import { words } from '../../words/say';
import { mainScore } from '../compare';
import type { RunGroup } from '../comparison/types';
import { dataOf, number, type Figure, type FigureSize } from './figure';

export type CurveKind = 'validation' | 'loss';

/** Line styles there are; more groups begin again. */
const styles = 6;

const pointsOf = (run: RunGroup['runs'][number], kind: CurveKind) =>
  kind === 'loss'
    ? run.curves.loss.map(({ step, loss }) => ({ x: step, y: loss }))
    : run.curves.validation.map(({ at, score }) => ({ x: at, y: score }));

/**
 * How the runs trained, over each other: validation scores after each evaluation, or training loss.
 * Seeds of a group share its line style; the letter of a group stands at its first line.
 */
export const runCurvesFigure = (
  groups: readonly RunGroup[],
  kind: CurveKind,
  size: FigureSize,
): Figure => {
  const lines = groups.map((group, place) => ({
    group,
    place,
    runs: group.runs.filter((run) => pointsOf(run, kind).length > 1),
  }));
  const series = lines.flatMap(({ group, place, runs }): PlotSeries[] =>
    runs.map((run, i) => ({
      kind: `run-${place % styles}`,
      name: i === 0 ? group.key : '',
      draw: 'line',
      points: pointsOf(run, kind),
    })),
  );
  const drawn = lines.flatMap(({ group, runs }) => (runs.length > 0 ? [group] : []));
  const measure =
    groups[0] === undefined ? 'balanced' : mainScore(groups[0].runs[0].report.scores).kind;
  const left = groups.filter((group) => !drawn.includes(group)).map(({ key }) => key);
  const sentence = [
    ...(drawn.length === 0
      ? []
      : [
          words(`figures/run-curves/${kind}/sentence`, {
            runs: drawn.map(({ key, title }) => words('comparison/named', { key, title })),
            measure: words(`figures/run-curves/measure/${measure}`),
          }),
        ]),
    ...(left.length === 0 ? [] : [words('figures/run-curves/none', { runs: left })]),
  ].join(' ');
  const svg = plot(series, {
    ...size,
    x: { scale: 'linear', from: 0, name: words(`figures/run-curves/${kind}/x`), format: number },
    y: {
      scale: 'linear',
      from: 0,
      ...(kind === 'validation' ? { to: 1 } : {}),
      name: words(`figures/run-curves/${kind === 'loss' ? 'loss' : `measure/${measure}`}`),
      format: number,
    },
    description: sentence,
  });
  const data = dataOf(
    { run: number, seed: number, [kind === 'loss' ? 'step' : 'evaluation']: number, value: number },
    groups.flatMap(({ key, runs }) =>
      runs.flatMap((run) => pointsOf(run, kind).map(({ x, y }) => [key, run.report.seed, x, y])),
    ),
  );
  return { svg, sentence, data };
};
