import { lineChart, type Series } from '../../src/charts/lines';
import type { Band, BandScheme } from '../../src/profile/types';
import type { TrainerEvent } from '../../src/protocol/trainer';
import type { RunView } from '../../src/protocol/webview';
import { bandKeys } from '../../src/report/compare';
import { curvesOf, thin } from '../../src/report/curves';
import { bandName } from '../../src/report/headline';
import { score, type Table } from '../../src/report/tables';
import { words } from '../../src/words/say';
import { draw, h } from '../ui/dom';
import { tableElement } from '../ui/table';
import { besideOf, haveSteps, isOfLabels } from '../../src/report/live/beside';
import type { Progress } from '../../src/report/live/progress';

type Role = 'baseline' | 'recipe';

const short = (value: number): string => String(Number(value.toPrecision(3)));
const count = (value: number): string => words('pages/number', { value: Math.round(value) });

/** Loss of baseline and recipe over steps. */
export const lossChart = (events: readonly TrainerEvent[]): Element => {
  const { baseline, recipe } = curvesOf(events);
  const toSeries = (kind: string, name: string, points: typeof recipe): Series => ({
    kind,
    name,
    points: thin(points, 300).map(({ step, loss }) => ({ x: step, y: loss })),
  });
  const latest = (recipe.length > 0 ? recipe : baseline).at(-1);
  return draw(
    lineChart(
      [
        toSeries('plain', words('report/chart/plain'), baseline),
        toSeries('recipe', words('report/chart/thisRun'), recipe),
      ],
      {
        width: 560,
        height: 280,
        xName: words('pages/run/axis/step'),
        format: short,
        formatX: count,
        // Without a loss yet the axis would be of the smallest number there is.
        ...(latest === undefined ? { yMax: 1 } : {}),
        description:
          latest === undefined
            ? words('pages/run/loss/none')
            : words('pages/run/loss/described', { value: latest.loss }),
      },
    ),
  );
};

/** Whether the items of a run may have several labels: then its bands are of average precision. */
export const hasLabelSets = ({ evaluations }: Progress): boolean => evaluations.some(isOfLabels);

/** How the bands of a run are called: its own events know, before them the dataset's profile. */
export const schemeOf = ({ classes }: Progress, { dataset }: RunView): BandScheme =>
  classes?.scheme ?? dataset.scheme;

/** Score per band after each evaluation of the recipe, over those of the plain baseline. */
export const bandChart = (progress: Progress, view: RunView): Element => {
  const scheme = schemeOf(progress, view);
  const bySteps = haveSteps(progress);
  const pointsOf = (role: Role, band: Band): Series['points'] =>
    progress.evaluations
      .filter((event) => event.role === role)
      .flatMap(({ step, bands }, i) =>
        bands[band] === null ? [] : [{ x: bySteps ? (step ?? 0) : i + 1, y: bands[band] }],
      );
  const { own, plain } = besideOf(progress);
  const shown = own === null ? 'baseline' : 'recipe';
  const lines = (role: Role, beside: boolean): readonly Series[] =>
    bandKeys.map((band) => ({
      kind: `band-${band}${beside ? ' beside' : ''}`,
      name: beside ? '' : bandName(scheme, band),
      points: pointsOf(role, band),
    }));
  // The baseline's lie below, so that no line crosses a name.
  const series = [...(own === null ? [] : lines('baseline', true)), ...lines(shown, false)];
  const latest = (own ?? plain)?.bands;
  const recall = (band: Band): string => score(latest?.[band] ?? null);
  return draw(
    lineChart(series, {
      width: 560,
      height: 280,
      yMax: 1,
      xName: words(`pages/run/axis/${bySteps ? 'step' : 'epoch'}`),
      format: (value) => value.toFixed(1),
      formatX: count,
      description:
        latest === undefined
          ? words('pages/run/recall/none')
          : words(`pages/run/${hasLabelSets(progress) ? 'precision' : 'recall'}/described`, {
              count: progress.evaluations.filter(({ role }) => role === shown).length,
              many: bandName(scheme, 'many'),
              medium: bandName(scheme, 'medium'),
              few: bandName(scheme, 'few'),
              manyRecall: recall('many'),
              mediumRecall: recall('medium'),
              fewRecall: recall('few'),
            }),
    }),
  );
};

/** The evaluations as a table: the twin of the recall chart. */
export const evaluationTable = (progress: Progress, view: RunView): HTMLElement => {
  const label = (key: string): string => words(`pages/run/column/${key}`);
  const several = hasLabelSets(progress);
  const right = (key: string, text: string) => ({ key, label: text, align: 'right' as const });
  const table: Table = {
    columns: [
      { key: 'stage', label: label('stage'), align: 'left' },
      right('epoch', label('epoch')),
      right('accuracy', label(several ? 'exact' : 'accuracy')),
      several ? right('mAP', label('mAP')) : right('balanced', label('balanced')),
      ...bandKeys.map((band) => right(band, bandName(schemeOf(progress, view), band))),
    ],
    rows: progress.evaluations.map(({ role, stage, epoch, accuracy, bands, ...scores }) => ({
      marked: false,
      cells: [
        { text: words('pages/run/stage', { role: words(`pages/run/role/${role}`), stage }) },
        { text: count(epoch) },
        { text: score(accuracy) },
        { text: score(scores.meanAveragePrecision ?? scores.balancedAccuracy) },
        ...bandKeys.map((band) => ({ text: score(bands[band]) })),
      ],
    })),
  };
  const title = words('pages/run/evaluations');
  return h('details', {}, h('summary', {}, title), tableElement(table, title));
};
