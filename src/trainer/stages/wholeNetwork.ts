import { predictRows } from './predict';
import { lossGradient } from './lossGradient';
import type { PrepareStage } from './types';

/** Trains backbone and classifier together on augmented inputs. */
export const prepareWholeNetwork: PrepareStage = (inputs) => {
  const { ops, network, data, stage, seed } = inputs;
  const { train, validation } = data.split;
  return Promise.resolve({
    step: (positions, objective, draw) => {
      const rows = positions.map((position) => train[position] ?? 0);
      const labels = Int32Array.from(rows, (row) => data.classOf[row] ?? 0);
      const augment = { seed, stage, epoch: draw.epoch, draw: draw.at };
      const x = ops.tensor(data.input.batch(rows, augment), [rows.length, ...data.input.shape]);
      const { result, gradients } = network.gradients(x, (logits) => {
        const truth = { labels, targets: data.multi?.targets(rows) ?? null, mixed: null };
        const { epoch } = draw;
        const { lossSum, dLogits } = lossGradient(ops, objective, logits, { truth, epoch });
        return { dLogits, result: lossSum };
      });
      ops.dispose(x);
      return { lossSum: result, gradients };
    },
    validate: () =>
      validation.length === 0 ? Promise.resolve(null) : predictRows(inputs, validation),
    dispose: () => undefined,
  });
};
