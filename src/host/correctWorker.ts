import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LongtailError } from '../common/errors';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { posthocFiles, type PosthocFile } from '../exporters/posthoc';
import { correctPredictions } from '../predictions/correct';
import { readOutputs } from '../predictions/readOutputs';
import { countsInOrder, readTrainCounts, type CountsByName } from '../predictions/trainCounts';
import { readTrained } from '../predictions/trained';
import type { ModelOutputs, NamedParts } from '../predictions/types';
import { posthocMarkdown } from '../report/posthoc';
import type { CorrectionJob, CorrectionOutcome, CountsFrom } from './correctionJob';

// The body of the thread: no editor here, only the core that the shell uses too.

const read = (
  path: string,
  parts: NamedParts,
  counts: CountsByName | null,
): Promise<ModelOutputs> =>
  readOutputs(nodeFileSource, path, parts, {
    resolve: (own) => own,
    ...(counts === null ? {} : { knownClasses: [...counts.keys()] }),
  });

const namedCounts = (from: CountsFrom): CountsByName | null => {
  if (from.kind === 'named') return new Map(from.counts);
  return from.kind === 'list' ? readTrainCounts(nodeFileSource, from.path) : null;
};

const write = (folder: string, files: readonly PosthocFile[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const { name, parts } of files) {
    const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
    writeFileSync(join(folder, name), Buffer.concat(bytes));
  }
};

const correct = async (
  job: Extract<CorrectionJob, { kind: 'correct' }>,
): Promise<CorrectionOutcome> => {
  const counts = namedCounts(job.counts);
  const outputs = await read(job.path, job.parts, counts);
  const trainCounts =
    counts === null ? outputs.trainCounts : countsInOrder(counts, outputs.classNames);
  if (trainCounts === null) throw new LongtailError('posthoc/no-counts', { path: job.path });
  const corrected = correctPredictions({
    outputs,
    select: null,
    trainCounts,
    trained: readTrained(job.trained),
    target: 'uniform',
    tau: 'auto',
    rule: null,
    bands: 'auto',
    seed: 0,
  });
  const markdown = posthocMarkdown(corrected.result);
  if (job.out !== null)
    write(job.out, [{ name: 'report.md', parts: [markdown] }, ...posthocFiles(corrected, outputs)]);
  return { kind: 'corrected', markdown, reasons: corrected.result.reasons };
};

/** A file that cannot be read without asking brings nothing. */
const peek = async (path: string): Promise<CorrectionOutcome> => {
  try {
    const { trainCounts } = await read(path, {}, null);
    return { kind: 'peeked', bringsCounts: trainCounts !== null };
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'peeked', bringsCounts: false };
  }
};

const run = async (job: CorrectionJob): Promise<CorrectionOutcome> => {
  try {
    return await (job.kind === 'peek' ? peek(job.path) : correct(job));
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'failed', code: error.code, params: error.params };
  }
};

void run(workerData as CorrectionJob).then((outcome) => parentPort?.postMessage(outcome));
