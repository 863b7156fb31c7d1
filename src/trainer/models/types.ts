import type { BranchSchedule } from '../../methods/mixing';
import type { Padding, Shape, Tensor } from '../backend/types';

/** One layer as plain data. Names become weight names: `<layer>/kernel`, `<layer>/gamma` … */
export type LayerSpec =
  | {
      readonly kind: 'conv';
      readonly name: string;
      readonly filters: number;
      readonly size: number;
      readonly stride: number;
      readonly padding: Padding;
      readonly bias: boolean;
      /** Whether weight decay acts on the kernel. */
      readonly decay: boolean;
    }
  | {
      readonly kind: 'batch-norm';
      readonly name: string;
      readonly epsilon: number;
      /** Share of the old running statistics kept at a step, as Keras means it. */
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
      readonly decay: boolean;
    }
  | {
      /** body(x) + shortcut(x); an empty shortcut is the identity. */
      readonly kind: 'residual';
      readonly name: string;
      readonly body: readonly LayerSpec[];
      readonly shortcut: readonly LayerSpec[];
    }
  | {
      /** Two ways to flat features of the same input, side by side; only as the last layer. */
      readonly kind: 'branches';
      readonly name: string;
      /** How the first branch's share changes as training goes on. */
      readonly schedule: BranchSchedule;
      readonly first: readonly LayerSpec[];
      readonly second: readonly LayerSpec[];
    };

/** A network as plain data: a backbone that gives features [B,D] and a classifier on top. */
export interface ModelSpec {
  readonly kind: string;
  readonly backbone: readonly LayerSpec[];
  readonly classifier: ClassifierSpec;
}

export type ClassifierSpec =
  | {
      readonly kind: 'dense';
      readonly name: string;
      readonly bias: boolean;
      readonly decay: boolean;
    }
  | {
      /** Cosines of features and rows times `scale`, without bias. */
      readonly kind: 'cosine';
      readonly name: string;
      readonly scale: number;
      readonly decay: boolean;
    }
  | {
      /** Dense layers with ReLU between them; the last one has the model's classifier's name. */
      readonly kind: 'mlp';
      readonly name: string;
      readonly hidden: readonly number[];
      readonly decay: boolean;
    };

export type ParameterGroup = 'backbone' | 'classifier';

/** A trainable weight. `value` is replaced, and the old tensor freed, by `Network.update`. */
export interface Parameter {
  readonly name: string;
  readonly group: ParameterGroup;
  /** Whether weight decay acts on it: kernels of 3×3 convolutions and dense layers. */
  readonly decay: boolean;
  readonly shape: Shape;
  readonly value: Tensor;
}

/** Gradients by parameter name. The receiver owns them; `optimizer.step` frees them. */
export type Gradients = ReadonlyMap<string, Tensor>;

/**
 * What a forward pass leaves behind. `output` and the saved activations live until `dispose`;
 * `backward` may be called at most once and does not dispose the pass.
 */
export interface Pass {
  readonly output: Tensor;
  dispose(): void;
}

/** Backbone or classifier: the two halves of a network, so that a stage can put things between. */
export interface Part {
  readonly parameters: readonly Parameter[];
  /**
   * `train`: batch norm uses batch statistics and moves its running ones, activations are saved.
   * `inference`: running statistics, nothing saved; such a pass has no backward.
   */
  forward(x: Tensor, mode: 'train' | 'inference'): Pass;
  /** `dInput` is there when asked for; the caller frees it. */
  backward(
    pass: Pass,
    dOutput: Tensor,
    options?: { readonly inputGradient?: boolean },
  ): { readonly gradients: Gradients; readonly dInput: Tensor | null };
}

/** A spec with weights, on a backend. Its classifier can be replaced: read it anew after that. */
export interface Network {
  readonly spec: ModelSpec;
  /** Without the batch axis: [H,W,C] or [D]. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly featureWidth: number;
  readonly backbone: Part;
  readonly classifier: Part;
  /** Each branch of a bilateral network with the trunk below it; null elsewhere. */
  readonly branches: readonly [Part, Part] | null;
  /** Whether a learnable scale a class stands behind the classifier. */
  readonly scaled: boolean;
  /** Backbone first, then classifier, in layer order. */
  readonly parameters: readonly Parameter[];

  /** One training step's forward and backward in one: logits → caller's dLogits → gradients. */
  gradients<T>(
    x: Tensor,
    loss: (logits: Tensor) => { readonly dLogits: Tensor; readonly result: T },
  ): { readonly result: T; readonly gradients: Gradients };
  /** Inference mode: logits [B,C] and penultimate features [B,D]; the caller frees both. */
  predict(x: Tensor): { readonly logits: Tensor; readonly features: Tensor };
  /** Replaces the value of a parameter and frees the old one. Takes ownership of `value`. */
  update(name: string, value: Tensor): void;
  /** Fresh initial values for the classifier, or for everything. */
  reinitialize(group: ParameterGroup | 'all', seed: number): void;

  /** Puts another classifier in place, with fresh values drawn from the seed. */
  setClassifier(
    spec: ClassifierSpec,
    options: { readonly seed: number; readonly scaled: boolean },
  ): void;

  /** All weights, running statistics included, by name: what a checkpoint holds. */
  getWeights(): ReadonlyMap<string, NamedWeight>;
  /** Sets all weights; throws `model/weights` naming the first that lacks or has another shape. */
  setWeights(weights: ReadonlyMap<string, NamedWeight>): void;
  dispose(): void;
}

export interface NamedWeight {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** SGD with momentum over the parameters of one group or all. */
export interface Optimizer {
  /** Applies one step to the parameters that have a gradient and frees the gradients. */
  step(gradients: Gradients, learningRate: number): void;
  /** Velocities by parameter name, for a checkpoint. */
  getState(): ReadonlyMap<string, NamedWeight>;
  setState(state: ReadonlyMap<string, NamedWeight>): void;
  dispose(): void;
}

export interface OptimizerOptions {
  readonly momentum: number;
  readonly nesterov: boolean;
  /** d in g + d·w, on parameters whose `decay` is set. */
  readonly weightDecay: number;
  /** `backbone`: not on those of the classifier. */
  readonly decayOn?: 'kernels' | 'backbone' | undefined;
  /** What the learning rate is multiplied by for a parameter; 1 where absent. */
  readonly rateOf?: (parameter: Parameter) => number;
}
