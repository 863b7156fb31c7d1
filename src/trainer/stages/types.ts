import type { StageConfig } from '../../config/schema';
import type { TailQuestion } from '../../config/stageCounts';
import type { Ops } from '../backend/types';
import type { TrainingData } from '../data/trainingData';
import type { Objective } from '../losses/types';
import type { Gradients, Network } from '../models/types';

/** What a stage trains on. */
export interface StageInputs {
  readonly ops: Ops;
  readonly network: Network;
  readonly data: TrainingData;
  readonly config: StageConfig;
  /** Seed of the stage: the same for a recipe and its baseline. */
  readonly seed: number;
  readonly stage: number;
  /** Copies of rare pictures, where the config asks for them. */
  readonly tailAugment?: TailQuestion['tailAugment'];
  /** Lets messages in between pieces of long work; throws to stop. */
  readonly breathe: () => Promise<void>;
}

export interface StepResult {
  /** Sum of the batch's losses. */
  readonly lossSum: number;
  readonly gradients: Gradients;
}

export interface Outputs {
  /** [rows, classes] */
  readonly logits: Float32Array;
  /** [rows, feature width] */
  readonly features: Float32Array;
}

/** The part of a stage that differs: how a batch becomes gradients, and how validation is scored. */
export interface StageWork {
  /** `positions` into the stage's items, drawn from place `draw` of the epoch on. */
  step(
    positions: Uint32Array,
    objective: Objective,
    draw: { readonly epoch: number; readonly at: number },
  ): StepResult;
  /** Outputs of the validation rows in inference mode; null where there are none. */
  validate(): Promise<Outputs | null>;
  dispose(): void;
}

/** A kind of stage; `trainable` of the config picks it. */
export type PrepareStage = (inputs: StageInputs) => Promise<StageWork>;
