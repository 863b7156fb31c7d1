import { crossEntropyRows, oneHotRows, reduceLoss } from '../../../src/methods/losses';
import {
  bilateralLogits,
  bilateralLoss,
  branchShare,
  mixRowsInto,
  mixTargets,
  remixFactor,
  remixFactors,
} from '../../../src/methods/mixing';
import type { BranchSchedule } from '../../../src/methods/mixing';
import { predictRows } from '../../../src/methods/posthoc';
import type { JsonObject, GoldenFile } from '../files';
import { flat, number, numbers, rows, text } from '../read';
import type { Got } from '../compare';
import { batchOf } from './losses';
import type { Adapter, Adapters } from './types';

const schedules: Readonly<Record<string, BranchSchedule>> = {
  parabolic_decay: 'parabolicDecay',
  parabolic_increment: 'parabolicIncrement',
  linear_decay: 'linearDecay',
  cosine_decay: 'cosineDecay',
  fixed: 'fixed',
  separate_stage: 'separateStage',
};

const mixed = (input: JsonObject, file: GoldenFile, labelFactors: Float64Array): Got => {
  const batch = batchOf(file, input['batch']);
  const partners = numbers(input['permutation']);
  const x = rows(input['x']);
  const shares = new Float64Array(x.length).fill(number(input['lam']));
  const targets = mixTargets(batch.labels, batch.classes, partners, labelFactors);
  const result = crossEntropyRows(batch.logits, targets, batch.classes);
  const { loss, gradient } = reduceLoss(result, 'mean');
  return {
    mixedX: mixRowsInto(new Float64Array(x.flat().length), x.flat(), x[0]?.length ?? 0, {
      partners,
      factors: shares,
    }),
    lambdaY: labelFactors,
    targets,
    perExample: result.perExample,
    mean: loss,
    grad: gradient,
  };
};

/** The published code divides by 100 for 90 epochs and by 200 for 180. */
const officialDivisor = (epochs: number): number =>
  epochs === 90 ? 100 : epochs === 180 ? 200 : epochs;

const bbnAlpha: Adapter = (input) => {
  const schedule = schedules[text(input['schedule'])];
  if (!schedule) throw new Error(`no schedule ${text(input['schedule'])}`);
  const epochs = numbers(input['epochs']);
  const last = number(input['maxEpoch']);
  const official = officialDivisor(last);
  return {
    divEpochOfficial: official,
    alpha: epochs.map((epoch) => branchShare(schedule, epoch, last)),
    alphaOfficial: epochs.map((epoch) => branchShare(schedule, epoch, official)),
  };
};

const bbnForward: Adapter = (input) => {
  const weights = rows(input['weights']);
  const features = { a: flat(input['featuresA']), b: flat(input['featuresB']) };
  const classifier = {
    weights: weights.flat(),
    bias: numbers(input['bias']),
    width: (weights[0]?.length ?? 0) / 2,
  };
  const alpha = branchShare(
    'parabolicDecay',
    number(input['epoch']),
    officialDivisor(number(input['maxEpoch'])),
  );
  const logits = bilateralLogits(features, classifier, alpha);
  const labels = { a: numbers(input['labelsA']), b: numbers(input['labelsB']) };
  const { loss, gradient } = bilateralLoss(logits, weights.length, labels, alpha);
  return {
    alpha,
    logits,
    mean: loss,
    gradLogits: gradient,
    logitsAtHalf: bilateralLogits(features, classifier, 0.5),
  };
};

const bbnBranch: Adapter = (input) => {
  const conventional = rows(input['logitsC']);
  const classes = conventional[0]?.length ?? 0;
  const alpha = number(input['alpha']);
  const rebalancing = flat(input['logitsR']);
  const labels = { a: numbers(input['labelsC']), b: numbers(input['labelsR']) };
  const logits = Float64Array.from(
    conventional.flat(),
    (z, i) => alpha * z + (1 - alpha) * (rebalancing[i] ?? NaN),
  );
  const { perExample, loss, gradient } = bilateralLoss(logits, classes, labels, alpha);
  return {
    mixed: logits,
    predictions: predictRows(logits, classes),
    perExample,
    mean: loss,
    gradC: gradient.map((g) => alpha * g),
    gradR: gradient.map((g) => (1 - alpha) * g),
    meanOfDoubled: bilateralLoss(
      logits.map((z) => 2 * z),
      classes,
      labels,
      alpha,
    ).loss,
  };
};

export const mixup: Adapters = {
  remixLambda: (input) => {
    const options = { kappa: number(input['kappa']), tau: number(input['tau']) };
    return {
      lambdaY: numbers(input['lambdas']).map((lambda) =>
        remixFactor(number(input['nI']), number(input['nJ']), lambda, options),
      ),
    };
  },
  mixup: (input, file) =>
    mixed(
      input,
      file,
      new Float64Array(numbers(input['permutation']).length).fill(number(input['lam'])),
    ),
  remix: (input, file) => {
    const { labels, counts } = batchOf(file, input['batch']);
    const factors = remixFactors(labels, numbers(input['permutation']), counts, {
      kappa: number(input['kappa']),
      tau: number(input['tau']),
      lambda: number(input['lam']),
    });
    return mixed(input, file, factors);
  },
  bbnLoss: (input, file) => {
    const batch = batchOf(file, input['batch']);
    const labels = { a: batch.labels, b: numbers(input['labelsB']) };
    const { loss, gradient } = bilateralLoss(
      batch.logits,
      batch.classes,
      labels,
      number(input['alpha']),
    );
    const alone = (own: ArrayLike<number>): number =>
      reduceLoss(
        crossEntropyRows(batch.logits, oneHotRows(own, batch.classes), batch.classes),
        'mean',
      ).loss;
    return { lossA: alone(labels.a), lossB: alone(labels.b), mean: loss, grad: gradient };
  },
  bbnAlpha,
  bbnForward,
  bbnBranch,
};
