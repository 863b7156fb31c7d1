import { lineChart, type Series } from '../../src/charts/lines';
import type { TrainerEvent } from '../../src/protocol/trainer';
import type { RunView } from '../../src/protocol/webview';
import { bandKeys } from '../../src/report/compare';
import { curvesOf, thin } from '../../src/report/curves';
import { bandName } from '../../src/report/headline';
import { score, type Table } from '../../src/report/tables';
import { words } from '../../src/words/say';
import { draw, h } from '../ui/dom';
import { tableElement } from '../ui/table';
import type { Progress } from '../../src/report/live/progress';

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
        description:
          latest === undefined
            ? words('pages/run/loss/none')
            : words('pages/run/loss/described', { value: latest.loss }),
      },
    ),
  );
};

/** Whether the items of a run may have several labels: then its bands are of average precision. */
export const hasLabelSets = ({ evaluations }: Progress): boolean =>
  evaluations.some(({ meanAveragePrecision }) => meanAveragePrecision !== undefined);

/** Score per band after each evaluation of the role that is trained now. */
export const bandChart = (progress: Progress, { dataset }: RunView): Element => {
  const { scheme } = dataset;
  const own = progress.evaluations.filter(({ role }) => role === progress.role);
  const series = bandKeys.map((band): Series => ({
    kind: `band-${band}`,
    name: bandName(scheme, band),
    points: own.flatMap(({ bands }, i) =>
      bands[band] === null ? [] : [{ x: i + 1, y: bands[band] }],
    ),
  }));
  const latest = own.at(-1)?.bands;
  const recall = (band: 'many' | 'medium' | 'few'): string => score(latest?.[band] ?? null);
  return draw(
    lineChart(series, {
      width: 560,
      height: 280,
      yMax: 1,
      xName: words('pages/run/axis/epoch'),
      format: (value) => value.toFixed(1),
      formatX: count,
      description:
        latest === undefined
          ? words('pages/run/recall/none')
          : words(`pages/run/${hasLabelSets(progress) ? 'precision' : 'recall'}/described`, {
              count: own.length,
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
export const evaluationTable = (progress: Progress, { dataset }: RunView): HTMLElement => {
  const label = (key: string): string => words(`pages/run/column/${key}`);
  const several = hasLabelSets(progress);
  const right = (key: string, text: string) => ({ key, label: text, align: 'right' as const });
  const table: Table = {
    columns: [
      { key: 'stage', label: label('stage'), align: 'left' },
      right('epoch', label('epoch')),
      right('accuracy', label(several ? 'exact' : 'accuracy')),
      several ? right('mAP', label('mAP')) : right('balanced', label('balanced')),
      ...bandKeys.map((band) => right(band, bandName(dataset.scheme, band))),
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
