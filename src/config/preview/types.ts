import type { Message } from '../../common/errors';
import type { Band, Bands } from '../../profile/types';

/** A number that may differ from epoch to epoch: of the first, of the last, and the mean of all. */
export interface OverEpochs {
  readonly first: number;
  readonly last: number;
  readonly mean: number;
}

/** What a stage does with one class. */
export interface ClassInStage {
  /** Expected draws an epoch, copies included. */
  readonly draws: OverEpochs;
  /** How often one of its training samples is expected an epoch, the mean; null for an empty class. */
  readonly repeats: number | null;
  /** Class weight in the loss once it is in force; null where nothing is weighted. */
  readonly weight: number | null;
}

export interface PreviewClass {
  readonly name: string;
  readonly band: Band;
  /** In the training split, before any hold-out. */
  readonly before: number;
  readonly heldOut: { readonly validation: number; readonly test: number };
  /** What is trained on. */
  readonly count: number;
  /** Share among what is trained on. */
  readonly share: number;
  /** Share in the prior that the trained model carries, which a correction divides by. */
  readonly effectivePrior: number;
  /** Share the model is meant for by `goal.prior`. */
  readonly target: number;
  /** In the order of the stages. */
  readonly stages: readonly ClassInStage[];
}

export interface PreviewStage {
  readonly name: string;
  readonly epochs: number;
  /** Samples an epoch. */
  readonly draws: OverEpochs;
  readonly batchSize: number;
  /** Optimizer steps of the whole stage, and of its warm-up. */
  readonly steps: number;
  readonly warmupSteps: number;
}

/** Bytes while training, besides the process itself; null where the inputs' width is not known. */
export interface MemoryEstimate {
  /** Every picture of the three parts, a byte a channel. */
  readonly pixels: number;
  /** Layer outputs of one batch and their gradients, four bytes each. */
  readonly activations: number;
  /** Weights, gradients and momentum, four bytes each. */
  readonly parameters: number;
}

export interface TimeEstimate {
  readonly seconds: number;
  /** The plain baseline beside it, where none is stored yet; 0 where the config is plain itself. */
  readonly baselineSeconds: number;
  readonly backend: string;
  /** From so many earlier runs of the same shape, or, at 0, from a figure of the backend. */
  readonly runs: number;
}

/** What a config would do to a dataset, without doing it. */
export interface DryRun {
  readonly schema: 'longtail.preview/1';
  readonly task: 'single-label' | 'multi-label';
  readonly bands: Bands;
  readonly classes: readonly PreviewClass[];
  readonly stages: readonly PreviewStage[];
  /** Samples of each part; with several labels an item the numbers are near, not exact. */
  readonly parts: { readonly train: number; readonly validation: number; readonly test: number };
  readonly memory: MemoryEstimate | null;
  readonly time: TimeEstimate;
  /** What the numbers leave out. */
  readonly notes: readonly Message[];
}
