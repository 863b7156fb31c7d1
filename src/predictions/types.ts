import type { Message } from '../common/errors';
import type { Interval, PairedDifference } from '../methods/metrics';
import type { ThresholdRule } from '../methods/posthoc';
import type { Band, Bands } from '../profile/types';
import type { Scores } from '../report/types';

/** Where an array is, when the user names it: a key of the file, or a file of its own. */
export interface NamedParts {
  readonly logits?: string;
  readonly probabilities?: string;
  readonly features?: string;
  readonly labels?: string;
  /** Classifier weights [C][D] and bias [C], for tau-normalisation and logits out of features. */
  readonly weights?: string;
  readonly bias?: string;
  /** Class names in the order of the columns: a list `a,b,c`, a key, or a file with one a line. */
  readonly classes?: string;
}

/** A model's outputs on labelled items, whatever file they came from. */
export interface ModelOutputs {
  readonly path: string;
  readonly task: 'single-label' | 'multi-label';
  readonly classNames: readonly string[];
  readonly items: number;
  /**
   * Row-major [items][C]: logits, or logs of probabilities, which are logits as good as any. For
   * multi-label the logit of each label's probability. null where the file has features alone.
   */
  readonly logits: Float64Array | null;
  /** Class positions [items], or 0 and 1 [items][C] for multi-label. */
  readonly labels: Int32Array;
  readonly features: { readonly values: Float64Array; readonly width: number } | null;
  readonly classifier: {
    readonly weights: Float64Array;
    readonly bias: Float64Array | null;
  } | null;
  /** Training counts by position, where the file has them. */
  readonly trainCounts: readonly number[] | null;
  /** What was assumed in reading: class order, logs of probabilities. */
  readonly notes: readonly Message[];
}

/** What the model will meet where it is used. */
export type Target = 'uniform' | 'as-trained' | Readonly<Record<string, number>>;

export interface ClassResult {
  readonly name: string;
  readonly trainCount: number;
  readonly band: Band;
  /** Items that have the class. */
  readonly items: number;
  readonly before: ClassRecall | null;
  readonly after: ClassRecall;
}

export interface ClassRecall {
  /** null without items. */
  readonly recall: number | null;
  /** Wilson's 95 % interval of the recall. */
  readonly interval: Interval;
  /** null where the class is never predicted. */
  readonly precision: number | null;
}

/** Ways to correct, by the name a config gives them; `plain` leaves the model as it is. */
export type CorrectionKind =
  'plain' | 'logit-adjustment' | 'thresholds' | 'tau-norm' | 'nearest-mean';

/** One way tried, scored on the items that are reported on. */
export interface Tried {
  readonly kind: CorrectionKind;
  readonly tau: number | null;
  readonly title: Message;
  /** How its parameters came about: from theory or the user, cross-fitted, or on other items. */
  readonly how: 'fixed' | 'cross-fitted' | 'selected';
  readonly scores:
    | (Pick<
        Scores,
        'accuracy' | 'balancedAccuracy' | 'balancedAccuracyInterval' | 'many' | 'medium' | 'few'
      > & {
        /** null where the scores are no probabilities. */
        readonly ece: number | null;
      })
    | null;
  /** Multi-label: mean F1 over the labels. */
  readonly macroF1: number;
  /** Against the model as it is, on the same items; null for the model itself. */
  readonly gain: PairedDifference | null;
}

/** What the chosen correction does, in a form that can be applied anywhere. */
export interface Correction {
  readonly kind: CorrectionKind;
  readonly tau: number | null;
  /** Added to the logits, by class name; null in it: the class is never predicted. */
  readonly offsets: Readonly<Record<string, number | null>> | null;
  /** Multi-label: predict a label where its probability is at least this. */
  readonly thresholds: Readonly<Record<string, number>> | null;
  /** Binary: the class the threshold is of, and the threshold on its probability. */
  readonly threshold: { readonly positive: string; readonly value: number | null } | null;
}

/** `longtail.posthoc/1`: an existing model before and after, and why. */
export interface PosthocResult {
  readonly schema: 'longtail.posthoc/1';
  readonly file: string;
  /** The file the choice was made on; null = on `file`, cross-fitted. */
  readonly selectedOn: string | null;
  readonly task: ModelOutputs['task'];
  readonly items: number;
  readonly seed: number;
  /** As the user wrote it. */
  readonly trained: string;
  readonly target: Target;
  readonly rule: ThresholdRule | null;
  readonly bands: Bands;
  /** The class shares the model carries from training. */
  readonly effectivePrior: Readonly<Record<string, number>>;
  readonly classes: readonly ClassResult[];
  readonly tried: readonly Tried[];
  readonly chosen: Correction;
  readonly reasons: readonly Message[];
  readonly notes: readonly Message[];
}
