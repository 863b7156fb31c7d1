import type { ClassifierConfig } from '../../config/schema';
import type { Shape } from '../backend/types';
import type { Layer, LayerContext } from './layer';
import { createDense, createLayer } from './layers';
import { createSequence } from './sequence';
import type { ClassifierSpec } from './types';

/** Inside the norms of a cosine classifier: a zero feature or row divides by no zero. */
export const cosineEpsilon = 1e-12;

/** The layers of a configured classifier; linear with a bias where none is named. */
export const classifierSpec = (
  config: ClassifierConfig | undefined = { kind: 'linear' },
): ClassifierSpec => {
  const common = { name: 'classifier', decay: true } as const;
  switch (config.kind) {
    case 'linear':
      return { kind: 'dense', ...common, bias: config.bias ?? true };
    case 'cosine':
      return { kind: 'cosine', ...common, scale: config.scale };
    case 'mlp':
      return { kind: 'mlp', ...common, hidden: config.hidden };
  }
};

/** What the cosines of a classifier are multiplied by; 1 where its logits are no cosines. */
export const logitScaleOf = (spec: ClassifierSpec): number =>
  spec.kind === 'cosine' ? spec.scale : 1;

interface ClassifierShape {
  readonly input: Shape;
  readonly classes: number;
  /** Values the bias starts with; zeros where null. */
  readonly initialBias: Float32Array | null;
}

/**
 * z_j = s · f·w_j / (|f| |w_j|), without bias: the classifier of LDAM (Cao et al., NeurIPS 2019).
 * |v| = √(Σv² + ε), so that with u = v / |v| the gradient by v is (du − u (u·du)) / |v| exactly.
 */
const createCosine = (
  { ops, weights, group }: LayerContext,
  { name, scale, decay }: Extract<ClassifierSpec, { kind: 'cosine' }>,
  { input, classes }: ClassifierShape,
): Layer => {
  const width = input.at(0) ?? 0;
  const kernel = weights.declare({
    name: `${name}/kernel`,
    shape: [width, classes],
    initializer: { kind: 'glorot-uniform', fanIn: width, fanOut: classes },
    trained: { group, decay },
  });
  type Tensor = typeof kernel.value;
  const unit = (v: Tensor, axis: number): { readonly unit: Tensor; readonly norm: Tensor } => {
    const norm = ops.sqrt(ops.affine(ops.sum(ops.square(v), [axis], true), 1, cosineEpsilon));
    return { unit: ops.div(v, norm), norm };
  };
  const throughUnit = (d: Tensor, made: ReturnType<typeof unit>, axis: number): Tensor => {
    const along = ops.sum(ops.mul(made.unit, d), [axis], true);
    return ops.div(ops.sub(d, ops.mul(made.unit, along)), made.norm);
  };
  const infer: Layer['infer'] = (x) =>
    ops.tidy(() => ops.affine(ops.matMul(unit(x, 1).unit, unit(kernel.value, 0).unit), scale));
  return {
    outputShape: [classes],
    keepsInput: true,
    keepsOutput: false,
    infer,
    train: (x) => ({
      output: infer(x),
      backward: (dy, inputGradient, gradients) => {
        const { dKernel, dInput } = ops.tidy(() => {
          const features = unit(x, 1);
          const rows = unit(kernel.value, 0);
          const d = ops.affine(dy, scale);
          const dRows = ops.matMul(features.unit, d, { a: true });
          const dFeatures = inputGradient ? ops.matMul(d, rows.unit, { b: true }) : null;
          return {
            dKernel: throughUnit(dRows, rows, 0),
            dInput: dFeatures && throughUnit(dFeatures, features, 1),
          };
        });
        gradients.set(kernel.name, dKernel);
        return dInput;
      },
      release: () => undefined,
    }),
  };
};

/** Name of the scales of learnable weight scaling, one a class. */
export const scaleName = 'classifier/scale';

/** s_j · z_j, with s at one to begin with: learnable weight scaling (Kang et al., ICLR 2020). */
const createScale = ({ ops, weights, group }: LayerContext, classes: number): Layer => {
  const scale = weights.declare({
    name: scaleName,
    shape: [classes],
    initializer: { kind: 'constant', value: 1 },
    // In the authors' code weight decay acts on the scales too.
    trained: { group, decay: true },
  });
  return {
    outputShape: [classes],
    keepsInput: true,
    keepsOutput: false,
    infer: (x) => ops.mul(x, scale.value),
    train: (x) => ({
      output: ops.mul(x, scale.value),
      backward: (dy, inputGradient, gradients) => {
        gradients.set(
          scale.name,
          ops.tidy(() => ops.sum(ops.mul(dy, x), [0])),
        );
        return inputGradient ? ops.mul(dy, scale.value) : null;
      },
      release: () => undefined,
    }),
  };
};

/** Builds a classifier; `scaled` puts a learnable scale a class behind it. */
export const createClassifier = (
  context: LayerContext,
  spec: ClassifierSpec,
  shape: ClassifierShape & { readonly scaled: boolean },
): Layer => {
  const { ops } = context;
  const layers: Layer[] = [];
  let input = shape.input;
  const push = (layer: Layer): void => {
    layers.push(layer);
    input = layer.outputShape;
  };
  if (spec.kind === 'cosine') push(createCosine(context, spec, { ...shape, input }));
  else {
    if (spec.kind === 'mlp')
      for (const hidden of hiddenLayers(spec)) push(createLayer(context, hidden, input));
    const { name, decay } = spec;
    const bias = spec.kind === 'mlp' || spec.bias;
    const last = { name, units: shape.classes, bias, decay };
    push(createDense(context, last, input, 'glorot-uniform', shape.initialBias));
  }
  if (shape.scaled) push(createScale(context, shape.classes));
  const [only, ...others] = layers;
  if (only !== undefined && others.length === 0) return only;
  return createSequence(ops, layers, shape.input);
};

/** Layers of an MLP classifier before its last one. */
export const hiddenLayers = ({ name, hidden, decay }: Extract<ClassifierSpec, { kind: 'mlp' }>) =>
  hidden.flatMap((units, i) => [
    { kind: 'dense', name: `${name}_hidden${i + 1}`, units, bias: true, decay } as const,
    { kind: 'relu', name: `${name}_hidden${i + 1}_relu` } as const,
  ]);
