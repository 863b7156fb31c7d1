import { join } from 'node:path';
import { createRandom } from '../../common/random';
import { LongtailError } from '../../common/errors';
import { applyEdits, setAt } from '../../config/editor/edits';
import { parseConfig } from '../../config/parse';
import { resolveBands } from '../../methods/bands';
import { scoreLabelSets, scorePredictions } from '../../methods/metrics';
import { positiveOf, usualThreshold, type ClassCorrection } from '../../methods/posthoc';
import { runFiles } from '../../protocol/runFiles';
import type { KeptScores, KeptSetting } from '../../protocol/reportPage';
import type { ModelSetting } from '../../report/bench/modelSetting';
import { correctionFor, type BenchInputs, type BenchSetting } from '../../report/bench/setting';
import type { RunReport, Scores } from '../../report/types';
import { writeAtomic } from '../../run/atomicFile';
import { readKept, writeKept } from './kept';
import { correctedTest, inputsFor, type RunFolders } from '../../outputs/diagnosis';
import { readSaved } from '../../outputs/savedOutputs';

type LabelSetting = Extract<BenchSetting, { kind: 'label-thresholds' }>;

/** What a setting is about: of a report's classes. */
type Classes = Pick<BenchInputs, 'classNames' | 'trainCounts'>;

/** The config's own words for a setting. */
interface PosthocWords {
  readonly kind: string;
  readonly tau?: number;
  readonly metric?: string;
  readonly at?: Readonly<Record<string, number>>;
}

/** Thresholds by class as a config takes them: above 0. */
const given = (names: readonly string[], thresholds: readonly number[]): PosthocWords => ({
  kind: 'thresholds',
  at: Object.fromEntries(
    names.map((name, j) => [name, Math.max(thresholds[j] ?? usualThreshold, 1e-6)]),
  ),
});

/** A threshold that a rule finds is written as the rule, one set by hand as it is. */
const posthocOf = (setting: BenchSetting, { classNames, trainCounts }: Classes): PosthocWords => {
  switch (setting.kind) {
    case 'none':
      return { kind: 'none' };
    case 'logit-adjustment':
    case 'tau-norm':
      return { kind: setting.kind, tau: setting.tau };
    case 'thresholds':
      return setting.metric === null
        ? given([classNames[positiveOf(trainCounts)] ?? ''], [setting.threshold])
        : { kind: 'thresholds', metric: setting.metric };
    case 'label-thresholds':
      return setting.metric === null
        ? given(classNames, setting.thresholds)
        : { kind: 'thresholds', metric: setting.metric };
    case 'class-thresholds':
      return given(classNames, setting.thresholds);
  }
};

/**
 * A config with the setting written in, comments and everything else as they were. Throws
 * `host/keep/config` when the config had faults before or would have them.
 */
export const keptConfigText = (
  text: string,
  path: string,
  setting: BenchSetting,
  classes: Classes,
): string => {
  const before = parseConfig(text, path).config;
  if (before === null) throw new LongtailError('host/keep/config', { path });
  const corrected = applyEdits(text, setAt(text, ['posthoc'], posthocOf(setting, classes)));
  const prior = setting.kind === 'logit-adjustment' ? setting.prior : before.goal.prior;
  const same = JSON.stringify(prior) === JSON.stringify(before.goal.prior);
  const next = same ? corrected : applyEdits(corrected, setAt(corrected, ['goal', 'prior'], prior));
  if (parseConfig(next, path).config === null)
    throw new LongtailError('host/keep/config', { path });
  return next;
};

