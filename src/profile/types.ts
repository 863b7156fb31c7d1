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

/** Objects by COCO's area classes: below 32², below 96² pixels, larger. */
export interface AreaCounts {
  readonly unknown: number;
  readonly small: number;
  readonly medium: number;
  readonly large: number;
}

/** LVIS's groups: classes in up to 10 images, up to 100, more. */
export type ImageGroup = 'rare' | 'common' | 'frequent';

export interface ClassObjects {
  readonly name: string;
  readonly images: number;
  /** Where areas in pixels are known. */
  readonly areas?: AreaCounts;
  /** null for a class in no image. */
  readonly group: ImageGroup | null;
  /** Repeat factor, max(1, √(t / share of images)); null for a class in no image. */
  readonly repeat: number | null;
}

/** Objects of the profiled split. */
export interface ObjectFacts {
  /** With and without an object. */
  readonly images: number;
  readonly objects: number;
  readonly areas?: AreaCounts;
  /** Classes by group; `absent` are in no image. */
  readonly groups: Readonly<Record<ImageGroup | 'absent', number>>;
  /** What repeat-factor sampling would do: an image gets the largest factor of its classes. */
  readonly repeat: {
    /** t, the share of images below which a class is repeated: LVIS's 0.001. */
    readonly threshold: number;
    /** Images with a factor above 1. */
    readonly images: number;
    /** Mean and largest factor of an image. */
    readonly mean: number;
    readonly largest: number;
  };
  /** In the order of the profile's classes. */
  readonly classes: readonly ClassObjects[];
}

export interface ClassSets {
  readonly name: string;
  /** IRLbl, the largest count over the own; null for a class without a sample. */
  readonly imbalance: number | null;
  /** Mean SCUMBLE of the samples that have the label; null where there is none. */
  readonly scumble: number | null;
}

/** Label sets of the profiled split. Charte et al., Neurocomputing 2015 and 2019. */
export interface LabelSetFacts {
  /** With and without a label; the latter are empty sets. */
  readonly samples: number;
  readonly unlabelled: number;
  /** Mean labels a sample; density divides it by the number of classes. */
  readonly cardinality: number;
  readonly density: number;
  /** Different sets, the empty one included. */
  readonly distinctSets: number;
  /** Mean and coefficient of variation of IRLbl over the classes that occur. */
  readonly meanImbalance: number | null;
  readonly cvImbalance: number | null;
  /** Mean over samples of how uneven the IRLbl of their labels are, 0 … 1. */
  readonly scumble: number;
  readonly scumbleCv: number | null;
  /** Classes whose IRLbl is above the mean. */
  readonly rareLabels: number;
  /** Of these with the frequent label each comes with most often: the surest twenty. */
  readonly pairs: readonly {
    readonly rare: string;
    readonly frequent: string;
    /** Samples with both, and their share of those with the rare one. */
    readonly together: number;
    readonly share: number;
  }[];
  /** false where the sets are too large to have looked at every rare label. */
  readonly pairsComplete: boolean;
  /** In the order of the profile's classes. */
  readonly classes: readonly ClassSets[];
}

/** Rare labels crossed with the frequent ones they share most with, of the profiled split. */
export interface TogetherFacts {
  /** By falling count: up to sixteen of the rare labels, with the samples that have each. */
  readonly rare: readonly { readonly name: string; readonly samples: number }[];
  /** By falling count: up to twelve frequent ones. */
  readonly frequent: readonly { readonly name: string; readonly samples: number }[];
  /** [rare][frequent] samples with both. */
  readonly samples: readonly (readonly number[])[];
  /** Labels whose IRLbl is above the mean, shown or not. */
  readonly rareLabels: number;
}

/**
 * Samples of the profiled split by how many samples have the rarest of their labels: the length of
 * an epoch under repeat factors follows from it for every threshold.
 */
export interface RarestFacts {
  /** Different counts, ascending, and the samples whose rarest label has each. */
  readonly counts: readonly number[];
  readonly samples: readonly number[];
  /** Samples without a label. */
  readonly without: number;
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
   * tests, false discovery rate 5 %. For objects of the pictures that contain the class; null in
   * profiles of objects written before these were tested.
   */
  readonly drifted: number | null;
}

export interface SplitAudit {
  readonly splits: readonly SplitFacts[];
  readonly findings: readonly Issue[];
}

/** A class in a group, below what the group's share in everything lets expect. */
export interface WithinCell {
  readonly class: string;
  readonly group: string;
  /** k labels of the class in the group, of its n. */
  readonly count: number;
  readonly of: number;
  readonly share: number;
  /** The group's share of all labels. */
  readonly expectedShare: number;
  /** By an exact binomial test, false discovery rate 5 %; null where nothing was tested. */
  readonly beyondChance: boolean | null;
}

/** Classes crossed with groups of samples: sites, cameras, years. Of the profiled split. */
export interface WithinClassFacts {
  /** The column, or `folder`. */
  readonly by: string;
  /** Labels with a group, and without. */
  readonly labels: number;
  readonly withoutGroup: number;
  readonly groups: readonly { readonly name: string; readonly count: number }[];
  /** Cells of classes and groups that have labels, and how many of these are empty. */
  readonly cells: number;
  readonly emptyCells: number;
  /** Classes all of whose labels are in one group; the first names. */
  readonly fromOneGroup: { readonly count: number; readonly names: readonly string[] };
  /** At most twenty, of those where three labels or more were to be expected. */
  readonly worst: readonly WithinCell[];
  /** Counts in the order of `groups`, where the table is small. */
  readonly table?: readonly { readonly name: string; readonly counts: readonly number[] }[];
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
  /** Several labels a sample. */
  readonly labelSets?: LabelSetFacts;
  /** Detection and segmentation. */
  readonly objects?: ObjectFacts;
  /** Several labels a sample, detection and segmentation. */
  readonly rarest?: RarestFacts;
  /** The same, where a rare label comes with a frequent one. */
  readonly together?: TogetherFacts;
  /** Where it was asked for, by a column or by folders. */
  readonly withinClass?: WithinClassFacts;
}
