import { say } from '../../words/say';
import { bandKeys, bandScore, mainScore } from '../compare';
import type { FigureData } from '../figures';
import { dataCsv } from '../csv';
import { isDifference } from './difference';
import { meanOver, type OverSeeds } from './groups';
import { coversText } from './tables';
import type { Difference, GroupDifference, RunComparison, RunGroup } from './types';

type OverSeedsOrNone = OverSeeds | null;

/** A group of runs as data. */
interface GroupData {
  readonly key: string;
  readonly title: string;
  /** What the main score is. */
  readonly measure: 'balanced' | 'mAP';
  readonly ids: readonly string[];
  readonly seeds: readonly number[];
  readonly scores: {
    readonly main: OverSeedsOrNone;
    readonly accuracy: OverSeedsOrNone;
    readonly macroF1: OverSeedsOrNone;
    readonly ece: OverSeedsOrNone;
    readonly many: OverSeedsOrNone;
    readonly medium: OverSeedsOrNone;
    readonly few: OverSeedsOrNone;
  };
}

/** `longtail.comparison/1`: what `longtail compare --format json` prints. */
export interface ComparisonData {
  readonly schema: 'longtail.comparison/1';
  /** Key of the group that the others are held against. */
  readonly reference: string;
  readonly runs: readonly GroupData[];
  /** Or why there is none, in a sentence; `intervals` says what they cover, likewise. */
  readonly differences: readonly (
    | (GroupDifference & { readonly key: string; readonly intervals: string })
    | { readonly key: string; readonly refused: string }
  )[];
}

const scoresOf = (group: RunGroup): GroupData['scores'] => ({
  main: meanOver(group, (scores) => mainScore(scores).value),
  accuracy: meanOver(group, ({ accuracy }) => accuracy),
  macroF1: meanOver(group, ({ macroF1 }) => macroF1),
  ece: meanOver(group, ({ ece }) => ece),
  many: meanOver(group, (scores) => bandScore(scores, 'many')),
  medium: meanOver(group, (scores) => bandScore(scores, 'medium')),
  few: meanOver(group, (scores) => bandScore(scores, 'few')),
});

/** A comparison as data (`longtail.comparison/1`): full precision, what each interval covers. */
export const comparisonData = ({ groups, reference, compared }: RunComparison): ComparisonData => ({
  schema: 'longtail.comparison/1',
  reference: reference.key,
  runs: groups.map((group) => ({
    key: group.key,
    title: group.title,
    measure: mainScore(group.runs[0].report.scores).kind,
    ids: group.runs.map(({ report }) => report.id),
    seeds: group.runs.map(({ report }) => report.seed),
    scores: scoresOf(group),
  })),
  differences: compared.map(({ group, difference }) =>
    isDifference(difference)
      ? { key: group.key, intervals: coversText(difference), ...difference }
      : { key: group.key, refused: say(difference) },
  ),
});

const ends = (difference: Difference | null): readonly (string | number)[] =>
  difference === null
    ? ['', '', '', '']
    : [
        difference.value,
        difference.interval?.[0] ?? '',
        difference.interval?.[1] ?? '',
        difference.deviation ?? '',
      ];

const header = [
  ...['run', 'title', 'against', 'scope', 'name', 'train', 'test', 'before', 'after'],
  ...['difference', 'low', 'high', 'deviation', 'p', 'found', 'covers'],
];

/** The differences as CSV, one a line. */
export const comparisonCsv = ({ reference, compared }: RunComparison): string => {
  const rows = compared.flatMap(({ group, difference }) => {
    if (!isDifference(difference)) return [];
    const { balanced, accuracy, accuracyP, macroF1, bands, classes, items } = difference;
    const covers = coversText(difference);
    const line = (
      scope: string,
      name: string,
      of: Difference | null,
      more: {
        readonly train?: number;
        readonly test?: number;
        readonly before?: number | null;
        readonly after?: number | null;
        readonly p?: number | null;
        readonly found?: boolean;
      },
    ): readonly (string | number)[] => [
      ...[group.key, group.title, reference.key, scope, name],
      ...[more.train ?? '', more.test ?? '', more.before ?? '', more.after ?? ''],
      ...ends(of),
      ...[more.p ?? '', more.found === undefined ? '' : String(more.found), covers],
    ];
    return [
      line('all', 'main', balanced, { test: items.common }),
      line('all', 'accuracy', accuracy, { test: items.common, p: accuracyP }),
      ...(macroF1 === null ? [] : [line('all', 'macro-f1', macroF1, { test: items.common })]),
      ...bandKeys.map((band) => line('band', band, bands[band], {})),
      ...classes.map(({ name, trainCount, testCount, before, after, p, found, difference: of }) =>
        line('class', name, of, { train: trainCount, test: testCount, before, after, p, found }),
      ),
    ];
  });
  const data: FigureData = { columns: header.map((label) => ({ label, show: String })), rows };
  return dataCsv(data);
};
