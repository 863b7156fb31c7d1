import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../common/errors';
import type { RebalanceConfig } from '../config/schema';
import { reportOfStored } from '../protocol/readReport';
import { runFiles } from '../protocol/runFiles';
import type { RunScore } from '../protocol/trainer';
import { mainScore } from '../report/compare';
import { toJson } from '../report/json';
import type { RunReport, RunSummary, StageTiming } from '../report/types';
import { writeAtomic } from './atomicFile';
import type { Backend } from './backend/types';
import type { TrainingData } from './data/trainingData';
import type { Corrected } from './posthoc';
import type { Scorer } from './score';

export interface ReportParts {
  readonly id: string;
  readonly title: string;
  readonly config: RebalanceConfig;
  readonly data: TrainingData;
  readonly backend: Pick<Backend, 'id' | 'versions'>;
  readonly scorer: Scorer;
  readonly corrected: Corrected;
  readonly baseline: RunSummary | null;
  readonly timings: readonly StageTiming[];
  readonly issues: readonly Issue[];
}

/** The report of a finished run. Test is scored here, once, for the setting that was kept. */
export const makeReport = (parts: ReportParts): RunReport => {
  const { id, title, config, data, backend, scorer, corrected } = parts;
  const { validation, test } = data.split;
  return {
    schema: 'longtail.report/1',
    id,
    title,
    config,
    seed: config.seed,
    seeds: [config.seed],
    versions: { node: process.versions.node, ...backend.versions },
    backend: backend.id,
    dataset: { root: data.root, fingerprint: data.fingerprint, classNames: data.classNames },
    bands: scorer.bands.bands,
    trainCounts: data.trainCounts,
    bandCounts: data.bandCounts,
    scoredSplit: data.split.scoredSplit,
    scores: scorer.score(corrected.test, test, corrected.thresholds),
    validation:
      corrected.validation === null
        ? null
        : scorer.score(corrected.validation, validation, corrected.thresholds),
    posthoc: corrected.posthoc,
    targetPrior: config.goal.prior,
    selectedOn: corrected.selectedOn,
    baseline: parts.baseline,
    timings: parts.timings,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    issues: parts.issues.map(({ code, params }) => ({ code, params })),
  };
};

/** Writes `report.json`. */
export const writeReport = (folder: string, report: RunReport): void => {
  writeAtomic(join(folder, runFiles.report), toJson([report]));
};

/** What run lists compare: the main score on validation; null where nothing was held out for it. */
export const scoreOf = ({ validation }: RunReport): RunScore | null => {
  if (validation === null) return null;
  const { kind, value } = mainScore(validation);
  return value === null ? null : { kind, value };
};

/** The report in a run folder, or null. */
export const readReport = (folder: string): RunReport | null => {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, runFiles.report), 'utf8'));
    return reportOfStored(value);
  } catch {
    return null;
  }
};
