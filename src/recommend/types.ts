import type { Message } from '../common/errors';

/** What the user says about the world the model will meet; unanswered = undefined. */
export type Deployment =
  | { readonly kind: 'uniform' }
  | { readonly kind: 'as-trained' }
  | { readonly kind: 'given'; readonly shares: Readonly<Record<string, number>> };

export interface Goals {
  readonly deployment?: Deployment;
  /** Declared label noise; counts cannot show it. */
  readonly labelNoise?: boolean;
  readonly needsProbabilities?: boolean;
  readonly hasModel?: boolean;
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
}

export interface Recommendations {
  readonly schema: 'longtail.recommendations/1';
  readonly items: readonly Recommendation[];
}
