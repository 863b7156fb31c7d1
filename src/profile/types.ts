import type { Issue } from '../common/errors';
import type { Modality, Task } from '../dataset/types';

export type Band = 'many' | 'medium' | 'few';
/** `count`, `rank` (shown as head / medium / tail), `lvis`, `custom` with the user's thresholds. */
export type BandScheme = 'count' | 'rank' | 'lvis' | 'custom';

export interface Bands {
  readonly scheme: BandScheme;
  /** count, custom: many if n > manyAbove, few if n < fewBelow. rank: the two counts that part the thirds. */
  readonly thresholds: { readonly manyAbove: number; readonly fewBelow: number };
}

export interface ProfileClass {
  readonly name: string;
  /** Over all splits; annotations for detection and segmentation. */
  readonly count: number;
  readonly images?: number;
  readonly splits: Readonly<Record<string, number>>;
  readonly band: Band;
}

/**
 * Measures of `profiledSplit`. Names and definitions are those of golden/profile.json `counts`
 * kind; further ones of METHODS (f) have other names. Undefined measures are null.
 */
export type ProfileMetrics = Readonly<Record<string, number | null>>;

/** What a split beside the training split can measure. */
export interface SplitFacts {
  readonly name: string;
  readonly samples: number;
  /** Classes of the training split without a label here. */
  readonly absent: number;
  /** Classes with 1 to 19 labels here: a recall on so few is vague. */
  readonly fewToMeasure: number;
  /** Total variation of the class shares from those of training, 0 … 1. */
  readonly distance: number;
  /**
   * Classes whose share differs from that in training beyond chance: exact conditional binomial
   * tests, false discovery rate 5 %. null for objects, which are not independent.
   */
  readonly drifted: number | null;
}

export interface SplitAudit {
  readonly splits: readonly SplitFacts[];
  readonly findings: readonly Issue[];
}

export interface LongTailProfile {
  readonly schema: 'longtail.profile/1';
  readonly dataset: {
    readonly root: string;
    readonly format: string;
    readonly task: Task;
    readonly modality: Modality;
    readonly fingerprint: string;
  };
  readonly samples: number;
  readonly unlabelled: number;
  readonly partial?: { readonly share: number };
  /** The split the metrics and bands are of: train, else all. */
  readonly profiledSplit: string;
  readonly bands: Bands;
  readonly classes: readonly ProfileClass[];
  readonly splits: Readonly<Record<string, { readonly samples: number; readonly labels: number }>>;
  readonly metrics: ProfileMetrics;
  readonly issues: readonly Issue[];
  /** Where there is a training split and another one with labels. */
  readonly audit?: SplitAudit;
}
