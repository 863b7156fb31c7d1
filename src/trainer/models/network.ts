import type { Ops, Shape, Tensor } from '../backend/types';
import type { Layer, LayerStep } from './layer';
import { createDense, createLayers } from './layers';
import type { ModelSpec, Network, Parameter, Part, Pass } from './types';
import { WeightStore } from './weights';

export interface NetworkOptions {
  /** Without the batch axis: [H,W,C] or [D]. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly seed: number;
}

const createPart = (ops: Ops, layer: Layer, parameters: readonly Parameter[]): Part => {
  const steps = new WeakMap<Pass, LayerStep>();
  return {
    parameters,
    forward: (x, mode) => {
      if (mode === 'inference') {
        const output = layer.infer(x);
        return {
          output,
          dispose: () => {
            ops.dispose(output);
          },
        };
      }
      const step = layer.train(x);
      const pass: Pass = {
        output: step.output,
        dispose: () => {
          step.release();
          ops.dispose(step.output);
        },
      };
      steps.set(pass, step);
      return pass;
    },
    backward: (pass, dOutput, options) => {
      const step = steps.get(pass);
      if (step === undefined)
        throw new RangeError('backward needs a training pass, and may run once on it');
      steps.delete(pass);
      const gradients = new Map<string, Tensor>();
      const dInput = step.backward(dOutput, options?.inputGradient ?? false, gradients);
      return { gradients, dInput };
    },
  };
};

/** Builds a spec with initial weights drawn from the seed. */
export const createNetwork = (ops: Ops, spec: ModelSpec, options: NetworkOptions): Network => {
  const { inputShape, classes, seed } = options;
  const weights = new WeightStore(ops, seed);
  const body = createLayers({ ops, weights, group: 'backbone' }, spec.backbone, inputShape);
  const head = createDense(
    { ops, weights, group: 'classifier' },
    { ...spec.classifier, units: classes },
    body.outputShape,
    'glorot-uniform',
  );
  const backbone = createPart(ops, body, weights.parameters('backbone'));
  const classifier = createPart(ops, head, weights.parameters('classifier'));
  return {
    spec,
    inputShape,
    classes,
    featureWidth: body.outputShape.at(0) ?? 0,
    backbone,
    classifier,
    parameters: weights.parameters(),
    gradients: (x, loss) => {
      const features = backbone.forward(x, 'train');
      const logits = classifier.forward(features.output, 'train');
      const { dLogits, result } = loss(logits.output);
      const needed = backbone.parameters.length > 0;
      const top = classifier.backward(logits, dLogits, { inputGradient: needed });
      logits.dispose();
      ops.dispose(dLogits);
      const below = top.dInput === null ? null : backbone.backward(features, top.dInput);
      if (top.dInput !== null) ops.dispose(top.dInput);
      features.dispose();
      return { result, gradients: new Map([...(below?.gradients ?? []), ...top.gradients]) };
    },
    predict: (x) => {
      const features = body.infer(x);
      return { features, logits: head.infer(features) };
    },
    update: (name, value) => {
      weights.update(name, value);
    },
    reinitialize: (group, newSeed) => {
      weights.reinitialize(group, newSeed);
    },
    getWeights: () => weights.read(),
    setWeights: (given) => {
      weights.write(given);
    },
    dispose: () => {
      weights.dispose();
    },
  };
};
