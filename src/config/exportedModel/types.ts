import type { RebalanceConfig } from '../schema';

/** Names of the files of an exported model, beside each other in its folder. */
export const modelFiles = {
  description: 'longtail-model.json',
  weights: 'weights.npz',
  tfjsTopology: 'model.json',
  tfjsWeights: 'weights.bin',
  python: 'longtail_model.py',
  node: 'longtailModel.mjs',
  package: 'package.json',
  readme: 'README.md',
} as const;

type Padding = 'same' | 'valid';

/** One layer; its weights are called `<name>/kernel`, `<name>/gamma` … as Keras calls them. */
export type ModelLayer =
  | {
      readonly kind: 'conv';
      readonly name: string;
      readonly filters: number;
      readonly size: number;
      readonly stride: number;
      readonly padding: Padding;
      readonly bias: boolean;
    }
  | {
      readonly kind: 'batch-norm';
      readonly name: string;
      readonly epsilon: number;
      readonly momentum: number;
    }
  | { readonly kind: 'relu'; readonly name: string }
  | {
      readonly kind: 'max-pool';
      readonly name: string;
      readonly size: number;
      readonly stride: number;
      readonly padding: Padding;
    }
  | { readonly kind: 'global-average-pool'; readonly name: string }
  | { readonly kind: 'flatten'; readonly name: string }
  | {
      readonly kind: 'dense';
      readonly name: string;
      readonly units: number;
      readonly bias: boolean;
    }
  | {
      /** body(x) + shortcut(x); an empty shortcut is the identity. */
      readonly kind: 'residual';
      readonly name: string;
      readonly body: readonly ModelLayer[];
      readonly shortcut: readonly ModelLayer[];
    }
  | {
      /** Features of two ways side by side. */
      readonly kind: 'branches';
      readonly name: string;
      readonly first: readonly ModelLayer[];
      readonly second: readonly ModelLayer[];
    };

type Activation = 'none' | 'relu' | 'relu6';

/**
 * One layer of a frozen network, its batch norms folded in; its weights are `<name>/kernel` and
 * `<name>/bias`. Padding is `same` as TensorFlow pads, or so many zeros on every side.
 */
export type FrozenLayer =
  | {
      readonly kind: 'conv';
      readonly name: string;
      readonly filters: number;
      readonly size: number;
      readonly stride: number;
      readonly padding: 'same' | number;
      /** One filter a channel. */
      readonly depthwise: boolean;
      readonly activation: Activation;
    }
  | {
      readonly kind: 'max-pool';
      readonly name: string;
      readonly size: number;
      readonly stride: number;
      readonly padding: number;
    }
  | {
      /** activation(body(x) + shortcut(x)); an empty shortcut is the identity. */
      readonly kind: 'residual';
      readonly name: string;
      readonly body: readonly FrozenLayer[];
      readonly shortcut: readonly FrozenLayer[];
      readonly activation: Activation;
    };

/** How pictures, rows or texts become the numbers the network takes. */
export type ModelInput =
  | {
      readonly kind: 'image';
      readonly height: number;
      readonly width: number;
      readonly channels: 1 | 3;
      /** Red, green, blue; or grey by the luma of ITU-R BT.601. */
      readonly colours: 'rgb' | 'grey';
      /** Scaled to cover the size, centre cropped: area average when shrinking, else bilinear. */
      readonly resize: 'cover-area-bilinear';
      /** (byte − mean) / deviation, channel by channel. */
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
    }
  | {
      /** Features of a frozen network, each standardised. */
      readonly kind: 'features';
      /** The network that gives them, or null where a file gave them. */
      readonly network: {
        readonly net: string;
        /** Tells its weights from others. */
        readonly weights: string;
        readonly height: number;
        readonly width: number;
        readonly colours: 'rgb';
        readonly resize: 'cover-bicubic';
        readonly mean: readonly number[];
        readonly deviation: readonly number[];
        /**
         * Up to the global average that gives the features, where the export holds the network;
         * null where it is the classifier alone.
         */
        readonly layers: readonly FrozenLayer[] | null;
      } | null;
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
    }
  | {
      readonly kind: 'tabular';
      readonly columns: readonly (
        | {
            /** Two numbers: standardised (0 where missing), and 1 where it is missing. */
            readonly kind: 'number';
            readonly name: string;
            readonly mean: number;
            readonly deviation: number;
          }
        | {
            /** One number a category: 1 for its own. */
            readonly kind: 'category';
            readonly name: string;
            readonly categories: readonly string[];
          }
      )[];
    }
  | {
      readonly kind: 'text';
      readonly column: string;
      readonly ngrams: number;
      readonly features: number;
      readonly hash: 'fnv-1a-32';
      readonly idf: readonly number[];
    };

/** What stands beside an exported model: everything but its numbers. */
export interface ExportedModel {
  readonly schema: 'longtail.exported-model/1';
  readonly title: string;
  readonly run: { readonly id: string; readonly fingerprint: string; readonly seed: number };
  readonly task: 'single-label' | 'multi-label';
  /** In the order of the outputs. */
  readonly classes: readonly string[];
  readonly training: {
    /** Items of each class that were trained on. */
    readonly counts: Readonly<Record<string, number>>;
    /** Shares that the model carries: of these times what sampler, weights and loss made of them. */
    readonly prior: Readonly<Record<string, number>>;
  };
  /** Class shares the model was corrected to. */
  readonly targetPrior: RebalanceConfig['goal']['prior'];
  readonly input: ModelInput;
  readonly network: {
    readonly kind: string;
    /** Without the batch axis. */
    readonly inputShape: readonly number[];
    /** Up to the features. */
    readonly layers: readonly ModelLayer[];
    /** The dense layer on top, `classifier/kernel` and `classifier/bias`. */
    readonly head: {
      /** Features are brought to length one before it. */
      readonly unit: boolean;
      /** `centre/mean` is taken off them before that. */
      readonly centred: boolean;
    };
  };
  readonly posthoc: {
    readonly kind: string;
    readonly tau: number | null;
    /** Whether the report measured it, or it was kept in the report page later. */
    readonly from: 'report' | 'kept';
  };
  readonly output: {
    readonly activation: 'softmax' | 'sigmoid';
    /** score = scale · logit + offset; null is never predicted. */
    readonly classes: Readonly<
      Record<string, { readonly scale: number; readonly offset: number } | null>
    >;
    /** Probabilities from which labels are given; null where the largest wins. */
    readonly thresholds: Readonly<Record<string, number>> | null;
  };
  readonly versions: Readonly<Record<string, string>>;
}
