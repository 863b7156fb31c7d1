import { lossTraits } from './losses';
import { samplerTraits } from './samplers';
import type { RebalanceConfig } from './schema';
import { weightTraits } from './weights';

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
  /** Whether weights and sampler come into force after the stage has begun. */
  readonly deferred: boolean;
  readonly mixing: string;
  readonly optimizer: string;
  readonly weightDecay: number;
  /** The classifier in force: the stage's own, an earlier stage's, the model's. */
  readonly classifier: string;
}

export interface Plan {
  readonly stages: readonly StagePlan[];
  readonly posthoc: string;
  readonly posthocTau: number | 'auto';
  readonly head: { readonly kind: string; readonly scale: number | null; readonly bias: boolean };
  readonly goalPrior: 'uniform' | 'as-trained' | 'given';
  readonly splits: RebalanceConfig['dataset']['splits'];
}

/** The classifier in force after so many stages; undefined for the model's usual one. */
export const classifierAfter = ({ model, stages }: RebalanceConfig, count: number) =>
  stages.slice(0, count).findLast((stage) => stage.classifier !== undefined)?.classifier ??
  ('classifier' in model ? model.classifier : undefined);

/** The classifier that the last stage leaves. */
const headOf = (config: RebalanceConfig): Plan['head'] => {
  const last = classifierAfter(config, config.stages.length);
  return {
    kind: last?.kind ?? 'linear',
    scale: last?.kind === 'cosine' ? last.scale : null,
    bias: last?.kind === 'cosine' ? false : last?.kind === 'linear' ? (last.bias ?? true) : true,
  };
};

/** What a config says, as a plan; parts the schema lacks get the value that means “not used”. */
export const planOf = (config: RebalanceConfig): Plan => ({
  stages: config.stages.map((stage, i) => ({
    name: stage.name,
    epochs: stage.epochs,
    trainable: stage.trainable,
    init: stage.init,
    sampler: stage.sampler.kind,
    power: samplerTraits(stage.sampler).power,
    loss: stage.loss.kind,
    tau: lossTraits(stage.loss).adjustedTau,
    focalAlpha:
      'alpha' in stage.loss && typeof stage.loss.alpha === 'number' ? stage.loss.alpha : null,
    weights: stage.weights?.kind ?? 'none',
    beta: weightTraits(stage.weights).beta,
    deferred: (stage.switchAt ?? 0) > 0,
    mixing: stage.mixing?.kind ?? 'none',
    optimizer: stage.optimizer.kind,
    weightDecay: stage.optimizer.weightDecay,
    classifier: classifierAfter(config, i + 1)?.kind ?? 'linear',
  })),
  posthoc: config.posthoc.kind,
  posthocTau: 'tau' in config.posthoc ? config.posthoc.tau : 0,
  head: headOf(config),
  goalPrior: typeof config.goal.prior === 'string' ? config.goal.prior : 'given',
  splits: config.dataset.splits,
});
