import type { Ops, Shape, Tensor } from '../backend/types';
import type { Layer, LayerStep } from './layer';

const nothing = (): void => undefined;

/**
 * Layers one after the other, as a layer. An activation between two layers is freed as soon as
 * neither looks at it again: after the forward pass where neither keeps it, else after the backward
 * pass of the layer that made it. The input and the last output belong to the caller.
 */
export const createSequence = (ops: Ops, layers: readonly Layer[], inputShape: Shape): Layer => ({
  outputShape: layers.at(-1)?.outputShape ?? inputShape,
  keepsInput: layers.at(0)?.keepsInput ?? false,
  keepsOutput: layers.at(-1)?.keepsOutput ?? false,
  infer: (x) => {
    let y = x;
    for (const layer of layers) {
      const next = layer.infer(y);
      if (y !== x) ops.dispose(y);
      y = next;
    }
    return y;
  },
  train: (x) => {
    const steps: LayerStep[] = [];
    let y = x;
    let keeps = true;
    for (const layer of layers) {
      const step = layer.train(y);
      if (y !== x && !keeps && !layer.keepsInput) ops.dispose(y);
      y = step.output;
      keeps = layer.keepsOutput;
      steps.push(step);
    }
    const output = y;
    /** Frees what step `i` saved, and its output unless that is the caller's. */
    const releaseStep = (step: LayerStep): void => {
      step.release();
      if (step.output !== output && !step.output.isDisposed) ops.dispose(step.output);
    };
    return {
      output,
      backward: (dOutput, inputGradient, gradients) => {
        let dy: Tensor | null = dOutput;
        for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
          const wanted = inputGradient || steps.length > 0;
          const dx: Tensor | null = dy && step.backward(dy, wanted, gradients);
          if (dy !== null && dy !== dOutput) ops.dispose(dy);
          releaseStep(step);
          dy = dx;
        }
        return dy;
      },
      release: () => {
        for (const step of steps.splice(0)) releaseStep(step);
      },
    };
  },
});

/** body(x) + shortcut(x); without a shortcut, body(x) + x. */
export const createResidual = (ops: Ops, body: Layer, shortcut: Layer | null): Layer => ({
  outputShape: body.outputShape,
  keepsInput: body.keepsInput || (shortcut?.keepsInput ?? false),
  keepsOutput: false,
  infer: (x) => {
    const main = body.infer(x);
    const side = shortcut?.infer(x) ?? x;
    const sum = ops.add(main, side);
    ops.dispose(main);
    if (side !== x) ops.dispose(side);
    return sum;
  },
  train: (x) => {
    const main = body.train(x);
    const side = shortcut?.train(x) ?? null;
    const output = ops.add(main.output, side?.output ?? x);
    const branches = [
      { step: main, layer: body },
      ...(side && shortcut ? [{ step: side, layer: shortcut }] : []),
    ];
    for (const { step, layer } of branches) if (!layer.keepsOutput) ops.dispose(step.output);
    const release = (): void => {
      for (const { step } of branches.splice(0)) {
        step.release();
        if (!step.output.isDisposed) ops.dispose(step.output);
      }
    };
    return {
      output,
      backward: (dOutput, inputGradient, gradients) => {
        const fromMain = main.backward(dOutput, inputGradient, gradients);
        const fromSide = side ? side.backward(dOutput, inputGradient, gradients) : dOutput;
        release();
        if (fromMain === null || fromSide === null) return null;
        const dInput = ops.add(fromMain, fromSide);
        ops.dispose(fromMain);
        if (fromSide !== dOutput) ops.dispose(fromSide);
        return dInput;
      },
      release,
    };
  },
});

/** A layer without weights that saves nothing but its input or output. */
export const stateless = (layer: {
  readonly outputShape: Shape;
  readonly keepsInput: boolean;
  readonly keepsOutput: boolean;
  readonly infer: (x: Tensor) => Tensor;
  readonly gradient: (dy: Tensor, x: Tensor, y: Tensor) => Tensor;
}): Layer => ({
  ...layer,
  train: (x) => {
    const output = layer.infer(x);
    return {
      output,
      backward: (dy, inputGradient) => (inputGradient ? layer.gradient(dy, x, output) : null),
      release: nothing,
    };
  },
});
