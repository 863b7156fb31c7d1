import { LongtailError, type Issue } from '../common/errors';
import { createSampler } from '../config/samplers/createSampler';
import { csvCell } from './csv';
import type { Exporter, ExportFile, ExportItems, ExportJob } from './types';

/** What is drawn in the last epoch of the last stage: positions of items, with repetitions. */
const drawn = (job: ExportJob, items: ExportItems): Uint32Array => {
  const { stage, classes, config, origin } = job;
  const count = items.count();
  const several = origin.task !== 'single-label';
  const labels = new Int32Array(count);
  const labelLists = several ? Array.from({ length: count }, (_, i) => items.labels(i)) : undefined;
  const counts = new Array<number>(classes.length).fill(0);
  for (let item = 0; item < count; item++) {
    const own = labelLists?.[item] ?? [items.label(item)];
    labels[item] = own[0] ?? 0;
    for (const label of own) counts[label] = (counts[label] ?? 0) + 1;
  }
  const source = { labels, counts, seed: config.seed, labelLists };
  return createSampler(stage.config.sampler, source, stage.config).epoch(stage.epochs - 1);
};

const classText = (job: ExportJob, items: ExportItems, item: number): string =>
  job.origin.task === 'single-label'
    ? (job.classes[items.label(item)]?.name ?? '')
    : items
        .labels(item)
        .map((label) => job.classes[label]?.name ?? '')
        .join('|');

const csv = function* (job: ExportJob, items: ExportItems, hasRows: boolean): Generator<string> {
  yield hasRows ? 'path,row,class\n' : 'path,class\n';
  for (const item of drawn(job, items)) {
    const { path, row } = items.place(item);
    const name = csvCell(classText(job, items, item));
    yield `${csvCell(path)},${hasRows ? `${row ?? 0},` : ''}${name}\n`;
  }
};

/** One path a line, as many trainers read them; a line end in a path would make two of it. */
const list = function* (job: ExportJob, items: ExportItems): Generator<string> {
  for (const item of drawn(job, items)) {
    const { path } = items.place(item);
    if (!/[\r\n]/.test(path)) yield `${path}\n`;
  }
};

const filesOf = (job: ExportJob, items: ExportItems): readonly ExportFile[] => {
  const hasRows = items.count() > 0 && items.place(0).row !== null;
  return [
    { path: 'epoch.csv', parts: { [Symbol.iterator]: () => csv(job, items, hasRows) } },
    ...(hasRows
      ? []
      : [{ path: 'epoch.txt', parts: { [Symbol.iterator]: () => list(job, items) } }]),
  ];
};

const changing = ({ stage }: ExportJob): readonly Issue[] =>
  stage.sampler.changes || stage.switchAt > 0
    ? [
        {
          severity: 'warning',
          code: 'exporters/manifest-epoch',
          params: { stage: stage.name, epochs: stage.epochs },
        },
      ]
    : [];

/**
 * The training samples as one epoch of the sampler draws them, with repetitions: for whatever reads
 * a list of files. The last epoch of the last stage, by the config's seed.
 */
export const manifest: Exporter = {
  id: 'manifest',
  tasks: ['single-label', 'multi-label', 'detection', 'segmentation'],
  can: {
    samplers: 'all',
    losses: ['cross-entropy', 'sigmoid'],
    weights: false,
    deferred: true,
    stages: false,
    posthoc: [],
    mixing: [],
    cosineClassifier: false,
    biasInit: false,
  },
  issues: changing,
  files: (job) => {
    if (job.items === null) throw new LongtailError('exporters/no-items');
    return filesOf(job, job.items);
  },
};
