import { map } from '../methods/numbers';
import { csvCell } from './csv';
import type { Exporter, ExportJob, ExportStage } from './types';

const byName = (
  { classes }: ExportJob,
  values: Float64Array | null,
): Readonly<Record<string, number>> | null =>
  values === null ? null : Object.fromEntries(classes.map(({ name }, j) => [name, values[j] ?? 0]));

const stageData = (job: ExportJob, stage: ExportStage): object => {
  const { sampler, weights, loss } = stage;
  return {
    name: stage.name,
    epochs: stage.epochs,
    switchAt: stage.switchAt,
    trainable: stage.config.trainable,
    sampler: {
      ...stage.config.sampler,
      drawsPerEpoch: sampler.draws,
      shares: byName(job, sampler.shares),
      repeatFactors: byName(job, sampler.repeats),
      sizes: byName(job, sampler.sizes),
    },
    weights: {
      kind: weights.kind,
      reduction: weights.reduction === 'mean' ? 'mean' : 'weighted-mean',
      values: byName(job, weights.values),
    },
    loss: {
      ...loss.config,
      offsets: byName(job, loss.offsets),
      temperatures: byName(job, loss.temperatures),
      margins: byName(job, loss.margins),
      smoothing: byName(job, loss.smoothing),
    },
  };
};

const json = (job: ExportJob): string => {
  const { origin, classes, config } = job;
  const { dataset, format, task, split, fingerprint, items } = origin;
  const data = {
    origin: { dataset, format, task, split, fingerprint, items },
    counts: byName(
      job,
      Float64Array.from(classes, ({ count }) => count),
    ),
    ...(classes.some(({ images, count }) => images !== count)
      ? {
          images: byName(
            job,
            Float64Array.from(classes, ({ images }) => images),
          ),
        }
      : {}),
    prior: byName(job, job.prior),
    stages: job.stages.map((stage) => stageData(job, stage)),
    posthoc: config.posthoc,
  };
  return `${JSON.stringify(data, null, 2)}\n`;
};

/** Columns of the last stage; one that says nothing is left out. */
const csv = function* (job: ExportJob): Generator<string> {
  const { classes, stage } = job;
  const { sampler, weights, loss } = stage;
  const draws = sampler.draws;
  const all: readonly (readonly [string, Float64Array | null])[] = [
    ['prior', job.prior],
    ['draw_share', sampler.shares],
    ['expected_draws', draws === null ? null : map(sampler.shares, (share) => share * draws)],
    ['repeat_factor', sampler.repeats],
    ['class_weight', weights.values],
    ['logit_offset', loss.offsets],
    ['logit_temperature', loss.temperatures],
    ['margin', loss.margins],
    ['smoothing', loss.smoothing],
  ];
  const columns = all.filter(([, values]) => values !== null);
  yield `${['class', 'count', ...columns.map(([name]) => name)].join(',')}\n`;
  for (const [j, { name, count }] of classes.entries()) {
    const values = columns.map(([, own]) => String(own?.[j] ?? 0));
    yield `${[csvCell(name), String(count), ...values].join(',')}\n`;
  }
};

/** The numbers alone, for whatever reads JSON or CSV: every one by class name. */
export const table: Exporter = {
  id: 'json',
  tasks: ['single-label', 'multi-label', 'detection', 'segmentation', 'sequence'],
  can: {
    samplers: 'all',
    losses: 'all',
    weights: true,
    deferred: true,
    stages: true,
    posthoc: ['logit-adjustment', 'tau-norm', 'nearest-mean', 'thresholds'],
    mixing: [],
    cosineClassifier: true,
    biasInit: false,
  },
  files: (job) => [
    { path: 'class_balance.json', parts: [json(job)] },
    { path: 'class_balance.csv', parts: { [Symbol.iterator]: () => csv(job) } },
  ],
};
