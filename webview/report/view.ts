import { dumbbell } from '../../src/charts/dumbbell';
import { lineChart, type Series } from '../../src/charts/lines';
import type { TestQuery } from '../../src/protocol/reportPage';
import type { TrainerEvent } from '../../src/protocol/trainer';
import type { ReportView } from '../../src/protocol/webview';
import { againstTable } from '../../src/report/against';
import { deed } from '../../src/report/deed';
import { curvesOf, thin, type CurvePoint } from '../../src/report/curves';
import { factsOf } from '../../src/report/facts';
import { footnotes, headline } from '../../src/report/headline';
import { classRows, type ClassRow } from '../../src/report/classTable';
import { score } from '../../src/report/tables';
import type { RunReport } from '../../src/report/types';
import { say, words } from '../../src/words/say';
import { draw, h, rich, type Child } from '../ui/dom';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tableElement } from '../ui/table';
import { classCard } from './classTable';
import { confusionCard } from './confusion';

const mostDots = 30;

const show = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
const count = (value: number): string => words('pages/number', { value });

/** What happened, in plain sentences; nothing is claimed without a baseline. */
export const reportSentences = (report: RunReport): readonly string[] =>
  headline(report).map((message) => say(message));

const dumbbellCard = (report: RunReport, rows: readonly ClassRow[]): HTMLElement => {
  const against = report.baseline !== null;
  const several = report.scores.multiLabel !== undefined;
  const title = words(
    `report/section/${several ? 'precision' : 'recall'}${against ? '' : 'Alone'}`,
  );
  const code = `pages/report/dumbbell${several ? '-labels' : ''}`;
  const shown =
    rows.length <= mostDots ? rows : [...rows.slice(0, mostDots / 2), ...rows.slice(-mostDots / 2)];
  const chart = dumbbell(
    shown.map(({ name, band, plain, own, trainCount }) => ({
      name,
      band,
      before: plain,
      after: own,
      description: words(`${code}/row`, {
        name,
        train: trainCount,
        plain: show(plain),
        run: show(own),
      }),
    })),
    {
      width: 560,
      format: (share) => share.toFixed(2),
      description: words(code, { count: shown.length }),
    },
  );
  const legend = against
    ? h(
        'ul',
        { class: 'legend dots' },
        h('li', { class: 'open' }, words('pages/report/dumbbell/legend-plain')),
        h('li', { class: 'filled' }, words('pages/report/dumbbell/legend-run')),
      )
    : null;
  return card(title, {}, legend, draw(chart));
};

const toPoints = (points: readonly CurvePoint[]): Series['points'] =>
  thin(points, 300).map(({ step, loss }) => ({ x: step, y: loss }));

const curvesCard = (events: readonly TrainerEvent[]): HTMLElement => {
  const { recipe, baseline } = curvesOf(events);
  const title = words('report/section/training');
  const series: readonly Series[] = [
    { kind: 'plain', name: words('report/chart/plain'), points: toPoints(baseline) },
    { kind: 'recipe', name: words('report/chart/thisRun'), points: toPoints(recipe) },
  ];
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length === 0)
    return card(title, {}, h('p', { class: 'note' }, words('pages/report/no-curves')));
  const chart = lineChart(drawn, {
    width: 560,
    height: 300,
    xName: words('pages/run/axis/step'),
    format: (value) => String(Number(value.toPrecision(3))),
    formatX: count,
    description: words('pages/report/curves', { names: drawn.map(({ name }) => name) }),
  });
  return card(title, {}, draw(chart));
};

const howCard = (report: RunReport): HTMLElement =>
  card(
    words('report/section/how'),
    { class: 'how' },
    h(
      'dl',
      {},
      ...factsOf(report).map(({ label, text }) =>
        h('div', {}, h('dt', {}, label), h('dd', {}, text)),
      ),
    ),
  );

const tauCard = ({ posthoc }: RunReport): HTMLElement | null => {
  if (posthoc.tried.length < 2) return null;
  const title = words('report/section/tau');
  const columns = ['tau', 'balanced'].map((key) => ({
    key,
    label: words(`report/column/${key}`),
    align: 'right' as const,
  }));
  const rows = posthoc.tried.map(({ tau, balancedAccuracy }) => ({
    marked: tau === posthoc.tau,
    cells: [{ text: show(tau) }, { text: score(balancedAccuracy) }],
  }));
  return card(title, {}, tableElement({ columns, rows }, title));
};

/** What the host is asked for from inside a report. */
export interface ReportActions {
  readonly save: (request: SaveRequest) => void;
  /** Lists test items at the end of a box. */
  readonly openFiles: (query: TestQuery, box: HTMLElement) => void;
}

/**
 * The body of a report: sentences, the comparison, charts with their tables, how it was made.
 * `more` stands between charts and tables.
 */
export const reportBody = (
  { report, events }: Pick<ReportView, 'report' | 'events'>,
  { save, openFiles }: ReportActions,
  more: readonly HTMLElement[] = [],
): readonly Child[] => {
  const against = words(
    report.baseline === null ? 'report/section/scores' : 'report/section/against',
  );
  const tau = tauCard(report);
  return [
    h('p', { class: 'lead' }, rich(reportSentences(report).join(' '))),
    h(
      'p',
      { class: 'note deed' },
      deed(report)
        .map((message) => say(message))
        .join(' '),
    ),
    card(against, {}, tableElement(againstTable(report), against)),
    h(
      'div',
      { class: 'halves' },
      dumbbellCard(report, classRows(report)),
      h('div', {}, curvesCard(events), tau),
    ),
    confusionCard(report, { save, open: openFiles }),
    ...more,
    classCard(report, openFiles),
    howCard(report),
    h(
      'div',
      { class: 'footnotes' },
      ...footnotes(report).map((message) => h('p', { class: 'note' }, say(message))),
    ),
  ];
};
