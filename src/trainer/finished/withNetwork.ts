import { LongtailError } from '../../common/errors';
import { findWeights } from '../pretrained/findWeights';
import type { FinishedModel } from './finishedModel';
import { describeNetwork, standardiseWeights } from './frozenNetwork';

/**
 * A model with the frozen network below it among its layers and weights, so that it takes pictures
 * wherever it goes. One that has no such network, or has it already, is given back as it is; so is
 * one on a network of TensorFlow.js, which is not written down in layers that we know. Throws
 * what `findWeights` throws, and `model/other-network` where other weights are found than it was
 * trained on.
 */
export const withNetwork = (model: FinishedModel, bundleFolder: string): FinishedModel => {
  const { description, frozen, weights } = model;
  const { input, title } = description;
  if (frozen === null || input.kind !== 'features' || input.network === null) return model;
  const { net, weights: given } = frozen.model;
  if (net === 'tfjs' || input.network.layers !== null) return model;
  const { configPath } = frozen;
  const found = findWeights({ net, weights: given }, { configPath, bundleFolder });
  if (found.hash !== input.network.weights)
    throw new LongtailError('model/other-network', { net, title });
  const described = describeNetwork(found.net, found.weights);
  const network = { ...input.network, layers: described.layers };
  return {
    description: { ...description, input: { ...input, network } },
    frozen: null,
    weights: new Map([
      ...described.weights,
      ...standardiseWeights(input.mean, input.deviation),
      ...weights,
    ]),
  };
};
