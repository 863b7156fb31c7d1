import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withNpz } from '../dataset/arrays/npz';
import type { NamedArray } from '../dataset/arrays/npy';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { runFiles } from '../protocol/runFiles';

/** Outputs of a run on one part of its data, as the trainer wrote them. */
export interface SavedOutputs {
  readonly items: number;
  readonly classes: number;
  /** [items][classes], before any correction. */
  readonly logits: Float32Array;
  /** [items][width]. */
  readonly features: Float32Array;
  readonly width: number;
  /** Sample numbers of the index [items]. */
  readonly rows: Int32Array;
  /** Class positions [items]; with several labels 0 and 1 [items][classes]. */
  readonly labels: Int32Array;
}

/** Every array of a file; null where the file is not there. Throws what `withNpz` throws. */
export const readArrays = (path: string): ReadonlyMap<string, NamedArray> | null =>
  existsSync(path)
    ? withNpz(
        nodeFileSource,
        path,
        (entries) => new Map(entries.map((entry) => [entry.name, entry.read()])),
      )
    : null;

/** Outputs of a run; null where the run kept none, or others than the trainer writes. */
export const readSaved = (folder: string, part: 'validation' | 'test'): SavedOutputs | null => {
  const arrays = readArrays(join(folder, runFiles.predictions, `${part}.npz`));
  const logits = arrays?.get('logits');
  const features = arrays?.get('features')?.values;
  const rows = arrays?.get('rows')?.values;
  const labels = arrays?.get('labels')?.values;
  const [items = 0, classes = 0] = logits?.shape ?? [];
  if (
    !(logits?.values instanceof Float32Array && features instanceof Float32Array) ||
    !(rows instanceof Int32Array && labels instanceof Int32Array) ||
    rows.length !== items ||
    items === 0
  )
    return null;
  const width = features.length / items;
  return { items, classes, logits: logits.values, features, width, rows, labels };
};
