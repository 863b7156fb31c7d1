import type { Outputs, StageInputs } from './types';

const batchRows = 256;

/** Splits rows into pieces for inference. */
const pieces = (rows: Uint32Array): readonly Uint32Array[] =>
  Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, i) =>
    rows.subarray(i * batchRows, (i + 1) * batchRows),
  );

/** Logits and features of rows in inference mode, without augmentation. */
export const predictRows = async (
  { ops, network, data, breathe }: Pick<StageInputs, 'ops' | 'network' | 'data' | 'breathe'>,
  rows: Uint32Array,
): Promise<Outputs> => {
  const { classes, featureWidth } = network;
  const logits = new Float32Array(rows.length * classes);
  const features = new Float32Array(rows.length * featureWidth);
  let done = 0;
  for (const piece of pieces(rows)) {
    const x = ops.tensor(data.input.batch(piece, null), [piece.length, ...data.input.shape]);
    const made = network.predict(x);
    logits.set(ops.read(made.logits), done * classes);
    features.set(ops.read(made.features), done * featureWidth);
    ops.dispose(x, made.logits, made.features);
    done += piece.length;
    await breathe();
  }
  return { logits, features };
};
