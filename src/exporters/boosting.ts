import { softmaxAbilities } from './abilities';
import { map } from '../methods/numbers';
import { boostingLoss } from './boostingLoss';
import { itemWeights } from './itemWeights';
import { lastStage } from './lastStage';
import { classTable, countsAndOrder, float, origin, pythonText } from './pythonModule';
import { labelCode, probabilityCode } from './pythonTabular';
import type { Issue } from '../common/errors';
import type { ExporterAbilities, ExportJob } from './types';

/** Gradient boosting fits all samples in every round: samplers become weights, losses objectives. */
export const boostingCan: ExporterAbilities = {
  ...softmaxAbilities,
  deferred: false,
  posthoc: ['logit-adjustment'],
  biasInit: true,
};

/** Class weight times how often the sampler draws an item of the class. */
const sampleWeights = (job: ExportJob): Float64Array => {
  const drawn = itemWeights(job);
  const { values } = job.stage.weights;
  return map(job.prior, (share, j) =>
    share === 0 ? 0 : (values?.[j] ?? 1) * (drawn === null ? 1 : (drawn[j] ?? 0)),
  );
};

const weighting = (job: ExportJob): string => {
  const { sampler, weights } = job.stage;
  const mean = weights.values !== null && weights.reduction === 'weightedMean';
  return `
# Weight of a sample by its class: class weight (${weights.values === null ? 'none' : weights.kind}) times how often an epoch draws the
# sample (${sampler.kind}). Boosting sees all samples in each round, so drawing is weighing here.
${classTable('SAMPLE_WEIGHTS', job, sampleWeights(job), float)}


def sample_weight(y, class_mapping=None):
    weights = np.array(in_order(SAMPLE_WEIGHTS, resolved(class_mapping)))
${
  mean
    ? `    weights = weights[indices_of(y, class_mapping)]
    # Their mean is 1: the loss is divided by the sum of the weights.
    return weights / weights.mean()`
    : '    return weights[indices_of(y, class_mapping)]'
}
${
  job.classes.length === 2
    ? `

def scale_pos_weight(class_mapping=None):
    # For the library's own objective of two classes, in place of sample_weight: never both.
    negative, positive = in_order(SAMPLE_WEIGHTS, resolved(class_mapping))
    return positive / negative
`
    : ''
}`;
};

const start = `

def start_logits(class_mapping=None):
    # Where boosting starts: the constant logits of least loss under the weights above, for a plain
    # or a shifted cross-entropy. An empty class starts so low that it is never predicted.
    mapping = resolved(class_mapping)
    weights = np.array(in_order(SAMPLE_WEIGHTS, mapping)) * in_order(COUNTS, mapping)
    filled = weights > 0
    logits = np.log(np.where(filled, weights, 1.0) / weights.sum())
    loss = make_loss(mapping)
    shift, temperature = getattr(loss, "shift", None), getattr(loss, "temperature", None)
    if shift is not None:
        logits = logits - np.where(filled, shift, 0.0)
    if temperature is not None:
        logits = logits * temperature
    return np.where(filled, logits, logits[filled].min() - 30.0)


def softmax(logits):
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)
`;

/** What differs between the libraries. */
export interface BoostingLibrary {
  readonly import: string;
  /** Objective, data, training and `predict_logits`. */
  readonly code: string;
}

/** A module for a library of gradient boosting: `class_balance.py`. */
export const boostingModule = (
  whole: ExportJob,
  leftOut: readonly Issue[],
  library: BoostingLibrary,
): string => {
  const job = lastStage(whole, true);
  const loss = boostingLoss(job);
  return pythonText([
    origin(job, leftOut),
    `\n${loss.includes('math.') ? 'import math\n\n' : ''}${library.import}\n`,
    countsAndOrder(job),
    labelCode(),
    weighting(job),
    loss,
    start,
    library.code,
    probabilityCode(job),
  ]);
};
