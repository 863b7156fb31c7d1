import { lossTraits } from './losses';
import { samplerTraits } from './samplers';
import type { RebalanceConfig } from './schema';

/**
 * A config as the catalogue of methods sees it, with names also of methods that the schema cannot
 * say yet: the table of combinations is written against it, and grows into force with the schema.
 */
export interface StagePlan {
  readonly name: string;
  readonly epochs: number;
  readonly trainable: string;
  readonly init: string;
  readonly sampler: string;
  /** Exponent q of the sampler's class probability n^q; null where it is not of that family. */
  readonly power: number | null;
  readonly loss: string;
  readonly tau: number;
  readonly focalAlpha: number | null;
  readonly weights: string;
  readonly beta: number | null;
  readonly mixing: string;
  readonly optimizer: string;
}

export interface Plan {
  readonly stages: readonly StagePlan[];
  readonly posthoc: string;
  readonly posthocTau: number | 'auto';
  readonly head: { readonly kind: string; readonly scale: number | null; readonly bias: boolean };
  readonly tailCopies: boolean;
  readonly goalPrior: 'uniform' | 'as-trained' | 'given';
  readonly splits: RebalanceConfig['dataset']['splits'];
}

/** What a config says, as a plan; parts the schema lacks get the value that means “not used”. */
export const planOf = (config: RebalanceConfig): Plan => ({
  stages: config.stages.map(({ name, epochs, trainable, init, sampler, loss, optimizer }) => ({
    name,
    epochs,
    trainable,
    init,
    sampler: sampler.kind,
    power: samplerTraits(sampler).power,
    loss: loss.kind,
    tau: lossTraits(loss).adjustedTau,
    focalAlpha: null,
    weights: 'none',
    beta: null,
    mixing: 'none',
    optimizer: optimizer.kind,
  })),
  posthoc: config.posthoc.kind,
  posthocTau: config.posthoc.kind === 'none' ? 0 : config.posthoc.tau,
  head: { kind: 'dense', scale: null, bias: true },
  tailCopies: false,
  goalPrior: typeof config.goal.prior === 'string' ? config.goal.prior : 'given',
  splits: config.dataset.splits,
});
