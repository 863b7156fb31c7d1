import { words, type Locale } from '../../words/say';
import { bandKeys, bandScore, mainScore, trainingSeconds } from '../compare';
import { bandName } from '../headline';
import {
  duration,
  integer,
  missing,
  score,
  signed,
  type Cell,
  type Column,
  type Table,
} from '../tables';
import type { Scores } from '../types';
import { isDifference } from './difference';
import { meanOver } from './groups';
import type {
  ClassDifference,
  Difference,
  GroupDifference,
  RunComparison,
  RunGroup,
} from './types';

/** Letter and title of a group. */
export const groupName = ({ key, title }: RunGroup, locale: Locale = 'en'): string =>
  words('comparison/named', { key, title }, locale);

/** "0" for one seed, "3 seeds: 0, 1, 2" for several. */
export const seedsText = ({ runs }: RunGroup, locale: Locale = 'en'): string => {
  const seeds = runs.map(({ report }) => String(report.seed));
  return words('comparison/seeds', { count: seeds.length, seeds }, locale);
};

/** What the intervals of a difference hold, in a few words. */
export const coversText = (
  { covers, pairs }: Pick<GroupDifference, 'covers' | 'pairs'>,
  locale: Locale = 'en',
): string => words(`comparison/covers/${covers}`, { count: pairs }, locale);

/** "+0.052 [+0.031, +0.073]", with the deviation over seeds where there are several. */
export const differenceText = ({ value, interval, deviation }: Difference): string =>
  [
    signed(value).text,
    ...(deviation === null ? [] : [`± ${deviation.toFixed(3)}`]),
    ...(interval === null ? [] : [`[${interval.map((end) => signed(end).text).join(', ')}]`]),
  ].join(' ');

const differenceCell = (difference: Difference | null): Cell => {
  if (difference === null) return { text: missing };
  const { value, interval } = difference;
  const text = differenceText(difference);
  const clear = interval !== null && (interval[0] > 0 || interval[1] < 0);
  return clear ? { text, tone: value > 0 ? 'better' : 'worse' } : { text };
};

/** Every group and its scores, means and standard deviations where it has several seeds. */
export const scoresTable = ({ groups, reference }: RunComparison, locale: Locale = 'en'): Table => {
  const several = groups.some(({ runs }) => runs[0].report.scores.multiLabel !== undefined);
  const { scheme } = reference.runs[0].report.bands;
  const cellOf =
    (of: (scores: Scores) => number | null) =>
    (group: RunGroup): Cell => {
      const found = meanOver(group, of);
      if (found === null) return { text: missing };
      const { mean, deviation } = found;
      return {
        text: deviation === null ? score(mean) : `${score(mean)} ± ${deviation.toFixed(3)}`,
      };
    };
  const named = (key: string, of: (scores: Scores) => number | null) => ({
    column: { key, label: words(`report/column/${key}`, {}, locale), align: 'right' as const },
    cell: cellOf(of),
  });
  const left = (key: string, cell: (group: RunGroup) => string) => ({
    column: { key, label: words(`comparison/column/${key}`, {}, locale), align: 'left' as const },
    cell: (group: RunGroup): Cell => ({ text: cell(group) }),
  });
  const columns: readonly { column: Column; cell: (group: RunGroup) => Cell }[] = [
    left('run', (group) => groupName(group, locale)),
    left('seeds', (group) => seedsText(group, locale)),
    named(several ? 'mAP' : 'balanced', (scores) => mainScore(scores).value),
    named(several ? 'exact' : 'overall', ({ accuracy }) => accuracy),
    ...bandKeys.map((band) => ({
      column: { key: band, label: bandName(scheme, band, locale), align: 'right' as const },
      cell: cellOf((scores) => bandScore(scores, band)),
    })),
    ...(several ? [] : [named('worst', ({ worstClass }) => worstClass?.recall ?? null)]),
    named('macroF1', ({ macroF1 }) => macroF1),
    ...(several
      ? [named('microF1', ({ multiLabel }) => multiLabel?.microF1 ?? null)]
      : [named('gMean', ({ gMean }) => gMean), named('ece', ({ ece }) => ece)]),
    {
      column: { key: 'time', label: words('report/column/time', {}, locale), align: 'right' },
      cell: ({ runs }) => {
        const seconds = runs.reduce((sum, { report }) => sum + trainingSeconds(report), 0);
        const none = words('report/time/none', {}, locale);
        return { text: seconds === 0 ? none : duration(seconds / runs.length, locale) };
      },
    },
  ];
  return {
    columns: columns.map(({ column }) => column),
    rows: groups.map((group) => ({
      marked: group === reference,
      cells: columns.map(({ cell }) => cell(group)),
    })),
  };
};

