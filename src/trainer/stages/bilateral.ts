import { createRandom } from '../../common/random';
import { betweenBranches, branchShare } from '../../methods/mixing';
import type { Tensor } from '../backend/types';
import { trainingItems } from '../data/trainingItems';
import type { Gradients } from '../models/types';
import { createItemBatches } from './itemBatch';
import { predictRows } from './predict';
import { stageSampler } from './steps';
import type { PrepareStage } from './types';

/** Epochs of the published schedules. */
const publishedEpochs = 200;

/**
 * Trains a two-branch network: each step runs a batch of the stage's sampler through one branch and
 * an equal one, drawn in reversed frequency, through the other. With α the share of the first, the
 * classifier sees [2α f ; 2(1 − α) f′] and the loss is α ℓ(z, y) + (1 − α) ℓ(z, y′). Zhou et al.,
 * CVPR 2020 (arXiv 1912.02413), equations 1 to 5; the factor 2 is the authors' code's.
 */
export const prepareBilateral: PrepareStage = (inputs) => {
  const { ops, network, data, config, seed } = inputs;
  const { branches } = network;
  const last = network.spec.backbone.at(-1);
  if (branches === null || last?.kind !== 'branches')
    throw new RangeError('the network has no branches');
  const [first, second] = branches;
  const { validation } = data.split;
  const items = trainingItems(data, inputs);
  const otherSeed = createRandom(seed, 'rebalancing').nextInt(0x1_0000_0000);
  const reversed = stageSampler(
    data,
    items,
    { sampler: { kind: 'reversed' }, epochs: config.epochs },
    otherSeed,
  );
  let drawn: { readonly epoch: number; readonly order: Uint32Array } | null = null;
  const orderOf = (epoch: number): Uint32Array => {
    if (drawn?.epoch !== epoch) drawn = { epoch, order: reversed.epoch(epoch) };
    return drawn.order;
  };

  const itemBatch = createItemBatches(inputs, items);
  const batch = (positions: Uint32Array, own: number, draw: { epoch: number; at: number }) => {
    const { values, labels, targets } = itemBatch(positions, own, draw);
    const x = ops.tensor(values, [positions.length, ...data.input.shape]);
    return { x, truth: { labels, targets, mixed: null } };
  };
  const together = (one: Gradients, other: Gradients): Map<string, Tensor> => {
    const sum = new Map(one);
    for (const [name, gradient] of other) {
      const own = sum.get(name);
      sum.set(name, own === undefined ? gradient : ops.add(own, gradient));
      if (own !== undefined) ops.dispose(own, gradient);
    }
    return sum;
  };

  return Promise.resolve({
    step: (positions, objective, draw) => {
      const { epoch, at } = draw;
      // The published schedule stretched over the stage; its epochs count from one.
      const place = (epoch * publishedEpochs) / config.epochs + 1;
      const share = branchShare(last.schedule, place, publishedEpochs);
      const order = orderOf(epoch);
      const others = positions.map((_, i) => order[(at + i) % order.length] ?? 0);
      const a = batch(positions, seed, draw);
      const b = batch(others, otherSeed, draw);
      const passes = [first.forward(a.x, 'train'), second.forward(b.x, 'train')] as const;
      const [widthA, widthB] = passes.map(({ output }) => output.shape.at(1) ?? 0);
      const joined = ops.tidy(() =>
        ops.concat(
          [ops.affine(passes[0].output, 2 * share), ops.affine(passes[1].output, 2 * (1 - share))],
          1,
        ),
      );
      const top = network.classifier.forward(joined, 'train');
      const logits = ops.read(top.output);
      const ofA = objective.evaluate(logits, a.truth, epoch);
      const ofB = objective.evaluate(logits, b.truth, epoch);
      const gradient = betweenBranches(ofA.gradient, ofB.gradient, share);
      const dLogits = ops.tensor(new Float32Array(gradient), top.output.shape);
      const above = network.classifier.backward(top, dLogits, { inputGradient: true });
      const { dInput } = above;
      if (dInput === null) throw new RangeError('the classifier gave no gradient of its input');
      const dA = ops.tidy(() =>
        ops.affine(ops.slice(dInput, [0, 0], [positions.length, widthA ?? 0]), 2 * share),
      );
      const dB = ops.tidy(() =>
        ops.affine(
          ops.slice(dInput, [0, widthA ?? 0], [positions.length, widthB ?? 0]),
          2 * (1 - share),
        ),
      );
      const below = together(
        first.backward(passes[0], dA).gradients,
        second.backward(passes[1], dB).gradients,
      );
      top.dispose();
      for (const pass of passes) pass.dispose();
      ops.dispose(a.x, b.x, joined, dLogits, dInput, dA, dB);
      const [lossSum = 0] = betweenBranches([ofA.lossSum], [ofB.lossSum], share);
      return { lossSum, gradients: new Map([...below, ...above.gradients]) };
    },
    validate: () =>
      validation.length === 0 ? Promise.resolve(null) : predictRows(inputs, validation),
    dispose: () => undefined,
  });
};
