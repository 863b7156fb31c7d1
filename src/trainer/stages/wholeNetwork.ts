import { trainingItems } from '../data/trainingItems';
import { createMixer, mixValues } from '../mixing';
import { mixedFeatureGradients } from '../mixing/features';
import { createItemBatches } from './itemBatch';
import { lossGradient } from './lossGradient';
import { predictRows } from './predict';
import type { PrepareStage } from './types';

/** Trains backbone and classifier together on augmented inputs. */
export const prepareWholeNetwork: PrepareStage = (inputs) => {
  const { ops, network, data, seed } = inputs;
  const { validation } = data.split;
  const items = trainingItems(data, inputs);
  const mixer = createMixer(inputs.config, { seed, counts: items.counts });
  const batch = createItemBatches(inputs, items);
  return Promise.resolve({
    step: (positions, objective, draw) => {
      const { values: plain, labels, targets } = batch(positions, seed, draw);
      const mixing = mixer.draw(labels, draw);
      const values = mixing !== null && mixer.place === 'inputs' ? mixValues(plain, mixing) : plain;
      const x = ops.tensor(values, [positions.length, ...data.input.shape]);
      const loss = (logits: typeof x) => {
        const truth = { labels, targets, mixed: mixing };
        const { epoch } = draw;
        const { lossSum, dLogits } = lossGradient(ops, objective, logits, { truth, epoch });
        return { dLogits, result: lossSum };
      };
      const { result, gradients } =
        mixing !== null && mixer.place === 'features'
          ? mixedFeatureGradients(ops, network, { x, mixing }, loss)
          : network.gradients(x, loss);
      ops.dispose(x);
      return { lossSum: result, gradients };
    },
    validate: () =>
      validation.length === 0 ? Promise.resolve(null) : predictRows(inputs, validation),
    dispose: () => undefined,
  });
};
