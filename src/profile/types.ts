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
}
