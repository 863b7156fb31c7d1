import type { Message } from '../common/errors';
import type { BenchSetting } from '../report/bench/setting';
import type { Scores } from '../report/types';

/**
 * Saved outputs of a run on validation, for sliders. Numbers travel as bytes: JSON has no infinity
 * and ten thousand rows are too many for it.
 */
export interface BenchData {
  /** float32 [items][classes], before any correction. */
  readonly logits: ArrayBuffer;
  /** int32 [items], class positions; with several labels an item 0 and 1 [items][classes]. */
  readonly labels: ArrayBuffer;
  /** float64 [classes]; -Infinity for a class without training items. */
  readonly trainedLogPrior: ArrayBuffer;
  /** The last layer, float64 [classes] each; null where its rows cannot be divided by their norm. */
  readonly layer: { readonly norms: ArrayBuffer; readonly biases: ArrayBuffer } | null;
}

/** A diagram's bins: how sure, how often right, how many items; all [bins]. */
export interface ReliabilityBins {
  readonly ece: number;
  readonly counts: readonly number[];
  readonly accuracy: readonly number[];
  readonly confidence: readonly number[];
}

/** Lengths by class of the report; null where there is none to measure. */
export interface NormsData {
  /** Rows of the last layer. */
  readonly weights: readonly number[] | null;
  /** Mean feature of the validation items of a class; null for a class without any. */
  readonly features: readonly (number | null)[] | null;
}

/** Scores of a setting that was kept: those that are shown, without the matrix of confusions. */
export type KeptScores = Pick<
  Scores,
  | 'samples'
  | 'accuracy'
  | 'balancedAccuracy'
  | 'balancedAccuracyInterval'
  | 'macroF1'
  | 'gMean'
  | 'worstClass'
  | 'many'
  | 'medium'
  | 'few'
  | 'ece'
> & {
  /** With several labels an item. */
  readonly microF1?: number;
};

/** The setting that was kept first, and what it came to on test, which is looked at once. */
export interface KeptSetting {
  readonly schema: 'longtail.kept/1';
  readonly setting: BenchSetting;
  /** null where the run kept no outputs of its test items. */
  readonly scores: KeptScores | null;
}

/**
 * Items of the scored split, by class name: of one true class, of one prediction, or of both; null
 * for any. With several labels an item one of the two is given.
 */
export interface TestQuery {
  readonly truth: string | null;
  readonly predicted: string | null;
}

/** An item that was asked for. */
export interface TestFile {
  /** Where it is. */
  readonly text: string;
  /** Class names; null where, with several labels an item, it has not the label or was not given it. */
  readonly truth: string | null;
  readonly predicted: string | null;
  /** Probability of what was predicted; with several labels of the one that was asked for. */
  readonly probability: number;
}

/** What the files of a run tell beyond its report. */
export interface ReportOutputs {
  /** Or why there is nothing to slide. */
  readonly bench: BenchData | null;
  readonly noBench: Message | null;
  /** On the scored split, with the run's own correction. */
  readonly reliability: {
    readonly run: ReliabilityBins;
    readonly baseline: ReliabilityBins | null;
  } | null;
  readonly norms: NormsData | null;
  readonly kept: KeptSetting | null;
}
