import type { Message } from '../common/errors';
import type { Band, Bands } from '../profile/types';
import type { RunReport, RunSummary, Scores } from './types';

/** Differences to the plain baseline, as shares (0.1 = ten points); null where a side has no score. */
export interface Change {
  readonly accuracy: number;
  /** Of the main score. */
  readonly main: number | null;
  /** Of the band scores. */
  readonly many: number | null;
  readonly medium: number | null;
  readonly few: number | null;
}

export interface ComparisonRow {
  readonly id: string;
  readonly title: string;
  readonly role: 'plain' | 'run';
  readonly scores: Scores;
  /** null for a baseline, and for a run that has none. */
  readonly change: Change | null;
  readonly seconds: number;
}

/** Runs side by side, each under the baseline it was trained beside. */
export interface Comparison {
  readonly bands: Bands;
  readonly scoredSplit: RunReport['scoredSplit'];
  readonly rows: readonly ComparisonRow[];
  /** What makes the rows less comparable than they look. */
  readonly notes: readonly Message[];
}

/** The score a run is judged by, with its 95 % interval. */
export interface MainScore {
  /** Balanced accuracy, or mean average precision where items may have several labels. */
  readonly kind: 'balanced' | 'mAP';
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

/** The score of a run that stands first everywhere. */
export const mainScore = ({
  multiLabel,
  balancedAccuracy,
  balancedAccuracyInterval,
}: Scores): MainScore =>
  multiLabel === undefined
    ? { kind: 'balanced', value: balancedAccuracy, interval: balancedAccuracyInterval }
    : { kind: 'mAP', value: multiLabel.mAP, interval: multiLabel.mAPInterval };

/** A band's score: mean recall of its classes, or mean average precision of its labels. */
export const bandScore = ({ multiLabel, ...scores }: Scores, band: Band): number | null =>
  multiLabel === undefined ? scores[band].recall : multiLabel[band].averagePrecision;

const minus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;

/** What changed from `before` to `after`. */
export const changeOf = (after: Scores, before: Scores): Change => ({
  accuracy: after.accuracy - before.accuracy,
  main: minus(mainScore(after).value, mainScore(before).value),
  many: minus(bandScore(after, 'many'), bandScore(before, 'many')),
  medium: minus(bandScore(after, 'medium'), bandScore(before, 'medium')),
  few: minus(bandScore(after, 'few'), bandScore(before, 'few')),
});

/** Seconds of all stages; a report does not count the scoring. */
export const trainingSeconds = (report: RunReport): number =>
  report.timings.reduce((sum, { seconds }) => sum + seconds, 0);

/** One run and its baseline as rows, the baseline first. */
export const compare = (
  report: RunReport,
  baseline: RunSummary | null = report.baseline,
): readonly ComparisonRow[] => {
  const run: ComparisonRow = {
    id: report.id,
    title: report.title,
    role: 'run',
    scores: report.scores,
    change: baseline === null ? null : changeOf(report.scores, baseline.scores),
    seconds: trainingSeconds(report),
  };
  if (baseline === null) return [run];
  const { id, title, scores, seconds } = baseline;
  return [{ id, title, role: 'plain', scores, change: null, seconds }, run];
};

const sameBands = (a: Bands, b: Bands): boolean =>
  a.scheme === b.scheme &&
  a.thresholds.manyAbove === b.thresholds.manyAbove &&
  a.thresholds.fewBelow === b.thresholds.fewBelow;

/**
 * Several runs in the order given, each baseline once, before the first run that uses it. Runs on
 * other data, other bands or another kind of test are still shown, with a note that says so.
 * At least one report.
 */
export const compareRuns = (reports: readonly [RunReport, ...RunReport[]]): Comparison => {
  const [first, ...others] = reports;
  const rows = new Map<string, ComparisonRow>();
  for (const report of reports)
    for (const row of compare(report)) {
      const kept = rows.get(row.id);
      // A baseline that was also named on its own keeps its place among the baselines.
      if (kept === undefined || (kept.role === 'run' && row.role === 'plain'))
        rows.set(row.id, row);
    }
  const note = (code: string, differs: (other: RunReport) => boolean): Message[] => {
    const titles = others.filter(differs).map(({ title }) => title);
    return titles.length === 0 ? [] : [{ code, params: { first: first.title, titles } }];
  };
  const keys = new Set(reports.flatMap(({ baseline }) => baseline?.baselineKey ?? []));
  return {
    bands: first.bands,
    scoredSplit: first.scoredSplit,
    rows: [...rows.values()],
    notes: [
      ...note(
        'report/note/other-data',
        ({ dataset }) => dataset.fingerprint !== first.dataset.fingerprint,
      ),
      ...note('report/note/other-bands', ({ bands }) => !sameBands(bands, first.bands)),
      ...note('report/note/other-split', ({ scoredSplit }) => scoredSplit !== first.scoredSplit),
      ...(keys.size > 1
        ? [{ code: 'report/note/other-baselines', params: { count: keys.size } }]
        : []),
    ],
  };
};

export const bandKeys: readonly Band[] = ['many', 'medium', 'few'];

/** Half the width of the 95 % interval of the main score; null where there is none. */
export const halfWidth = (scores: Scores): number | null => {
  const { interval } = mainScore(scores);
  return interval === null ? null : (interval[1] - interval[0]) / 2;
};

/**
 * Whether two main scores differ by more than their test items explain: the difference against the
 * root of the summed squares of the half-widths. Both were scored on the same items, which makes
 * this the careful side. It says nothing about another seed.
 */
export const isClear = (a: Scores, b: Scores): boolean => {
  const difference = minus(mainScore(a).value, mainScore(b).value);
  const [ownWidth, otherWidth] = [halfWidth(a), halfWidth(b)];
  if (difference === null || ownWidth === null || otherWidth === null) return false;
  return Math.abs(difference) > Math.hypot(ownWidth, otherWidth);
};

/**
 * Accuracy expected where classes come as often as in training: recall weighted by training counts.
 * null when a class that occurs in training was not tested, and with several labels an item.
 */
export const accuracyAsTrained = (scores: Scores): number | null => {
  if (scores.multiLabel !== undefined) return null;
  let right = 0;
  let all = 0;
  for (const { trainCount, recall } of scores.classes) {
    if (trainCount === 0) continue;
    if (recall === null) return null;
    right += trainCount * recall;
    all += trainCount;
  }
  return all === 0 ? null : right / all;
};
