import { trainedPrior } from '../config/trainedPrior';
import { calibrationOfConfidences } from '../methods/metrics';
import { map } from '../methods/numbers';
import { correctLogits } from '../methods/posthoc';
import { topOfRows } from '../methods/softmax';
import type { NormsData, ReliabilityBins, ReportOutputs } from '../protocol/reportPage';
import {
  correctionFor,
  settingOf,
  type BenchInputs,
  type BenchSetting,
} from '../report/bench/setting';
import type { RunReport } from '../report/types';
import { readLastLayer, type LastLayer } from './lastLayer';
import { readSaved, type SavedOutputs } from './savedOutputs';

/** Folders of a run and of the baseline it was trained beside, if that is still there. */
export interface RunFolders {
  readonly own: string;
  readonly baseline: string | null;
}

/** What corrections of a run's logits are made of. */
export const inputsOf = (report: RunReport, layer: LastLayer | null): BenchInputs => ({
  classNames: report.dataset.classNames,
  trainCounts: report.trainCounts,
  trained: map(trainedPrior(report.config, report.trainCounts), Math.log),
  layer,
});

/** The last layer of a run, or of the baseline that it corrects; null where there is none to divide. */
export const layerOf = ({ own, baseline }: RunFolders, outputs: SavedOutputs): LastLayer | null =>
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

/** How sure the run and its baseline are on test, and how often right; null without their outputs. */
export const reliabilityOf = (
  report: RunReport,
  folders: RunFolders,
): ReportOutputs['reliability'] => {
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

/** Norms of the last layer's rows and of the mean features on validation. */
export const normsOf = (
  report: RunReport,
  saved: SavedOutputs | null,
  layer: LastLayer | null,
): NormsData | null =>
  saved === null || report.scores.multiLabel !== undefined
    ? null
    : { weights: layer === null ? null : [...layer.norms], features: featureNorms(saved) };

/** What an exported report shows of the same; null where the outputs are gone or cannot be read. */
export const diagnosisOf = (
  report: RunReport,
  folders: RunFolders,
): Pick<ReportOutputs, 'reliability' | 'norms'> | null => {
  try {
    const validation = readSaved(folders.own, 'validation');
    const layer = validation === null ? null : layerOf(folders, validation);
    return {
      reliability: reliabilityOf(report, folders),
      norms: normsOf(report, validation, layer),
    };
  } catch {
    // Damaged arrays: the report stands without.
    return null;
  }
};