/** Every other group less the reference, on the same test items. */
export const differencesTable = (
  { reference, compared }: RunComparison,
  locale: Locale = 'en',
): Table => {
  const { scores, bands } = reference.runs[0].report;
  const several = scores.multiLabel !== undefined;
  const label = (key: string): string => words(`comparison/column/${key}`, {}, locale);
  const of = (name: string, text: string): Column => ({ key: name, label: text, align: 'right' });
  return {
    columns: [
      { key: 'run', label: label('run'), align: 'left' },
      { key: 'covers', label: label('covers'), align: 'left' },
      of('main', words(`report/column/${several ? 'mAP' : 'balanced'}`, {}, locale)),
      of('overall', words(`report/column/${several ? 'exact' : 'overall'}`, {}, locale)),
      of('p', label('p')),
      ...(several ? [of('macroF1', words('report/column/macroF1', {}, locale))] : []),
      ...bandKeys.map((band) => of(band, bandName(bands.scheme, band, locale))),
      of('items', label('items')),
    ],
    rows: compared.map(({ group, difference }) => ({
      marked: false,
      cells: isDifference(difference)
        ? [
            { text: groupName(group, locale) },
            { text: coversText(difference, locale) },
            differenceCell(difference.balanced),
            differenceCell(difference.accuracy),
            { text: probability(difference.accuracyP) },
            ...(several ? [differenceCell(difference.macroF1)] : []),
            ...bandKeys.map((band) => differenceCell(difference.bands[band])),
            { text: integer(difference.items.common) },
          ]
        : [
            { text: groupName(group, locale) },
            { text: words('comparison/not-compared', {}, locale) },
            ...['main', 'overall', 'p', ...(several ? ['macroF1'] : []), ...bandKeys, 'items'].map(
              () => ({ text: missing }),
            ),
          ],
    })),
  };
};

/** A p-value: three decimals, or that it is below them. */
export const probability = (p: number | null): string =>
  p === null ? missing : p < 0.001 ? '< 0.001' : p.toFixed(3);

/** A recall, or how many of how many were right where that says more. */
const recallText = (
  side: 'before' | 'after',
  { testCount, counts, few, ...one }: ClassDifference,
): string => {
  if (few === null || counts === null) return score(one[side]);
  const [low, high] = few[side];
  return `${counts[side]}/${testCount} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
};

/** Every class of one group beside the reference, by falling training count. */
export const classDifferencesTable = (
  { reference }: RunComparison,
  group: RunGroup,
  difference: GroupDifference,
  locale: Locale = 'en',
): Table => {
  const { bands, scores } = reference.runs[0].report;
  const several = scores.multiLabel !== undefined;
  const columns: readonly Column[] = [
    {
      key: 'class',
      label: words(`report/column/${several ? 'label' : 'class'}`, {}, locale),
      align: 'left',
    },
    { key: 'band', label: words('report/column/band', {}, locale), align: 'left' },
    { key: 'train', label: words('report/column/train', {}, locale), align: 'right' },
    { key: 'tested', label: words('report/column/tested', {}, locale), align: 'right' },
    { key: 'before', label: reference.key, align: 'right' },
    { key: 'after', label: group.key, align: 'right' },
    {
      key: 'difference',
      label: words(
        'comparison/column/difference',
        { a: reference.key, b: group.key, covers: coversText(difference, locale) },
        locale,
      ),
      align: 'right',
    },
    { key: 'p', label: words('comparison/column/p', {}, locale), align: 'right' },
  ];
  return {
    columns,
    rows: difference.classes.map((one) => ({
      marked: one.found,
      cells: [
        {
          text: one.found ? words('comparison/found-mark', { name: one.name }, locale) : one.name,
        },
        { text: one.band === null ? missing : bandName(bands.scheme, one.band, locale) },
        { text: integer(one.trainCount) },
        { text: integer(one.testCount) },
        { text: recallText('before', one) },
        { text: recallText('after', one) },
        one.found ? differenceCell(one.difference) : { text: plainDifference(one.difference) },
        { text: probability(one.p) },
      ],
    })),
  };
};

/** Without a tone: of a class that is no finding the sign means nothing. */
const plainDifference = (difference: Difference | null): string =>
  difference === null ? missing : differenceText(difference);