/** What an application does to the model's outputs: keyed by class, null = never predicted. */
const modelText = (
  setting: BenchSetting,
  { scales, offsets }: ClassCorrection,
  { classNames, trainCounts }: Classes,
): string => {
  const classes = classNames.map((name, j) => {
    const offset = offsets[j] ?? NaN;
    const own = Number.isFinite(offset) ? { scale: scales?.[j] ?? 1, offset } : null;
    return [name, own] as const;
  });
  const value: ModelSetting = {
    schema: 'longtail.model-posthoc/1',
    ...posthocOf(setting, { classNames, trainCounts }),
    ...(setting.kind === 'logit-adjustment' ? { prior: setting.prior } : {}),
    ...(setting.kind === 'thresholds' ? { threshold: setting.threshold } : {}),
    classes: Object.fromEntries(classes),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};

/** The same of items that may have several labels: one is given from its probability on. */
const labelsText = (
  { metric, thresholds }: LabelSetting,
  classNames: readonly string[],
): string => {
  const labels = Object.fromEntries(classNames.map((name, j) => [name, thresholds[j] ?? 0.5]));
  const value: ModelSetting & { readonly metric?: string } = {
    schema: 'longtail.model-posthoc/1',
    ...{ kind: 'thresholds', ...(metric === null ? {} : { metric }), labels },
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};

/** Puts the setting beside the run's model. Throws `host/keep/model` where it does not fit it. */
export const writeModelPosthoc = (
  report: RunReport,
  folders: RunFolders,
  setting: BenchSetting,
): void => {
  const { classNames } = report.dataset;
  const write = (text: string): void =>
    writeAtomic(join(folders.own, runFiles.model, runFiles.modelPosthoc), text);
  if (setting.kind === 'label-thresholds') {
    if (report.scores.multiLabel === undefined || setting.thresholds.length !== classNames.length)
      throw new LongtailError('host/keep/model', {});
    write(labelsText(setting, classNames));
    return;
  }
  const inputs = inputsFor(report, folders, setting);
  const correction = correctionFor(setting, inputs);
  if (correction === null) throw new LongtailError('host/keep/model', {});
  write(modelText(setting, correction, inputs));
};

/** Without what nobody shows. */
const keptOf = (scores: Scores): KeptScores => {
  const { samples, accuracy, balancedAccuracy, balancedAccuracyInterval, macroF1, gMean } = scores;
  const { worstClass, many, medium, few, ece } = scores;
  return {
    ...{ samples, accuracy, balancedAccuracy, balancedAccuracyInterval, macroF1, gMean },
    ...{ worstClass, many, medium, few, ece },
  };
};

/** Scores of items that may have several labels, at the thresholds of the setting. */
const labelScores = (
  report: RunReport,
  folders: RunFolders,
  { thresholds }: LabelSetting,
): KeptScores | null => {
  const saved = readSaved(folders.own, 'test');
  if (saved === null || report.scores.multiLabel === undefined) return null;
  const { scheme, thresholds: bands } = report.bands;
  const { assignment } = resolveBands(report.bandCounts, scheme === 'custom' ? bands : scheme);
  const { classNames } = report.dataset;
  const { logits, labels: targets } = saved;
  const { multiLabel, ...scores } = scoreLabelSets(
    { classNames, trainCounts: report.trainCounts, assignment, targets, logits, thresholds },
    { random: createRandom(report.seed, 'bootstrap') },
  );
  return { ...keptOf(scores), microF1: multiLabel.microF1 };
};

const testScores = (
  report: RunReport,
  folders: RunFolders,
  setting: BenchSetting,
): KeptScores | null => {
  if (setting.kind === 'label-thresholds') return labelScores(report, folders, setting);
  const test = correctedTest(report, folders, setting);
  if (test === null) return null;
  const { scheme, thresholds } = report.bands;
  const { assignment } = resolveBands(report.bandCounts, scheme === 'custom' ? thresholds : scheme);
  const scores = scorePredictions(
    {
      classNames: report.dataset.classNames,
      trainCounts: report.trainCounts,
      assignment,
      labels: test.labels,
      logits: test.corrected,
    },
    { random: createRandom(report.seed, 'bootstrap') },
  );
  return keptOf(scores);
};

/**
 * What the first setting that is kept comes to on test. Test is looked at once: for a setting that
 * is kept later the first one and its scores are given back.
 */
export const scoreOnce = (
  report: RunReport,
  folders: RunFolders,
  setting: BenchSetting,
): KeptSetting => {
  const before = readKept(folders.own);
  if (before !== null) return before;
  const scores = testScores(report, folders, setting);
  const kept = { schema: 'longtail.kept/1', setting, scores } as const;
  writeKept(folders.own, kept);
  return kept;
};
