import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { LongtailError } from '../../common/errors';
import type { ExportedModel } from '../../config/exportedModel/types';
import { trainedPrior } from '../../config/trainedPrior';
import { runFiles, runsFolder } from '../../protocol/runFiles';
import type { RunReport } from '../../report/types';
import type { ModelSpec, NamedWeight } from '../models/types';
import { readStageWeights } from '../network';
import { readReport } from '../report';
import { readRecord } from '../runFolder';
import type { FinishedModel } from './finishedModel';
import { readNearestMeans } from './nearestMeans';
import { readDescribed } from './readDescribed';
import { modelInputOf } from './runInput';
import { outputOf } from './runOutput';
import { serveNetwork, type ClassMeans } from './servedNetwork';

const storedModel = z.object({
  schema: z.literal('longtail.model/1'),
  // Written by `writeModel` from the network itself, and held against the weights when it is built.
  spec: z.custom<ModelSpec>((value: unknown) => typeof value === 'object' && value !== null),
  inputShape: z.array(z.number()),
  input: z.record(z.string(), z.unknown()),
  classNames: z.array(z.string()),
});

type StoredModel = z.infer<typeof storedModel>;

/** The folder whose weights gave the run its scores: a run that only corrects has its baseline's. */
const weightsFolder = (folder: string, storeFolder: string, report: RunReport): string => {
  const id = report.baseline?.id ?? report.id;
  const places = [folder, join(dirname(folder), id), join(storeFolder, runsFolder, id)];
  const found = places.find((place) => existsSync(join(place, runFiles.model, 'weights.npz')));
  if (found === undefined)
    throw new LongtailError('model/no-weights-of-run', { folder, baseline: id });
  return found;
};

const readStored = (folder: string, report: RunReport): StoredModel => {
  const path = join(folder, runFiles.model, 'model.json');
  const wrong = (place: string): LongtailError =>
    new LongtailError('model/description', { path, place });
  const stored = readDescribed(path, storedModel, wrong);
  if (String(stored.classNames) !== String(report.dataset.classNames)) throw wrong('classNames');
  return stored;
};

const meansOf = (folder: string, { config }: RunReport): ClassMeans | null => {
  if (config.posthoc.kind !== 'nearest-mean') return null;
  const means = readNearestMeans(folder, config.posthoc);
  if (means === null) throw new LongtailError('model/no-means', { folder });
  return means;
};

const byName = <T>(names: readonly string[], value: (at: number) => T): Record<string, T> =>
  Object.fromEntries(names.map((name, j) => [name, value(j)]));

/** Whether a setting was kept in the report page after the run: it then counts. */
const hasKept = (folder: string): boolean =>
  existsSync(join(folder, runFiles.model, runFiles.modelPosthoc));

/**
 * The classifier that the report of a run measured, with the correction it measured or, where one
 * was kept in the report page since, that one. Throws `model/unfinished`, `model/no-weights-of-run`
 * where the baseline that has them is gone, `model/no-means` for a run by class means of an earlier
 * version, and `model/description`.
 */
export const openRunModel = (folder: string, storeFolder: string): FinishedModel => {
  const report = readReport(folder);
  const record = readRecord(folder);
  if (report === null)
    throw new LongtailError(record === null ? 'model/none' : 'model/unfinished', { folder });
  const source = weightsFolder(folder, storeFolder, report);
  const stored = readStored(source, report);
  const trained: ReadonlyMap<string, NamedWeight> =
    readStageWeights(source, 'all') ?? new Map<string, NamedWeight>();
  const { config, trainCounts, dataset } = report;
  const names = dataset.classNames;
  const kept = hasKept(folder);
  const means = kept ? null : meansOf(folder, report);
  const network = serveNetwork(stored.spec, trained, names.length, means);
  const prior = trainedPrior(config, trainCounts);
  const description: ExportedModel = {
    schema: 'longtail.exported-model/1',
    title: report.title,
    run: { id: report.id, fingerprint: dataset.fingerprint, seed: report.seed },
    task: report.scores.multiLabel === undefined ? 'single-label' : 'multi-label',
    classes: names,
    training: {
      counts: byName(names, (j) => trainCounts[j] ?? 0),
      prior: byName(names, (j) => prior[j] ?? 0),
    },
    targetPrior: report.targetPrior,
    input: modelInputOf(stored.input, join(source, runFiles.model, 'model.json')),
    network: {
      kind: stored.spec.kind,
      inputShape: stored.inputShape,
      layers: network.layers,
      head: network.head,
    },
    ...outputOf(folder, report, { spec: stored.spec, trained, kept }),
    versions: report.versions,
  };
  const { model } = config;
  const frozen =
    model.kind === 'pretrained' ? { model, configPath: record?.configPath ?? folder } : null;
  return { description, weights: network.weights, frozen };
};
