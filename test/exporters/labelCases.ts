import { createRandom } from '../../src/common/random';
import { lossTraits } from '../../src/config/losses';
import { exportFiles, exportPlan, type Exporter, type ExportJob } from '../../src/exporters';
import { reduceLoss } from '../../src/methods/losses';
import { initialBias } from '../../src/trainer/models/initialBias';
import { profileOf } from '../support/configs';
import { configOf, hostileNames, stagePatch } from '../support/exports';
import type { ExecutedCase } from './cases';

/** One row a loss of several labels, with another sampler each. */
const rows: Readonly<Record<string, object>> = {
  plain: {},
  'pos-weight': {
    loss: { kind: 'sigmoid', positiveCap: 20 },
    sampler: { kind: 'class-balanced' },
  },
  focal: { loss: { kind: 'sigmoid-focal', gamma: 2 }, sampler: { kind: 'square-root' } },
  'focal-alpha': {
    loss: { kind: 'sigmoid-focal', gamma: 1, alpha: 0.25 },
    sampler: { kind: 'effective-number', beta: 0.99 },
  },
  asymmetric: { loss: { kind: 'asymmetric' }, sampler: { kind: 'repeat-factor' } },
  'asymmetric-whole': {
    loss: { kind: 'asymmetric', gammaPositive: 0, gammaNegative: 2, clip: 0 },
    sampler: { kind: 'repeat-factor', threshold: 0.4, squareRoot: false, most: 3.5 },
    epochs: 4,
    switchAt: 2,
  },
  'distribution-balanced': {
    loss: { kind: 'distribution-balanced' },
    sampler: { kind: 'class-aware', perClass: 4 },
    epochs: 4,
    switchAt: 1,
  },
  'distribution-balanced-flat': {
    loss: { kind: 'distribution-balanced', gamma: 1, biasScale: 0, weightFloor: 0.5 },
    sampler: { kind: 'reversed' },
  },
  adjusted: {
    loss: { kind: 'adjusted-sigmoid', tau: 1.5 },
    sampler: { kind: 'progressive' },
    epochs: 5,
  },
};

const items = 600;
const names = ['b', '10', 'Ä', '2', 'B', 'nobody has it'];
/** Chance of each label: samples with none, with several, and a label without samples. */
const chances = [0.6, 0.3, 0.15, 0.05, 0.02, 0];

const random = createRandom(3, 'labels', items);
const targets = Array.from({ length: items }, () =>
  chances.map((chance) => (random.nextFloat() < chance ? 1 : 0)),
);
const counts = names.map((_, j) => targets.reduce((sum, row) => sum + (row[j] ?? 0), 0));

/** Draws that each sample has in the mean of an epoch. */
const drawsOf = ({ stage: { sampler } }: ExportJob): readonly number[] => {
  const { draw, repeats, shares } = sampler;
  return targets.map((row) => {
    if (draw === 'every-item-once') return 1;
    if (draw === 'repeat')
      return Math.max(1, ...row.map((has, j) => (has === 1 ? (repeats?.[j] ?? NaN) : 1)));
    return row.reduce<number>(
      (sum, has, j) => sum + (has === 1 ? (items * (shares[j] ?? NaN)) / (counts[j] ?? NaN) : 0),
      0,
    );
  });
};

/** Rows to compute the loss of; logits up to what float32 can just tell from certainty, and beyond. */
const batch = {
  targets: [[0, 0, 0, 0, 0, 0], ...targets.slice(0, 23)],
  logits: Array.from({ length: 24 }, (_, i) =>
    names.map((__, j) =>
      i < 4 ? [0, 60, -60, 1e4][(i + j) % 4]! : Math.fround(8 * random.nextFloat() - 4),
    ),
  ),
};

const expectedOf = (job: ExportJob): object => {
  const { loss, epochs, switchAt, sampler } = job.stage;
  const result = lossTraits(loss.config).multi?.({
    classes: names.length,
    counts,
    samples: items,
    targets: batch.targets.flat(),
    logits: batch.logits.flat(),
  });
  if (result === undefined) throw new Error(`${loss.config.kind} is no loss of several labels`);
  const draws = drawsOf(job);
  const sum = draws.reduce((a, b) => a + b, 0);
  return {
    targets,
    draws: Math.round(sum),
    once: sampler.draw === 'every-item-once',
    sampleShares: draws.map((one) => one / sum),
    labelShares: names.map(
      (_, j) => draws.reduce((all, one, i) => all + one * (targets[i]?.[j] ?? 0), 0) / sum,
    ),
    epochs,
    switchAt,
    batch,
    each: [...result.perExample],
    mean: reduceLoss(result, 'mean').loss,
    start: [...initialBias({ sigmoid: true, counts, samples: items })],
  };
};

/** The cases of items with any number of labels; names that try to become code in one of them. */
export const labelCases = (exporter: Exporter): readonly ExecutedCase[] =>
  Object.entries(rows).map(([name, stage]) => {
    const own = name === 'plain' ? [...hostileNames, '2', 'Ä'] : names;
    const made = profileOf({ counts, names: own, task: 'multi-label' });
    const labels = counts.reduce((a, b) => a + b, 0);
    const profile = { ...made, samples: items, splits: { all: { samples: items, labels } } };
    const config = configOf(profile, {
      ...stagePatch(profile, stage),
      model: { biasInit: 'prior' },
    });
    const job = exportPlan({ profile, config, index: null });
    const { files, issues } = exportFiles(job, exporter);
    return {
      name: `labels-${name}`,
      files: files.map(({ path, parts }) => ({ path, text: [...parts].join('') })),
      expected: {
        task: 'multi-label',
        classNames: own,
        counts,
        leftOut: issues.map(({ code }) => code.replace('exporters/left-out-', '')),
        ...expectedOf(job),
      },
    };
  });
