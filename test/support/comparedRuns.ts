import type { ComparedRun, TestItems, TestLabels } from '../../src/report/comparison/types';
import { reportOf, type ReportShape } from './reports';

/** Items of these classes, each predicted as said; numbered from `from`. */
export const itemsOf = (
  labels: readonly number[],
  predicted: readonly number[],
  from = 0,
): TestItems => ({
  rows: Int32Array.from(labels, (_, i) => from + i),
  labels: Int32Array.from(labels),
  predicted: Int32Array.from(predicted),
});

/** A run as it is compared: of four classes with 1000, 500, 50 and 10 training items. */
export const comparedRun = (
  shape: ReportShape & {
    readonly seed?: number;
    readonly items?: TestItems | null;
    readonly labels?: TestLabels | null;
    readonly loss?: 'cross-entropy' | 'balanced-softmax';
  } = {},
): ComparedRun => {
  const report = reportOf(shape);
  const { seed = 0, items = null, labels = null, loss = 'cross-entropy' } = shape;
  const [stage] = report.config.stages;
  if (stage === undefined) throw new Error('one stage');
  const config = { ...report.config, seed, stages: [{ ...stage, loss: { kind: loss } }] };
  return {
    report: { ...report, config, seed, seeds: [seed] },
    title: report.title,
    role: 'run',
    items,
    labels,
    curves: { loss: [], validation: [] },
  };
};
