import { dumbbell } from '../../src/charts/dumbbell';
import type { RunView } from '../../src/protocol/webview';
import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import {
  besideOf,
  isOfLabels,
  liveClasses,
  mainOf,
  type LiveClass,
} from '../../src/report/live/beside';
import type { EvalEvent, Progress } from '../../src/report/live/progress';
import { integer, missing, score, signed, type Table } from '../../src/report/tables';
import { words } from '../../src/words/say';
import { draw, h, type Child } from '../ui/dom';
import { tableElement } from '../ui/table';
import { schemeOf } from './charts';

const label = (key: string): string => words(`pages/run/column/${key}`);
const right = (key: string) => ({ key, label: label(key), align: 'right' as const });

const change = (own: number | null, plain: number | null) =>
  signed(own === null || plain === null ? null : own - plain);

/** The last evaluation beside the plain baseline at the same step; null before the first. */
export const besideTable = (progress: Progress, view: RunView): HTMLElement | null => {
  const { own, plain, sameStep } = besideOf(progress);
  const last = own ?? plain;
  if (last === null) return null;
  const scheme = schemeOf(progress, view);
  const row = (name: string, of: (one: EvalEvent) => number | null) => {
    const [mine, other] = [own, plain].map((one) => (one === null ? null : of(one)));
    return {
      marked: false,
      cells: [
        { text: name },
        ...(own === null ? [] : [{ text: score(mine ?? null) }]),
        { text: score(other ?? null) },
        ...(own === null ? [] : [change(mine ?? null, other ?? null)]),
      ],
    };
  };
  const several = isOfLabels(last);
  const table: Table = {
    columns: [
      { key: 'what', label: label('what'), align: 'left' },
      ...(own === null ? [] : [right('own')]),
      right(sameStep ? 'plain' : 'plain-before'),
      ...(own === null ? [] : [right('change')]),
    ],
    rows: [
      ...bandKeys.map((band) => row(bandName(scheme, band), ({ bands }) => bands[band])),
      row(label(several ? 'mAP' : 'balanced'), mainOf),
      row(label(several ? 'exact' : 'accuracy'), ({ accuracy }) => accuracy),
    ],
  };
  return tableElement(table, words('pages/run/beside'));
};

/** More dots than this are no picture; the first and the last half of them are shown. */
const mostDots = 24;
/** More rows than this are not built while a run goes on; the report has all. */
const mostRows = 400;

const ends = <T>(rows: readonly T[], most: number): readonly T[] =>
  rows.length <= most ? rows : [...rows.slice(0, most / 2), ...rows.slice(-most / 2)];

/** Every class, beside the plain baseline once there are scores of more than that. */
const classTable = (
  rows: readonly LiveClass[],
  progress: Progress,
  view: RunView,
  isBeside: boolean,
): Table => ({
  columns: [
    { key: 'class', label: label('class'), align: 'left' },
    { key: 'band', label: label('band'), align: 'left' },
    ...(isBeside ? ['train', 'own', 'plain', 'change'] : ['train', 'plain']).map(right),
  ],
  rows: rows.map(({ name, band, trainCount, own, plain }) => ({
    marked: false,
    cells: [
      { text: name },
      { text: band === null ? missing : bandName(schemeOf(progress, view), band) },
      { text: integer(trainCount) },
      ...(isBeside ? [{ text: score(own) }] : []),
      { text: score(plain) },
      ...(isBeside ? [change(own, plain)] : []),
    ],
  })),
});

/** Every class beside the plain baseline at the same step; null where nothing is known of them. */
export const classScores = (progress: Progress, view: RunView): readonly Child[] | null => {
  const beside = besideOf(progress);
  const rows = liveClasses(progress, beside);
  if (rows.length === 0 || (beside.own ?? beside.plain) === null) return null;
  const dots = ends(rows, mostDots);
  const chart = dumbbell(
    dots.map(({ name, band, trainCount, own, plain }) => ({
      name,
      band,
      before: plain,
      after: own,
      description: words('pages/run/classes/row', {
        ...{ name, train: trainCount, own: score(own), plain: score(plain) },
      }),
    })),
    {
      width: 560,
      format: (share) => share.toFixed(2),
      description: words('pages/run/classes/described', { count: dots.length }),
    },
  );
  const legend = h(
    'ul',
    { class: 'legend dots' },
    h('li', { class: 'open' }, words('pages/run/classes/plain')),
    beside.own === null ? null : h('li', { class: 'filled' }, words('pages/run/classes/own')),
  );
  const shown = ends(rows, mostRows);
  const title = words('pages/run/classes/table');
  const left = rows.length - shown.length;
  return [
    legend,
    dots.length === rows.length
      ? null
      : h('p', { class: 'note' }, words('pages/run/classes/ends', { count: mostDots / 2 })),
    draw(chart),
    h(
      'details',
      {},
      h('summary', {}, title),
      left === 0 ? null : h('p', { class: 'note' }, words('pages/run/classes/left', { left })),
      tableElement(classTable(shown, progress, view, beside.own !== null), title),
    ),
  ];
};
