import type { Issue } from '../common/errors';
import type { RebalanceConfig, StageConfig } from '../config/schema';
import type { Modality, Task } from '../dataset/types';

/** Where the numbers of an export come from; named in whatever is written. */
export interface ExportOrigin {
  /** Base name of the dataset. */
  readonly dataset: string;
  /** Its path, for scripts that read it. */
  readonly root: string;
  readonly format: string;
  readonly task: Task;
  readonly modality: Modality;
  readonly split: string;
  readonly fingerprint: string;
  /** Training items: samples, or images where a sample has objects. */
  readonly items: number;
}

export interface ExportClass {
  readonly name: string;
  /** Training samples of the class; objects where samples have objects. */
  readonly count: number;
  /** Training images with the class, for objects; else the count. */
  readonly images: number;
}

/** How a stage draws. Arrays are by class, in the order of the job's classes. */
export interface ExportSampler {
  readonly kind: StageConfig['sampler']['kind'];
  /** How an epoch's draws are made: `config/samplers/types.ts` says what each means. */
  readonly draw: 'every-item-once' | 'class-first' | 'class-cycle' | 'resample' | 'repeat';
  /** q where a class is drawn in proportion to n^q, else null. */
  readonly power: number | null;
  /** Share of the draws of each class; of the last epoch where `changes`. */
  readonly shares: Float64Array;
  /** Whether it goes from the data's shares in the first epoch to `shares` in the last. */
  readonly changes: boolean;
  /** Draws of an epoch. For `repeat` of several labels an item it depends on these: null. */
  readonly draws: number | null;
  /** `class-cycle`: so many items of a class in a row. */
  readonly perClass: number | null;
  /** `resample`: items of each class. */
  readonly sizes: Float64Array | null;
  /** `repeat`: factor of each class, from the share of items that have it; at least 1. */
  readonly repeats: Float64Array | null;
  /** `repeat`: t, the share of items below which a class is repeated; chosen from the data or given. */
  readonly threshold: number | null;
}

/** Class weights of a stage; `values` by class, 0 for an empty one, null where nothing is weighted. */
export interface ExportWeights {
  readonly kind: NonNullable<StageConfig['weights']>['kind'];
  readonly values: Float64Array | null;
  /** `weightedMean`: a batch is divided by the sum of its weights, as PyTorch does. */
  readonly reduction: 'mean' | 'weightedMean';
}

/**
 * The loss of a stage. What it does to the logits of class j before the softmax:
 * z / temperatures + offsets, and for the label's own logit less its margin.
 */
export interface ExportLoss {
  readonly config: StageConfig['loss'];
  /** τ of the prior it takes out: 0 for none. */
  readonly tau: number;
  /** By class; an empty class has a large negative number. null where it adds nothing. */
  readonly offsets: Float64Array | null;
  /** By class, null where nothing is divided. */
  readonly temperatures: Float64Array | null;
  /** LDAM: by class, in units of a cosine; null for the others. */
  readonly margins: Float64Array | null;
  /** Share of the target given to all classes alike, by class of the label; null for none. */
  readonly smoothing: Float64Array | null;
  /** γ of a focal loss, else 0. */
  readonly focus: number;
}

export interface ExportStage {
  readonly name: string;
  readonly epochs: number;
  /** First epoch, from 0, of the stage's sampler and weights; 0 where they hold from the start. */
  readonly switchAt: number;
  readonly config: StageConfig;
  readonly sampler: ExportSampler;
  readonly weights: ExportWeights;
  readonly loss: ExportLoss;
  /** A cosine classifier's scale, else null. */
  readonly cosineScale: number | null;
}

/** The training items, for exporters that write one line an item. */
export interface ExportItems {
  count(): number;
  /** Path relative to the dataset root; a row, record or offset in it where it holds several. */
  place(item: number): { readonly path: string; readonly row: number | null };
  /** Position in the job's classes, of an item with one label. */
  label(item: number): number;
  /** The same of all its labels. */
  labels(item: number): readonly number[];
}

/** What every exporter is given: a config and the counts of its data, worked out once in float64. */
export interface ExportJob {
  readonly config: RebalanceConfig;
  readonly origin: ExportOrigin;
  readonly classes: readonly ExportClass[];
  /** Shares of the classes in the training data. */
  readonly prior: Float64Array;
  /** At least one. */
  readonly stages: readonly ExportStage[];
  /** The last stage: what a framework without several stages gets. */
  readonly stage: ExportStage;
  /** Shares that the last stage's softmax carries, and those the model will meet (`goal.prior`). */
  readonly trainedPrior: Float64Array;
  readonly targetPrior: Float64Array;
  /** null where only a profile is known. */
  readonly items: ExportItems | null;
}

/** A file to write, in pieces where it may be large; the path is relative to the folder. */
export interface ExportFile {
  readonly path: string;
  readonly parts: Iterable<string>;
}

/** What of a config an exporter can say. What is not listed becomes an issue, never silence. */
export interface ExporterAbilities {
  readonly samplers: readonly ExportSampler['kind'][] | 'all';
  readonly losses: readonly StageConfig['loss']['kind'][] | 'all';
  readonly weights: boolean;
  /** `switchAt`. */
  readonly deferred: boolean;
  /** Several stages, or a stage that trains only a part of the network. */
  readonly stages: boolean;
  readonly posthoc: readonly RebalanceConfig['posthoc']['kind'][];
  readonly mixing: readonly NonNullable<StageConfig['mixing']>['kind'][];
  readonly cosineClassifier: boolean;
  /** `model.biasInit: prior`. */
  readonly biasInit: boolean;
}

/** One exporter: one file, one row in the table. Its id is what `--to` names. */
export interface Exporter {
  readonly id: string;
  readonly tasks: readonly Task[];
  /** null for files that are not about the methods of a config. */
  readonly can: ExporterAbilities | null;
  /** The same for items with any number of labels, where that differs. */
  readonly canLabels?: ExporterAbilities;
  /** What else it cannot say of this job. */
  readonly issues?: (job: ExportJob) => readonly Issue[];
  /** The files, the one to read first at the beginning. The same job gives the same bytes. */
  files(job: ExportJob, leftOut: readonly Issue[]): readonly ExportFile[];
}
