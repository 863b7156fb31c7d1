import { LongtailError } from '../common/errors';
import { npzParts, withNpz } from '../dataset/arrays/npz';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { writeAtomic } from './atomicFile';

/** An array of a run's own files. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/**
 * Writes arrays as NumPy's `.npz`, whole or not at all. Float32 and int32 arrays, row-major. Throws
 * `train/npz-too-large` from 4 GB on.
 */
export const writeNpz = (path: string, arrays: Readonly<Record<string, NpzArray>>): void => {
  const parts = npzParts(arrays);
  if (parts === null) throw new LongtailError('train/npz-too-large', { path });
  writeAtomic(path, ...parts);
};

/** Reads what `writeNpz` wrote. Throws `train/npz-damaged` for anything else. */
export const readNpz = (path: string): ReadonlyMap<string, NpzArray> => {
  const damaged = (cause?: unknown): LongtailError =>
    new LongtailError('train/npz-damaged', { path }, { cause });
  try {
    return withNpz(nodeFileSource, path, (entries) => {
      const arrays = new Map<string, NpzArray>();
      for (const entry of entries) {
        const { shape, values } = entry.read();
        if (!(values instanceof Float32Array || values instanceof Int32Array)) throw damaged();
        arrays.set(entry.name, { shape, values });
      }
      if (arrays.size === 0) throw damaged();
      return arrays;
    });
  } catch (error) {
    if (error instanceof LongtailError) throw damaged(error);
    throw error;
  }
};
