import type { RebalanceConfig } from '../config/schema';
import type { Bands } from '../profile/types';

export interface BandScore {
  /** Mean recall over the band's classes that occur in the scored split; null for an empty band. */
  readonly recall: number | null;
  readonly classes: number;
}

export interface ClassScore {
  readonly name: string;
  readonly trainCount: number;
  readonly testCount: number;
  /** null when the class has no test item. */
  readonly recall: number | null;
  readonly precision: number | null;
}

/** Average precision of one band of labels. */
export interface LabelBand {
  /** Mean over the band's labels that occur in the scored split; null for none. */
  readonly averagePrecision: number | null;
  readonly labels: number;
}

/** How one label is ranked and decided; counts, recall and precision stand in `classes`. */
export interface LabelScore {
  readonly name: string;
  /** Step sum of precision over recall; null when no test item has the label. */
  readonly averagePrecision: number | null;
  /** null when every test item has the label, or none. */
  readonly auroc: number | null;
  readonly f1: number | null;
  /** Probability from which the label is given. */
  readonly threshold: number;
}

/** What there is to say of items that may have several labels. */
export interface MultiLabelScores {
  /** Mean average precision over the labels that occur in the scored split; null for none. */
  readonly mAP: number | null;
  /** 95 % interval of mAP by bootstrap over test items: one seed. */
  readonly mAPInterval: readonly [number, number] | null;
  readonly macroAUROC: number | null;
  /** F1 of all decisions together; `macroF1` of the scores is the mean over labels that occur. */
  readonly microF1: number;
  readonly many: LabelBand;
  readonly medium: LabelBand;
  readonly few: LabelBand;
  /** Order of `classes`. */
  readonly labels: readonly LabelScore[];
}

/**
 * Scores of one setting on one split. All shares are in [0, 1]. What is null with several labels an
 * item has no meaning there: `multiLabel` stands for it.
 */
export interface Scores {
  readonly samples: number;
  /** With several labels: share of the items of which every label is right. */
  readonly accuracy: number;
  /** null with several labels. */
  readonly balancedAccuracy: number | null;
  /** 95 % interval of balanced accuracy by class-stratified bootstrap over test items: one seed. */
  readonly balancedAccuracyInterval: readonly [number, number] | null;
  readonly macroF1: number;
  /** null with several labels. */
  readonly gMean: number | null;
  readonly worstClass: { readonly name: string; readonly recall: number } | null;
  readonly many: BandScore;
  readonly medium: BandScore;
  readonly few: BandScore;
  readonly classes: readonly ClassScore[];
  /** [true][predicted], class order of `classes`; null with several labels. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** null with several labels. */
  readonly ece: number | null;
  readonly binary: {
    readonly auroc: number;
    readonly averagePrecision: number;
    readonly mcc: number;
  } | null;
  /** With several labels an item, and only there. */
  readonly multiLabel?: MultiLabelScores | undefined;
}

/** Scores of items with one label each, where none of them is missing. */
export interface SingleLabelScores extends Scores {
  readonly balancedAccuracy: number;
  readonly balancedAccuracyInterval: readonly [number, number];
  readonly gMean: number;
  readonly confusion: readonly (readonly number[])[];
  readonly ece: number;
}

export interface StageTiming {
  readonly name: string;
  readonly epochs: number;
  readonly seconds: number;
  readonly steps: number;
}

export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly baselineKey: string;
  readonly scores: Scores;
  readonly seconds: number;
}

export interface RunReport {
  readonly schema: 'longtail.report/1';
  readonly id: string;
  readonly title: string;
  readonly config: RebalanceConfig;
  readonly seed: number;
  readonly seeds: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly dataset: {
    readonly root: string;
    readonly fingerprint: string;
    readonly classNames: readonly string[];
  };
  readonly bands: Bands;
  /** Training counts after hold-out, by class of `classNames`: priors and weights are of these. */
  readonly trainCounts: readonly number[];
  /** Training counts before any hold-out: the bands are of these. */
  readonly bandCounts: readonly number[];
  readonly scoredSplit: 'test' | 'heldOut';
  readonly scores: Scores;
  /** Scores on validation, where every choice was made; null with `validation: none`. */
  readonly validation: Scores | null;
  /** Post-hoc choices: each tau tried on validation, and the one kept. */
  readonly posthoc: {
    readonly kind: string;
    readonly tau: number | null;
    readonly tried: readonly { readonly tau: number; readonly balancedAccuracy: number }[];
    readonly note: string;
    /** Probabilities from which a class (the rarer of two) or a label is predicted, by name. */
    readonly thresholds?: Readonly<Record<string, number>> | undefined;
  };
  readonly targetPrior: 'uniform' | 'as-trained' | Readonly<Record<string, number>>;
  readonly selectedOn: 'validation' | 'fixed';
  readonly baseline: RunSummary | null;
  readonly timings: readonly StageTiming[];
  readonly peakRssBytes: number;
  readonly issues: readonly {
    readonly code: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
}
