import { trainingItems } from '../data/trainingItems';
import { createMixer, mixValues } from '../mixing';
import { mixedFeatureGradients } from '../mixing/features';
import { predictRows } from './predict';
import { lossGradient } from './lossGradient';
import type { PrepareStage } from './types';

/** Trains backbone and classifier together on augmented inputs. */
export const prepareWholeNetwork: PrepareStage = (inputs) => {
  const { ops, network, data, stage, seed } = inputs;
  const { validation } = data.split;
  const items = trainingItems(data, inputs);
  const mixer = createMixer(inputs.config, { seed, counts: items.counts });
  const copies = (positions: Uint32Array): Uint8Array | undefined =>
    items.firstCopy === items.rows.length
      ? undefined
      : Uint8Array.from(positions, (position) => (position >= items.firstCopy ? 1 : 0));
  return Promise.resolve({
    step: (positions, objective, draw) => {
      const rows = positions.map((position) => items.rows[position] ?? 0);
      const labels = Int32Array.from(positions, (position) => items.labels[position] ?? 0);
      const augment = {
        seed,
        stage,
        epoch: draw.epoch,
        draw: draw.at,
        copies: copies(positions),
      };
      const mixing = mixer.draw(labels, draw);
      const plain = data.input.batch(rows, augment);
      const values = mixing !== null && mixer.place === 'inputs' ? mixValues(plain, mixing) : plain;
      const x = ops.tensor(values, [rows.length, ...data.input.shape]);
      const loss = (logits: typeof x) => {
        const truth = { labels, targets: data.multi?.targets(rows) ?? null, mixed: mixing };
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
