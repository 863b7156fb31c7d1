import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../methods/numbers';
import { rowNorms } from '../methods/posthoc';
import { runFiles } from '../protocol/runFiles';
import { readArrays, type SavedOutputs } from './savedOutputs';

/** Norms of the rows and biases of a linear last layer [C]. */
export interface LastLayer {
  readonly norms: Float64Array;
  readonly biases: Float64Array;
}

/** Items on which the layer must give the saved logits before it is taken for what made them. */
const checked = 8;

const classifierName = (folder: string): string | null => {
  const path = join(folder, runFiles.model, 'model.json');
  if (!existsSync(path)) return null;
  const model: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const of = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([own]) => own === key)?.[1]
      : undefined;
  const name = of(of(of(model, 'spec'), 'classifier'), 'name');
  return typeof name === 'string' ? name : null;
};

/**
 * Whether features times rows plus biases are the saved logits: not so for a cosine classifier,
 * learned scales, or weights of another run.
 */
const gives = (
  { logits, features, width, classes, items }: SavedOutputs,
  rows: Float64Array,
  biases: Float64Array,
): boolean => {
  for (let item = 0; item < Math.min(items, checked); item++)
    for (let j = 0; j < classes; j++) {
      let total = at(biases, j);
      for (let d = 0; d < width; d++)
        total += at(features, item * width + d) * at(rows, j * width + d);
      const saved = at(logits, item * classes + j);
      if (!(Math.abs(total - saved) <= 1e-3 * (1 + Math.abs(saved)))) return false;
    }
  return true;
};

/**
 * The last layer that made the outputs, from the first of the folders that keeps a model: a run
 * that only corrects its baseline has none of its own. null where it is not linear.
 */
export const readLastLayer = (
  folders: readonly string[],
  outputs: SavedOutputs,
): LastLayer | null => {
  for (const folder of folders) {
    const name = classifierName(folder);
    const arrays = name === null ? null : readArrays(join(folder, runFiles.model, 'weights.npz'));
    if (arrays === null) continue;
    const kernel = arrays.get(`${name}/kernel`);
    const bias = arrays.get(`${name}/bias`)?.values;
    const { width, classes } = outputs;
    if (!(kernel?.values instanceof Float32Array) || kernel.values.length !== width * classes)
      return null;
    const { values } = kernel;
    // Saved as [width][classes].
    const rows = Float64Array.from(
      { length: width * classes },
      (_, i) => values[(i % width) * classes + Math.floor(i / width)] ?? NaN,
    );
    const biases =
      bias instanceof Float32Array ? Float64Array.from(bias) : new Float64Array(classes);
    return gives(outputs, rows, biases) ? { norms: rowNorms(rows, width), biases } : null;
  }
  return null;
};
