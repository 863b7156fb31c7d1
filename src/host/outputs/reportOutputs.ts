import type { Message } from '../../common/errors';
import { trainedPrior } from '../../config/trainedPrior';
import { calibrationOfConfidences } from '../../methods/metrics';
import { map } from '../../methods/numbers';
import { correctLogits } from '../../methods/posthoc';
import { topOfRows } from '../../methods/softmax';
import type {
  BenchData,
  NormsData,
  ReliabilityBins,
  ReportOutputs,
} from '../../protocol/reportPage';
import {
  correctionFor,
  settingOf,
  type BenchInputs,
  type BenchSetting,
} from '../../report/bench/setting';
import type { RunReport } from '../../report/types';
import { readKept } from './kept';
import { readLastLayer, type LastLayer } from './lastLayer';
import { readSaved, type SavedOutputs } from './savedOutputs';

/** Folders of a run and of the baseline it was trained beside, if that is still there. */
export interface RunFolders {
  readonly own: string;
  readonly baseline: string | null;
}

const bytesOf = (values: Float64Array | Float32Array | Int32Array): ArrayBuffer =>
  values.slice().buffer;

/** What corrections of a run's logits are made of. */
const inputsOf = (report: RunReport, layer: LastLayer | null): BenchInputs => ({
  classNames: report.dataset.classNames,
  trainCounts: report.trainCounts,
  trained: map(trainedPrior(report.config, report.trainCounts), Math.log),
  layer,
});

const layerOf = ({ own, baseline }: RunFolders, outputs: SavedOutputs): LastLayer | null =>
  readLastLayer(baseline === null ? [own] : [own, baseline], outputs);

/** What one setting is made of: the last layer is read only where it asks for it. */
export const inputsFor = (
  report: RunReport,
  folders: RunFolders,
  setting: BenchSetting,
): BenchInputs => {
  const outputs =
    setting.kind === 'tau-norm'
      ? (readSaved(folders.own, 'validation') ?? readSaved(folders.own, 'test'))
      : null;
  return inputsOf(report, outputs === null ? null : layerOf(folders, outputs));
};

const benchOf = (
  report: RunReport,
  saved: SavedOutputs | null,
  layer: LastLayer | null,
): BenchData | Message => {
  const missing = (why: string): Message => ({ code: `pages/bench/none/${why}`, params: {} });
  if (report.config.dataset.splits.validation === 'none') return missing('validation');
  if (saved === null) return missing('outputs');
  if (report.scores.multiLabel !== undefined)
    return {
      ...{ logits: bytesOf(saved.logits), labels: bytesOf(saved.labels) },
      ...{ trainedLogPrior: new ArrayBuffer(0), layer: null },
    };
  const inputs = inputsOf(report, layer);
  return {
    logits: bytesOf(saved.logits),
    labels: bytesOf(saved.labels),
    trainedLogPrior: bytesOf(Float64Array.from(inputs.trained)),
    layer: layer === null ? null : { norms: bytesOf(layer.norms), biases: bytesOf(layer.biases) },
  };
};

/** Test logits as the setting corrects them; null where it cannot. */
export const correctedTest = (
  report: RunReport,
  folders: RunFolders,
  setting: BenchSetting,
): (SavedOutputs & { readonly corrected: Float64Array }) | null => {
  const saved = readSaved(folders.own, 'test');
  if (saved === null || report.scores.multiLabel !== undefined) return null;
  const correction = correctionFor(setting, inputsFor(report, folders, setting));
  if (correction === null) return null;
  return { ...saved, corrected: correctLogits(saved.logits, saved.classes, correction) };
};

const binsOf = (corrected: Float64Array, { labels, classes }: SavedOutputs): ReliabilityBins => {
  const bins = calibrationOfConfidences(topOfRows(corrected, classes), labels);
  return {
    ece: bins.ece,
    counts: [...bins.binCounts],
    accuracy: [...bins.binAccuracy],
    confidence: [...bins.binConfidence],
  };
};

const reliabilityOf = (report: RunReport, folders: RunFolders): ReportOutputs['reliability'] => {
  const setting = settingOf(report);
  const own = setting === null ? null : correctedTest(report, folders, setting);
  if (own === null) return null;
  const plain =
    folders.baseline === null
      ? null
      : correctedTest(report, { own: folders.baseline, baseline: null }, { kind: 'none' });
  return {
    run: binsOf(own.corrected, own),
    baseline: plain === null ? null : binsOf(plain.corrected, plain),
  };
};

/** Length of the mean feature of every class's items; null for a class without items. */
const featureNorms = ({
  features,
  width,
  labels,
  classes,
}: SavedOutputs): readonly (number | null)[] => {
  const sums = new Float64Array(classes * width);
  const counts = new Float64Array(classes);
  labels.forEach((label, item) => {
    counts[label] = (counts[label] ?? 0) + 1;
    for (let d = 0; d < width; d++)
      sums[label * width + d] =
        (sums[label * width + d] ?? NaN) + (features[item * width + d] ?? NaN);
  });
  return Array.from(counts, (count, j) =>
    count === 0 ? null : Math.hypot(...sums.subarray(j * width, (j + 1) * width)) / count,
  );
};

const normsOf = (
  report: RunReport,
  saved: SavedOutputs | null,
  layer: LastLayer | null,
): NormsData | null =>
  saved === null || report.scores.multiLabel !== undefined
    ? null
    : { weights: layer === null ? null : [...layer.norms], features: featureNorms(saved) };

/** Reads what the files of a run tell beyond its report. Throws what reading damaged arrays throws. */
export const reportOutputs = (report: RunReport, folders: RunFolders): ReportOutputs => {
  const validation = readSaved(folders.own, 'validation');
  const layer = validation === null ? null : layerOf(folders, validation);
  const bench = benchOf(report, validation, layer);
  const isBench = 'logits' in bench;
  return {
    bench: isBench ? bench : null,
    noBench: isBench ? null : bench,
    reliability: reliabilityOf(report, folders),
    norms: normsOf(report, validation, layer),
    kept: readKept(folders.own),
  };
};
