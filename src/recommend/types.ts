import type { Message } from '../common/errors';
import type { ExpectedGain } from './gain';
import type { Setting } from './settings';

/** What the user says about the world the model will meet; unanswered = undefined. */
export type Deployment =
  | { readonly kind: 'uniform' }
  | { readonly kind: 'as-trained' }
  | { readonly kind: 'given'; readonly shares: Readonly<Record<string, number>> };

/** What the user scores by. `calibration`: the probabilities themselves are used. */
export type GoalMetric = 'balanced-accuracy' | 'accuracy' | 'macro-f1' | 'calibration';
/** What there is of a trained model: nothing, its outputs, or the network itself. */
export type ExistingModel = 'none' | 'logits' | 'weights';

/** The framework the advice is for, and its version where it was named. */
export interface TargetFramework {
  readonly name: string;
  readonly version: string | null;
}

export interface Goals {
  readonly deployment?: Deployment;
  readonly metric?: GoalMetric;
  /** Minutes that training may take here; absent: as long as it takes. */
  readonly budgetMinutes?: number;
  readonly model?: ExistingModel;
  /** Declared label noise; counts cannot show it. */
  readonly labelNoise?: boolean;
  readonly needsProbabilities?: boolean;
  /** Size and channels of the pictures, where they were looked at. */
  readonly pictures?: {
    readonly imageSize: readonly [number, number];
    readonly channels: 1 | 3;
  };
  /** Training will run on WebAssembly, about eight times slower. */
  readonly withoutNative?: boolean;
  /** Overall accuracy is all that counts and training may take many times longer. */
  readonly heavyCompute?: boolean;
}

/** What a finished run with its baseline showed on this dataset; shares in [0, 1]. */
export interface Measured {
  /** Recommendation the run followed. */
  readonly id: string;
  readonly baseline: number;
  readonly recipe: number;
  readonly baselineFew: number | null;
  readonly recipeFew: number | null;
}

export interface Recommendation {
  readonly id: string;
  readonly title: Message;
  /** Why, with this profile's numbers. */
  readonly reason: Message;
  readonly source: { readonly paper: string; readonly place: string };
  /** Published effect, and the one measured here where there is one. */
  readonly expected: readonly Message[];
  readonly cost: Message;
  readonly whenNot: Message;
  /** The deployment this item assumes. */
  readonly assumes: 'uniform' | 'as-trained' | 'given' | 'any';
  /** RFC 7396 patch on the plain config; null = nothing to configure. */
  readonly patch: Readonly<Record<string, unknown>> | null;
  /** What it is expected to gain here, by published runs and docs/results.md; null without a figure. */
  readonly gain: ExpectedGain | null;
}

/** A method that is not recommended for a profile, and why. */
export interface NotRecommended extends Message {
  readonly id: string;
}

/** What is known to go wrong in a framework, and what to do instead. */
export interface FrameworkAdvice extends TargetFramework {
  readonly defects: readonly {
    readonly id: string;
    readonly what: Message;
    readonly instead: Message;
    readonly reference: string;
    readonly versions: string;
  }[];
}

export interface Recommendations {
  readonly schema: 'longtail.recommendations/2';
  readonly items: readonly Recommendation[];
  /** Numbers that methods ask for, chosen from the counts; where all was asked for. */
  readonly settings?: readonly Setting[];
  /** Every other method of the catalogue likewise. */
  readonly notRecommended?: readonly NotRecommended[];
  /** Where a framework was named. */
  readonly framework?: FrameworkAdvice;
}
