import type { RebalanceConfig } from '../schema';

/** What a preset may look at besides the plain config. */
export interface PresetFacts {
  /** Classes with training samples. */
  readonly classes: number;
  /** n_max / n_min over them. */
  readonly ratio: number;
}

/** A paper's recipe with its schedule, scaled to the epochs of the plain config. */
export interface Preset {
  /** Named by `--preset`; its sentences are `config/preset/<id>` and `config/preset/<id>/why`. */
  readonly id: string;
  /** Whether it needs pictures. */
  readonly images: boolean;
  readonly apply: (plain: RebalanceConfig, facts: PresetFacts) => RebalanceConfig;
}
