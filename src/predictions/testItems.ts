import { withNpz } from '../dataset/arrays/npz';
import type { FileSource } from '../dataset/types';
import { labelCells } from '../methods/posthoc';
import { topOfRows } from '../methods/softmax';
import { at, sigmoid } from '../methods/numbers';
import type { TestItems, TestLabels } from '../report/comparison/types';
import type { RunReport } from '../report/types';

/** Whether the predictions are those that the report's recalls were counted from. */
const fits = (
  { labels, predicted }: Omit<TestItems, 'rows'>,
  { scores, dataset }: RunReport,
): boolean => {
  const right = new Float64Array(dataset.classNames.length);
  const support = new Float64Array(dataset.classNames.length);
  labels.forEach((label, i) => {
    support[label] = at(support, label) + 1;
    if (predicted[i] === label) right[label] = at(right, label) + 1;
  });
  return scores.classes.every(
    ({ testCount, recall }, j) =>
      testCount === support[j] && Math.abs((recall ?? 0) * testCount - at(right, j)) < 0.5,
  );
};

/**
 * What a run predicted for its test items, from its `predictions/test.npz`: as it was written, or in
 * runs of earlier versions that correct nothing, the class of the largest logit. null where there is
 * no such file, where it cannot be read, with several labels an item, and where the report's scores
 * are of other predictions.
 */
export const readTestItems = (
  source: FileSource,
  path: string,
  report: RunReport,
): TestItems | null => {
  if (report.scores.multiLabel !== undefined) return null;
  try {
    return withNpz(source, path, (entries) => {
      const values = (name: string) => entries.find((entry) => entry.name === name)?.read().values;
      const [rows, labels] = [values('rows'), values('labels')];
      if (!(rows instanceof Int32Array && labels instanceof Int32Array)) return null;
      const written = values('predicted');
      const logits =
        written === undefined && report.posthoc.kind === 'none' ? values('logits') : undefined;
      const predicted =
        logits instanceof Float32Array
          ? topOfRows(logits, report.dataset.classNames.length).predictions
          : written;
      if (!(predicted instanceof Int32Array)) return null;
      const items = { rows, labels, predicted };
      return predicted.length === rows.length && fits(items, report) ? items : null;
    });
  } catch {
    // A comparison does without: the file is gone, cut short, or of something else.
    return null;
  }
};

/** Whether the decisions are those that the report's recalls and precisions were counted from. */
const labelsFit = (
  { targets, decisions }: Omit<TestLabels, 'rows'>,
  report: RunReport,
): boolean => {
  const { classNames } = report.dataset;
  const cells = labelCells(targets, decisions, classNames.length);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return report.scores.classes.every(({ testCount, recall, precision }, j) => {
    const { positives, predicted, right } = cells[j] ?? { positives: -1, predicted: 0, right: 0 };
    return (
      testCount === positives &&
      Math.abs((recall ?? 0) - share(right, positives)) < 1e-9 &&
      Math.abs((precision ?? 0) - share(right, predicted)) < 1e-9
    );
  });
};

/**
 * The same of a run on items with several labels: its scores, which no correction changes, and what
 * they come to at the report's thresholds. null as above, and with one label an item.
 */
export const readTestLabels = (
  source: FileSource,
  path: string,
  report: RunReport,
): TestLabels | null => {
  const { multiLabel } = report.scores;
  if (multiLabel === undefined) return null;
  const { labels } = multiLabel;
  try {
    return withNpz(source, path, (entries) => {
      const values = (name: string) => entries.find((entry) => entry.name === name)?.read().values;
      const [rows, given, scores] = [values('rows'), values('labels'), values('logits')];
      if (!(rows instanceof Int32Array && given instanceof Int32Array)) return null;
      if (!(scores instanceof Float32Array) || scores.length !== given.length) return null;
      if (scores.length !== rows.length * labels.length) return null;
      const targets = Uint8Array.from(given);
      const decisions = Uint8Array.from(scores, (z, i) =>
        sigmoid(z) >= (labels[i % labels.length]?.threshold ?? NaN) ? 1 : 0,
      );
      const items = { rows, targets, decisions, scores };
      return labelsFit(items, report) ? items : null;
    });
  } catch {
    // As above.
    return null;
  }
};
