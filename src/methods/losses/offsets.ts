import { largest, map } from '../numbers';
import type { Numbers } from '../numbers';
import { logPrior, scaledLogs } from '../priors';
import type { LossParams } from './types';

/**
 * tau log(n_j / N) [C]: what the logit-adjusted loss adds to the logits in training. Menon et al.,
 * ICLR 2021, equation 10. With tau 1 it is the balanced softmax of Ren et al., NeurIPS 2020, whose
 * log n_j differs by a constant.
 */
export const logitAdjustment = (counts: Numbers, tau: number): Float64Array =>
  scaledLogs(logPrior(counts).values, tau);

/** Temperatures (n_max / n_j)^gamma [C] that logits are divided by; 1 for an empty class. */
export const classTemperatures = (counts: Numbers, gamma: number): Float64Array => {
  const top = largest(counts);
  return map(counts, (n) => (n > 0 ? Math.pow(top / n, gamma) : 1));
};

/** The affine change a softmax loss makes to its logits: z_j / temperatures_j + offsets_j. */
export interface LogitChange {
  /** Additive [C]; -Infinity for a class that is out of the softmax (`finiteOffsets` for tensors). */
  readonly offsets: Float64Array;
  readonly temperatures: Float64Array;
}

const changes: Record<string, (counts: Numbers, params: LossParams) => LogitChange> = {
  'balanced-softmax': (counts) => plain(counts, map(counts, Math.log)),
  'logit-adjusted': (counts, { tau = 1 }) => plain(counts, logitAdjustment(counts, tau)),
  'vector-scaling': (counts, { tau = 1, gamma = 0.3 }) => ({
    offsets: logitAdjustment(counts, tau),
    temperatures: classTemperatures(counts, gamma),
  }),
  'class-temperature': (counts, { gamma = 0.2 }) => ({
    offsets: new Float64Array(counts.length),
    temperatures: classTemperatures(counts, gamma),
  }),
};

const plain = (counts: Numbers, offsets: Float64Array): LogitChange => ({
  offsets,
  temperatures: map(counts, () => 1),
});

/** What a loss adds to and divides its logits by, per class; nothing for losses that do neither. */
export const logitChange = (kind: string, counts: Numbers, params: LossParams): LogitChange =>
  changes[kind]?.(counts, params) ?? plain(counts, new Float64Array(counts.length));

/** The additive part of `logitChange` [C]. */
export const lossOffsets = (kind: string, counts: Numbers, params: LossParams): Float64Array =>
  logitChange(kind, counts, params).offsets;

/** logits / temperatures + offsets for every row of [items][C]. */
export const applyChange = (logits: Numbers, change: LogitChange): Float64Array => {
  const { temperatures, offsets } = change;
  const classes = offsets.length;
  const changed = new Float64Array(logits);
  for (let i = 0; i < changed.length; i++) {
    const j = i % classes;
    changed[i] = (changed[i] ?? NaN) / (temperatures[j] ?? NaN) + (offsets[j] ?? NaN);
  }
  return changed;
};
