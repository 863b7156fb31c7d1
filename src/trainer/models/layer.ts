import type { Ops, Shape, Tensor } from '../backend/types';
import type { ParameterGroup } from './types';
import type { WeightStore } from './weights';

/** What one layer leaves behind in training mode. */
export interface LayerStep {
  readonly output: Tensor;
  /**
   * Puts the gradients of the layer's own weights into `gradients` and gives the one of its input,
   * or null where it was not asked for. Frees neither its argument nor anything saved.
   */
  backward(dOutput: Tensor, inputGradient: boolean, gradients: Map<string, Tensor>): Tensor | null;
  /** Frees what the layer saved beyond its input and output. */
  release(): void;
}

/** A layer with its weights. Shapes are without the batch axis. */
export interface Layer {
  readonly outputShape: Shape;
  /** Whether the backward pass looks at the input, or the output, of the forward one. */
  readonly keepsInput: boolean;
  readonly keepsOutput: boolean;
  train(x: Tensor): LayerStep;
  infer(x: Tensor): Tensor;
}

/** What a layer is built with. */
export interface LayerContext {
  readonly ops: Ops;
  readonly weights: WeightStore;
  readonly group: ParameterGroup;
}
