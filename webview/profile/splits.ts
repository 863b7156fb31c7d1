import type { Issue } from '../../src/common/errors';
import type { ProfileFacts } from '../../src/profile/classRows';
import { say, words } from '../../src/words/say';
import { integer, missing } from '../../src/report/tables';
import type { Table } from '../../src/report/tables';
import { h } from '../ui/dom';
import { card } from '../ui/frame';
import { tableElement } from '../ui/table';
import type { Classes } from './classes';
import { amount, splitName } from './view';

/** Further issues wait behind a fold. */
const shownIssues = 8;

const marks = { error: '✕', warning: '▲', info: 'ℹ', good: '✓' };

const line = (kind: keyof typeof marks, text: string, place?: string): HTMLElement =>
  h(
    'li',
    { class: `finding ${kind}` },
    h(
      'span',
      { class: 'mark', attributes: { role: 'img', 'aria-label': words(`pages/finding/${kind}`) } },
      marks[kind],
    ),
    h('span', {}, text, place === undefined ? null : h('code', {}, place)),
  );

const isOfObjects = ({ dataset }: Pick<ProfileFacts, 'dataset'>): boolean =>
  dataset.task === 'detection' || dataset.task === 'segmentation';

const splitLines = (profile: ProfileFacts, classes: Classes): HTMLElement[] =>
  Object.entries(profile.splits).map(([name, { samples }]) => {
    const counts = classes.split(name);
    const even = counts.length > 0 && counts.every((n) => n === counts[0]);
    const params = {
      split: splitName(name),
      // Of pictures with objects, samples are the pictures.
      amount: isOfObjects(profile)
        ? words('pages/amount/image', { count: samples })
        : amount(profile, samples),
      each: counts[0] ?? 0,
    };
    return line('good', words(even ? 'pages/splits/even' : 'pages/splits/line', params));
  });

/** A missing validation split is among the issues already. */
const missingTest = (profile: ProfileFacts): HTMLElement | null =>
  profile.splits['test'] === undefined && !isOfObjects(profile)
    ? line('info', words('pages/splits/no-test'))
    : null;

const issueLine = ({ severity, path, line: at, ...message }: Issue): HTMLElement =>
  line(
    severity,
    say(message),
    path === undefined ? undefined : at === undefined ? path : `${path}:${at}`,
  );

const auditColumns = ['split', 'samples', 'absent', 'few', 'distance', 'drifted'] as const;

/** What each split can measure, as numbers. */
const auditTable = ({ audit }: ProfileFacts): HTMLElement | null => {
  if (audit === undefined) return null;
  const table: Table = {
    columns: auditColumns.map((name) => ({
      key: name,
      label: words(`pages/audit/${name}`),
      align: name === 'split' ? 'left' : 'right',
    })),
    rows: audit.splits.map((split) => ({
      cells: [
        { text: splitName(split.name) },
        { text: integer(split.samples) },
        { text: integer(split.absent) },
        { text: integer(split.fewToMeasure) },
        { text: words('pages/audit/share', { share: split.distance }) },
        { text: split.drifted === null ? missing : integer(split.drifted) },
      ],
      marked: false,
    })),
  };
  return tableElement(table, words('pages/audit/title'));
};

/** The splits with their sizes, and everything that is odd about the dataset. */
export const splitsAndIssues = (profile: ProfileFacts, classes: Classes): HTMLElement => {
  const issues = [...profile.issues, ...(profile.audit?.findings ?? [])];
  const more = issues.slice(shownIssues);
  return card(
    words('pages/splits/title'),
    { class: 'findings' },
    h(
      'ul',
      {},
      ...splitLines(profile, classes),
      missingTest(profile),
      profile.unlabelled > 0
        ? line('info', words('pages/splits/unlabelled', { count: profile.unlabelled }))
        : null,
      ...(issues.length === 0
        ? [line('good', words('pages/issues/none'))]
        : issues.slice(0, shownIssues).map(issueLine)),
    ),
    auditTable(profile),
    more.length === 0
      ? null
      : h(
          'details',
          {},
          h('summary', {}, words('pages/issues/more', { count: more.length })),
          h('ul', {}, ...more.map(issueLine)),
        ),
  );
};
