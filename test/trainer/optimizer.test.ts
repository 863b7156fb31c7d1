import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import { modelSpec } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { createSgd } from '../../src/trainer/models/optimizer';
import type { LayerSpec } from '../../src/trainer/models/types';

const momenta = (layers: readonly LayerSpec[]): readonly number[] =>
  layers.flatMap((layer) => {
    if (layer.kind === 'residual') return momenta([...layer.body, ...layer.shortcut]);
    return layer.kind === 'batch-norm' ? [layer.momentum] : [];
  });

describe('what a config says of training reaches the network', () => {
  it('every batch norm of a residual network keeps the share asked for, 0.9 unasked', () => {
    const asked = modelSpec({ kind: 'resnet-8', width: 4, normMomentum: 0.99 });
    const unasked = modelSpec({ kind: 'resnet-8', width: 4 });
    // The stem's and two a block.
    expect(momenta(asked.backbone)).toEqual(Array.from({ length: 7 }, () => 0.99));
    expect(momenta(unasked.backbone)).toEqual(Array.from({ length: 7 }, () => 0.9));
  });

  it('weight decay spares the classifier where only the backbone decays', async () => {
    const { ops } = await selectBackend('cpu');
    // Gradients are 0 and there is no momentum: a step multiplies what decays by 1 − 0.5 · 0.1.
    const shrunk = (decayOn: 'kernels' | 'backbone'): ReadonlyMap<string, number> => {
      const spec = modelSpec({ kind: 'mlp', hidden: [3] });
      const network = createNetwork(ops, spec, { inputShape: [2], classes: 2, seed: 1 });
      const sgd = createSgd(ops, network, {
        ...{ momentum: 0, nesterov: false, weightDecay: 0.1 },
        decayOn,
      });
      const before = network.getWeights();
      sgd.step(new Map(network.parameters.map(({ name, shape }) => [name, ops.zeros(shape)])), 0.5);
      const after = network.getWeights();
      network.dispose();
      sgd.dispose();
      return new Map(
        [...before]
          .filter(([name]) => name.endsWith('/kernel'))
          .map(([name, { values }]) => [
            name,
            (after.get(name)?.values[0] ?? NaN) / (values[0] ?? NaN),
          ]),
      );
    };
    const kernels = shrunk('kernels');
    expect(kernels.get('hidden1/kernel')).toBeCloseTo(0.95, 5);
    expect(kernels.get('classifier/kernel')).toBeCloseTo(0.95, 5);
    const backbone = shrunk('backbone');
    expect(backbone.get('hidden1/kernel')).toBeCloseTo(0.95, 5);
    expect(backbone.get('classifier/kernel')).toBe(1);
  });
});
