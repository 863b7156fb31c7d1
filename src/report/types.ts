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

/** Scores of one setting on one split. All shares are in [0, 1]. */
export interface Scores {
  readonly samples: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  /** 95 % interval of balanced accuracy by class-stratified bootstrap over test items: one seed. */
  readonly balancedAccuracyInterval: readonly [number, number];
  readonly macroF1: number;
  readonly gMean: number;
  readonly worstClass: { readonly name: string; readonly recall: number } | null;
  readonly many: BandScore;
  readonly medium: BandScore;
  readonly few: BandScore;
  readonly classes: readonly ClassScore[];
  /** [true][predicted], class order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
  readonly ece: number;
  readonly binary: {
    readonly auroc: number;
    readonly averagePrecision: number;
    readonly mcc: number;
  } | null;
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
