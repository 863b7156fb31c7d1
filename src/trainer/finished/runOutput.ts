import { join } from 'node:path';
import { LongtailError } from '../../common/errors';
import type { ExportedModel } from '../../config/exportedModel/types';
import { trainedPrior } from '../../config/trainedPrior';
import { at, map } from '../../methods/numbers';
import { rowNorms, type ClassCorrection } from '../../methods/posthoc';
import { runFiles } from '../../protocol/runFiles';
import { modelSetting } from '../../report/bench/modelSetting';
import { correctionFor, settingOf } from '../../report/bench/setting';
import type { RunReport } from '../../report/types';
import { scaleName } from '../models/classifier';
import type { ModelSpec, NamedWeight } from '../models/types';
import { readDescribed } from './readDescribed';

type Output = ExportedModel['output'];
type OutputClasses = Output['classes'];
type Parts = Pick<ExportedModel, 'posthoc' | 'output'>;

/** What gave the run its logits. */
interface Trained {
  readonly spec: ModelSpec;
  readonly trained: ReadonlyMap<string, NamedWeight>;
  /** Whether a setting that was kept in the report page counts. */
  readonly kept: boolean;
}

/** Values by class name, in the order of the classes; null where one is missing. */
const inOrder = <T>(
  values: Readonly<Record<string, T>>,
  names: readonly string[],
): Record<string, T> | null => {
  const own = new Map(Object.entries(values));
  const found = names.flatMap((name) => {
    const value = own.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === names.length ? Object.fromEntries(found) : null;
};

/** The setting beside the run's model. Throws `model/description` where it is not of its classes. */
const keptOutput = (folder: string, report: RunReport): Parts => {
  const names = report.dataset.classNames;
  const path = join(folder, runFiles.model, runFiles.modelPosthoc);
  const wrong = (place: string): LongtailError =>
    new LongtailError('model/description', { path, place });
  const setting = readDescribed(path, modelSetting, wrong);
  const posthoc = { kind: setting.kind, tau: setting.tau ?? null, from: 'kept' } as const;
  if ('labels' in setting) {
    const thresholds = inOrder(setting.labels, names);
    if (thresholds === null || report.scores.multiLabel === undefined) throw wrong('labels');
    return { posthoc, output: { activation: 'sigmoid', classes: plain(report), thresholds } };
  }
  const classes = inOrder(setting.classes, names);
  if (classes === null) throw wrong('classes');
  return { posthoc, output: { activation: 'softmax', classes, thresholds: null } };
};

/** Norms of the last layer's rows, its biases, and the scales learned on top. */
const lastLayer = ({ spec, trained }: Trained, classes: number) => {
  const { name } = spec.classifier;
  const kernel = trained.get(`${name}/kernel`)?.values ?? new Float32Array();
  const width = kernel.length / classes;
  const rows = Float64Array.from({ length: kernel.length }, (_, i) =>
    at(kernel, (i % width) * classes + Math.floor(i / width)),
  );
  return {
    norms: rowNorms(rows, width),
    biases: trained.get(`${name}/bias`)?.values ?? new Float32Array(classes),
    learned: trained.get(scaleName)?.values ?? new Float32Array(classes).fill(1),
  };
};

/** tau-norm is of the rows before learned scales: those are in the logits, and go out again. */
const withoutLearned = (
  { scales, offsets }: ClassCorrection,
  learned: Float32Array,
): ClassCorrection => ({
  scales: map(learned, (scale, j) => (scales === null ? 1 : at(scales, j)) / scale),
  offsets,
});

const correctionOf = (report: RunReport, model: Trained): ClassCorrection | null => {
  const { config, trainCounts, dataset } = report;
  const setting = settingOf(report);
  if (setting === null) return null;
  const layer = setting.kind === 'tau-norm' ? lastLayer(model, dataset.classNames.length) : null;
  const correction = correctionFor(setting, {
    classNames: dataset.classNames,
    trainCounts,
    trained: map(trainedPrior(config, trainCounts), Math.log),
    layer,
  });
  return correction === null || layer === null
    ? correction
    : withoutLearned(correction, layer.learned);
};

/** Scores as they are; a class without training items is never predicted where classes exclude each other. */
const plain = ({ dataset, trainCounts, scores }: RunReport): OutputClasses =>
  Object.fromEntries(
    dataset.classNames.map((name, j) => [
      name,
      scores.multiLabel !== undefined || (trainCounts[j] ?? 0) > 0 ? { scale: 1, offset: 0 } : null,
    ]),
  );

const corrected = (names: readonly string[], { scales, offsets }: ClassCorrection): OutputClasses =>
  Object.fromEntries(
    names.map((name, j) => {
      const offset = at(offsets, j);
      const own = { scale: scales === null ? 1 : at(scales, j), offset };
      return [name, Number.isFinite(offset) ? own : null];
    }),
  );

/** What becomes of the logits of a run before its report scores them. */
export const outputOf = (folder: string, report: RunReport, model: Trained): Parts => {
  const { posthoc, dataset, scores } = report;
  const names = dataset.classNames;
  if (model.kept) return keptOutput(folder, report);
  const own = { kind: posthoc.kind, tau: posthoc.tau, from: 'report' } as const;
  if (scores.multiLabel !== undefined) {
    const thresholds = names.map((name) => [name, posthoc.thresholds?.[name] ?? 0.5] as const);
    return {
      posthoc: own,
      output: {
        activation: 'sigmoid',
        classes: plain(report),
        thresholds: Object.fromEntries(thresholds),
      },
    };
  }
  const correction = correctionOf(report, model);
  // Means take the classifier's place; everything else is a correction of its scores.
  if (correction === null && posthoc.kind !== 'nearest-mean')
    throw new LongtailError('model/posthoc', { folder, kind: posthoc.kind });
  const classes = correction === null ? plain(report) : corrected(names, correction);
  return { posthoc: own, output: { activation: 'softmax', classes, thresholds: null } };
};
