import type { Ops, Recorded, Recorder, Recording, Shape, Tensor } from '../backend/types';
import type { Layer, LayerStep } from './layer';
import type { WeightStore } from './weights';

/** Batches of an epoch have one of two sizes; a stage after it may have two more. */
const keptPlans = 4;

/** A training pass over inputs of one shape, as graphs. */
interface Plan {
  readonly recording: Recording;
  train(x: Tensor): LayerStep;
}

const keyOf = ({ node, index }: Recorded): string => `${node}:${index}`;

/**
 * Records forward and backward pass of a layer over zeros: what runs depends on the shape alone.
 * The graph has the places of input, outer gradient and weights; what the backward pass needs of
 * the forward one goes from one run of the graph to the other.
 */
const recordPlan = (
  { ops, recorder }: { readonly ops: Ops; readonly recorder: Recorder },
  weights: WeightStore,
  layer: Layer,
  shape: Shape,
): Plan =>
  ops.tidy(() => {
    const outer = ops.zeros([shape.at(0) ?? 0, ...layer.outputShape]);
    const inputs = [ops.zeros(shape), outer, ...weights.values()];
    const { recording, result } = recorder.record(inputs, (recorded, tape) => {
      const { result: step, updates } = weights.holdBack(() => layer.train(inputs[0] ?? outer));
      const half = tape.place();
      const forward = [step.output, ...updates.values()].map(recorded);
      const gradients = new Map<string, Tensor>();
      const dInput = step.backward(outer, true, gradients);
      if (dInput === null) throw new RangeError('a layer gave no gradient of its input');
      const backward = [...gradients.values()].map(recorded);
      const names = { updates: [...updates.keys()], gradients: [...gradients.keys()] };
      return { half, forward, backward, dInput: recorded(dInput), names };
    });
    const { half, forward, backward, dInput, names } = result;
    const isInput = ({ node }: Recorded): boolean => node < inputs.length;

    const made = new Map(forward.map((one) => [keyOf(one), one]));
    for (const one of recording.needs(half, [...backward, dInput]))
      if (!isInput(one)) made.set(keyOf(one), one);
    const forwardNeeds = recording.needs(inputs.length, [...made.values()]);
    const forwardCall = recording.callable(forwardNeeds, [...made.values()]);
    /** The backward pass to some outputs; `kept` are the tensors of `made`, in its order. */
    const backwardTo = (outputs: readonly Recorded[]) => {
      const needs = recording.needs(half, outputs);
      const call = recording.callable(needs, outputs);
      const places = [...made.keys()];
      return (feeds: readonly Tensor[], kept: readonly Tensor[]): readonly Tensor[] =>
        call(
          needs.map((one) => {
            const tensor = isInput(one) ? feeds[one.node] : kept[places.indexOf(keyOf(one))];
            if (tensor === undefined) throw new RangeError('the forward pass kept too little');
            return tensor;
          }),
        );
    };
    const toWeights = backwardTo(backward);
    const toInput = backwardTo([...backward, dInput]);

    const train = (x: Tensor): LayerStep => {
      const feeds = [x, x, ...weights.values()];
      const kept = forwardCall(forwardNeeds.map(({ node }) => feeds[node] ?? x));
      const [output, ...others] = kept;
      if (output === undefined) throw new RangeError('the forward pass gave nothing');
      for (const name of names.updates) {
        const value = others.shift();
        if (value !== undefined) weights.update(name, value);
      }
      return {
        output,
        backward: (dOutput, inputGradient, gradients) => {
          const at = [x, dOutput, ...weights.values()];
          const results = inputGradient ? toInput(at, kept) : toWeights(at, kept);
          for (const [i, name] of names.gradients.entries()) {
            const gradient = results[i];
            if (gradient !== undefined) gradients.set(name, gradient);
          }
          ops.dispose(...others.splice(0));
          return inputGradient ? (results.at(-1) ?? null) : null;
        },
        release: () => {
          ops.dispose(...others.splice(0));
        },
      };
    };
    return { recording, train };
  });

/**
 * The layer with its training passes as graphs, where the backend has graphs: one call instead of
 * some hundred, run by TensorFlow on all cores at once. Elsewhere the layer itself.
 */
export const createReplay = (
  ops: Ops,
  weights: WeightStore,
  layer: Layer,
): { readonly layer: Layer; dispose(): void } => {
  const { recorder } = ops;
  if (recorder === null || weights.values().length === 0)
    return { layer, dispose: () => undefined };
  const plans = new Map<string, Plan>();
  const planOf = (shape: Shape): Plan => {
    const key = shape.join();
    const plan = plans.get(key) ?? recordPlan({ ops, recorder }, weights, layer, shape);
    plans.delete(key);
    plans.set(key, plan);
    for (const [old, { recording }] of plans)
      if (plans.size > keptPlans) {
        recording.dispose();
        plans.delete(old);
      }
    return plan;
  };
  return {
    layer: { ...layer, keepsInput: true, train: (x) => planOf(x.shape).train(x) },
    dispose: () => {
      for (const { recording } of plans.values()) recording.dispose();
      plans.clear();
    },
  };
};
