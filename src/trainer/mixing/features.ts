import type { Ops, Tensor } from '../backend/types';
import type { Gradients, Network } from '../models/types';
import type { BatchMixing } from './index';

/** λ x + (1 − λ) x[rows], for rows of x [B, …]. */
const blend = (ops: Ops, x: Tensor, lambda: number, rows: Int32Array): Tensor =>
  ops.tidy(() => ops.add(ops.affine(x, lambda), ops.affine(ops.gatherRows(x, rows), 1 - lambda)));

/** The permutation that undoes another. */
const inverse = (permutation: Uint32Array): Int32Array => {
  const back = new Int32Array(permutation.length);
  permutation.forEach((to, from) => {
    back[to] = from;
  });
  return back;
};

/**
 * `Network.gradients` with the features mixed between backbone and classifier: a row's features get
 * λ of the gradient of its own mixture and 1 − λ of that of the row it is partner of.
 */
export const mixedFeatureGradients = <T>(
  ops: Ops,
  network: Network,
  { x, mixing }: { readonly x: Tensor; readonly mixing: BatchMixing },
  loss: (logits: Tensor) => { readonly dLogits: Tensor; readonly result: T },
): { readonly result: T; readonly gradients: Gradients } => {
  const { backbone, classifier } = network;
  const { lambda, partners } = mixing;
  const features = backbone.forward(x, 'train');
  const mixed = blend(ops, features.output, lambda, Int32Array.from(partners));
  const logits = classifier.forward(mixed, 'train');
  const { dLogits, result } = loss(logits.output);
  const needed = backbone.parameters.length > 0;
  const top = classifier.backward(logits, dLogits, { inputGradient: needed });
  logits.dispose();
  ops.dispose(dLogits, mixed);
  if (top.dInput === null) {
    features.dispose();
    return { result, gradients: top.gradients };
  }
  const dFeatures = blend(ops, top.dInput, lambda, inverse(partners));
  const below = backbone.backward(features, dFeatures);
  ops.dispose(top.dInput, dFeatures);
  features.dispose();
  return { result, gradients: new Map([...below.gradients, ...top.gradients]) };
};
