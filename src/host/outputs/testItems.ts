import type { Message } from '../../common/errors';
import { map, sigmoid } from '../../methods/numbers';
import { topOfRows } from '../../methods/softmax';
import type { TestQuery } from '../../protocol/reportPage';
import { settingOf } from '../../report/bench/setting';
import type { RunReport } from '../../report/types';
import { correctedTest, type RunFolders } from '../../outputs/diagnosis';
import { readSaved } from '../../outputs/savedOutputs';

/** A scored item: its sample, and what the run made of it. */
export interface TestItem {
  /** Sample number of the index. */
  readonly row: number;
  /** Class positions of the report; with several labels an item, the label that was asked for. */
  readonly truth: number;
  readonly predicted: number;
  /** Probability of what was predicted; with several labels of the one that was asked for. */
  readonly probability: number;
  /** Whether that is right. */
  readonly right: boolean;
}

/** The items of the scored split, to be asked for by class. */
export interface TestItems {
  readonly find: (query: TestQuery) => readonly TestItem[];
}

const missing = (why: string): Message => ({ code: `pages/files/missing/${why}`, params: {} });

/** Wrong ones first; among them those that were surest. */
const bySurprise = (a: TestItem, b: TestItem): number =>
  Number(a.right) - Number(b.right) || b.probability - a.probability || a.row - b.row;

/** What the run predicted must come to the counts of its report, or it is not what was scored. */
const agrees = ({ scores }: RunReport, labels: Int32Array, predictions: Int32Array): boolean => {
  const { confusion } = scores;
  if (confusion === null) return false;
  const left = new Map<string, number>();
  labels.forEach((truth, item) => {
    const key = `${truth} ${predictions[item] ?? -1}`;
    left.set(key, (left.get(key) ?? 0) + 1);
  });
  const filled = confusion.reduce((sum, row) => sum + row.filter((n) => n > 0).length, 0);
  return (
    filled === left.size &&
    [...left].every(([key, count]) => {
      const [truth = -1, predicted = -1] = key.split(' ').map(Number);
      return confusion[truth]?.[predicted] === count;
    })
  );
};

const singleLabel = (report: RunReport, folders: RunFolders): TestItems | Message => {
  const setting = settingOf(report);
  if (setting === null) return missing('correction');
  const saved = correctedTest(report, folders, setting);
  if (saved === null) return missing('outputs');
  const { rows, labels } = saved;
  const { predictions, confidences } = topOfRows(saved.corrected, saved.classes);
  if (!agrees(report, labels, predictions)) return missing('other');
  const names = report.dataset.classNames;
  const place = (name: string | null): number | null =>
    name === null ? null : names.indexOf(name);
  return {
    find: (query) => {
      const [truth, predicted] = [place(query.truth), place(query.predicted)];
      const found: TestItem[] = [];
      labels.forEach((label, item) => {
        const own = predictions[item] ?? -1;
        if ((truth !== null && label !== truth) || (predicted !== null && own !== predicted))
          return;
        const probability = confidences[item] ?? NaN;
        const row = rows[item] ?? -1;
        found.push({ row, truth: label, predicted: own, probability, right: label === own });
      });
      return found.sort(bySurprise);
    },
  };
};

/** With several labels: the items that have one (`truth`), or that were given it (`predicted`). */
const multiLabel = (report: RunReport, folders: RunFolders): TestItems | Message => {
  const { kind, thresholds = {} } = report.posthoc;
  if (kind !== 'none' && kind !== 'thresholds') return missing('correction');
  const saved = readSaved(folders.own, 'test');
  if (saved === null) return missing('outputs');
  const { rows, labels, logits, classes } = saved;
  const probabilities = map(logits, sigmoid);
  const names = report.dataset.classNames;
  return {
    find: ({ truth, predicted }) => {
      const name = truth ?? predicted ?? '';
      const place = names.indexOf(name);
      const threshold = thresholds[name] ?? 0.5;
      const found: TestItem[] = [];
      rows.forEach((row, item) => {
        const probability = probabilities[item * classes + place] ?? NaN;
        const has = labels[item * classes + place] === 1;
        const given = probability >= threshold;
        if ((truth !== null && !has) || (predicted !== null && !given)) return;
        const shown = { truth: has ? place : -1, predicted: given ? place : -1, probability };
        found.push({ row, ...shown, right: has === given });
      });
      // A miss is the more surprising the less likely the label was.
      const sign = truth === null ? 1 : -1;
      return found.sort(
        (a, b) =>
          Number(a.right) - Number(b.right) ||
          sign * (b.probability - a.probability) ||
          a.row - b.row,
      );
    },
  };
};

/**
 * What a run made of each item of its scored split, by its saved outputs and its own correction; or
 * why that is not to be had.
 */
export const testItems = (report: RunReport, folders: RunFolders): TestItems | Message =>
  report.scores.multiLabel === undefined
    ? singleLabel(report, folders)
    : multiLabel(report, folders);
