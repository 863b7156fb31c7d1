import type { Ops, Shape, Tensor } from '../backend/types';
import { createBackbone } from './backbone';
import { createClassifier } from './classifier';
import { halvesFor } from './halves';
import type { Layer, LayerStep } from './layer';
import { createReplay } from './replay';
import type { ClassifierSpec, ModelSpec, Network, Parameter, Part, Pass } from './types';
import { WeightStore } from './weights';

export interface NetworkOptions {
  /** Without the batch axis: [H,W,C] or [D]. */
  readonly inputShape: Shape;
  readonly classes: number;
  readonly seed: number;
  /** What the classifier's bias starts at [classes]; zeros where absent. */
  readonly initialBias?: Float32Array | null;
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

/** A classifier with weights of its own, so that another can take its place. */
interface Head {
  readonly spec: ClassifierSpec;
  readonly scaled: boolean;
  readonly layer: Layer;
  readonly part: Part;
  readonly weights: WeightStore;
}

/** Builds a spec with initial weights drawn from the seed. */
export const createNetwork = (ops: Ops, spec: ModelSpec, options: NetworkOptions): Network => {
  const { inputShape, classes, seed, initialBias = null } = options;
  const weights = new WeightStore(ops, seed);
  const context = { ops, weights, group: 'backbone' } as const;
  const { layer, branches } = createBackbone(context, spec.backbone, inputShape);
  const halves = halvesFor(ops, weights, spec.backbone, inputShape);
  const replays = [layer, ...(branches ?? [])].map((one, way) =>
    createReplay(ops, weights, halves?.layer(one, way) ?? one),
  );
  const [body = layer, ...ways] = replays.map((replay) => replay.layer);
  const parts = ways.map((way) => createPart(ops, way, weights.parameters()));
  const [first, second] = parts;
  const backbone = createPart(ops, body, weights.parameters());

  const createHead = (
    classifier: ClassifierSpec,
    { seed: own, scaled }: { readonly seed: number; readonly scaled: boolean },
  ): Head => {
    const store = new WeightStore(ops, own);
    const top = createClassifier({ ops, weights: store, group: 'classifier' }, classifier, {
      input: body.outputShape,
      classes,
      initialBias,
      scaled,
    });
    const part = createPart(ops, top, store.parameters());
    return { spec: classifier, scaled, layer: top, part, weights: store };
  };
  let head = createHead(spec.classifier, { seed, scaled: false });

  return {
    inputShape,
    classes,
    featureWidth: body.outputShape.at(0) ?? 0,
    backbone,
    branches: first && second ? [first, second] : null,
    get spec() {
      return { ...spec, classifier: head.spec };
    },
    get classifier() {
      return head.part;
    },
    get scaled() {
      return head.scaled;
    },
    get parameters() {
      return [...backbone.parameters, ...head.part.parameters];
    },
    gradients: (x, loss) => {
      const classifier = head.part;
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
      return { features, logits: head.layer.infer(features) };
    },
    update: (name, value) => {
      (head.weights.has(name) ? head.weights : weights).update(name, value);
    },
    reinitialize: (group, newSeed) => {
      if (group !== 'classifier') weights.reinitialize('all', newSeed);
      if (group !== 'backbone') head.weights.reinitialize('all', newSeed);
    },
    setClassifier: (classifier, how) => {
      head.weights.dispose();
      head = createHead(classifier, how);
    },
    getWeights: () => new Map([...weights.read(), ...head.weights.read()]),
    setWeights: (given) => {
      weights.check(given);
      head.weights.write(given);
      weights.write(given);
    },
    dispose: () => {
      for (const replay of replays) replay.dispose();
      halves?.dispose();
      weights.dispose();
      head.weights.dispose();
    },
  };
};
