import { createMixer, mixValues } from '../mixing';
import { isTrained } from './classifier';
import { lossGradient } from './lossGradient';
import { predictRows } from './predict';
import type { PrepareStage } from './types';

/**
 * Trains the classifier, or scales behind it, on features of the frozen backbone (cRT and learnable
 * weight scaling: Kang et al., ICLR 2020). The
 * features are taken once, in inference mode and without augmentation: unlike in the authors' code,
 * batch-norm statistics cannot drift towards the re-balanced sample.
 */
export const prepareClassifierOnly: PrepareStage = async (inputs) => {
  const { ops, network, data } = inputs;
  const { trainable } = inputs.config;
  const { train, validation } = data.split;
  const width = network.featureWidth;
  const { features } = await predictRows(inputs, train);
  const held = validation.length === 0 ? null : await predictRows(inputs, validation);
  const labels = Int32Array.from(train, (row) => data.classOf[row] ?? 0);
  // Nothing but features is left to mix here; the config check refuses mixed inputs.
  const mixer = createMixer(inputs.config, { seed: inputs.seed, counts: data.trainCounts });
  const gather = (positions: Uint32Array): Float32Array => {
    const rows = new Float32Array(positions.length * width);
    positions.forEach((position, i) => {
      rows.set(features.subarray(position * width, (position + 1) * width), i * width);
    });
    return rows;
  };
  return {
    step: (positions, objective, draw) => {
      const { epoch } = draw;
      const own = Int32Array.from(positions, (position) => labels[position] ?? 0);
      const mixing = mixer.draw(own, draw);
      const plain = gather(positions);
      const values = mixing === null ? plain : mixValues(plain, mixing);
      const x = ops.tensor(values, [positions.length, width]);
      const pass = network.classifier.forward(x, 'train');
      const rows = positions.map((position) => train[position] ?? 0);
      const targets = data.multi?.targets(rows) ?? null;
      const truth = { labels: own, targets, mixed: mixing };
      const { lossSum, dLogits } = lossGradient(ops, objective, pass.output, { truth, epoch });
      const all = network.classifier.backward(pass, dLogits).gradients;
      const gradients = new Map([...all].filter(([name]) => isTrained(trainable, name)));
      for (const [name, gradient] of all) if (!gradients.has(name)) ops.dispose(gradient);
      pass.dispose();
      ops.dispose(x, dLogits);
      return { lossSum, gradients };
    },
    validate: () => {
      if (held === null) return Promise.resolve(null);
      const x = ops.tensor(held.features, [validation.length, width]);
      const pass = network.classifier.forward(x, 'inference');
      const logits = ops.read(pass.output);
      pass.dispose();
      ops.dispose(x);
      return Promise.resolve({ logits, features: held.features });
    },
    dispose: () => undefined,
  };
};
