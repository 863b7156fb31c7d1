import type { Message } from '../../common/errors';
import type { PosthocConfig, RebalanceConfig, StageConfig } from '../../config/schema';

/** A mean over the seeds with its 95 % interval (of one seed: over the items alone). */
export interface SweepMeasure {
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Over the seeds; null for one. */
  readonly deviation: number | null;
}

/** One split's scores of a recipe, means over the seeds; shares in [0, 1]. */
export interface SweepScores {
  readonly balancedAccuracy: SweepMeasure;
  readonly many: number | null;
  readonly medium: number | null;
  readonly few: number | null;
  readonly ece: number;
}

/** A difference in balanced accuracy on the same items, paired item by item. */
export interface SweepDifference extends SweepMeasure {
  /** Whether 0 lies in the interval: what differs by less than the noise is a tie. */
  readonly tie: boolean;
}

export interface SweepRow {
  readonly id: string;
  /** The stage that was trained on the features; null where nothing was. */
  readonly head: StageConfig | null;
  readonly posthoc: PosthocConfig;
  /** Wall time on the stored features, mean over the seeds. */
  readonly seconds: number;
  /** null with `validation: none`. */
  readonly validation: SweepScores | null;
  /** Scored once, after everything was chosen. */
  readonly test: SweepScores;
  /** On test; null for plain itself. */
  readonly againstPlain: SweepDifference | null;
  /** On validation; null for the best itself, and where there is no validation. */
  readonly againstBest: SweepDifference | null;
  /** What the config check says of the recipe. */
  readonly warnings: readonly Message[];
}

/** `sweep.json`: every recipe on one representation. */
export interface SweepReport {
  readonly schema: 'longtail.sweep/1';
  readonly id: string;
  /** The config of the representation. */
  readonly config: RebalanceConfig;
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly dataset: {
    readonly root: string;
    readonly fingerprint: string;
    readonly classNames: readonly string[];
  };
  readonly trainCounts: readonly number[];
  readonly scoredSplit: 'test' | 'heldOut';
  /** One representation a seed: the run that holds it, and what its training took. */
  readonly representations: readonly {
    readonly seed: number;
    readonly run: string;
    readonly seconds: number;
    readonly items: number;
    readonly width: number;
  }[];
  readonly rows: readonly SweepRow[];
  /** Recipes that do not fit the data or the model, and why. */
  readonly leftOut: readonly { readonly id: string; readonly why: Message }[];
  /** The recipe with the best balanced accuracy on validation; null without validation. */
  readonly best: string | null;
  /** Wall time of all recipes together, representations not counted. */
  readonly seconds: number;
}
