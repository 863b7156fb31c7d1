import type { Message } from '../../common/errors';
import {
  inputsOf,
  layerOf,
  normsOf,
  reliabilityOf,
  type RunFolders,
} from '../../outputs/diagnosis';
import type { LastLayer } from '../../outputs/lastLayer';
import { readSaved, type SavedOutputs } from '../../outputs/savedOutputs';
import type { BenchData, ReportOutputs } from '../../protocol/reportPage';
import type { RunReport } from '../../report/types';
import { readKept } from './kept';

const bytesOf = (values: Float64Array | Float32Array | Int32Array): ArrayBuffer =>
  values.slice().buffer;

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
