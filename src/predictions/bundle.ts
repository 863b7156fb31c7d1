import { LongtailError } from '../common/errors';
import { parseNpy, type NamedArray } from '../dataset/arrays/npy';
import { withNpz } from '../dataset/arrays/npz';
import { reasonOf } from '../dataset/issues';
import type { FileSource } from '../dataset/types';
import { readParquet } from './parquet';
import { readTable } from './table';

/** The arrays of a file by name, each read when asked for. */
export interface Bundle {
  readonly path: string;
  readonly entries: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    read(): NamedArray;
  }[];
}

const whole = (path: string, arrays: ReadonlyMap<string, NamedArray>): Bundle => ({
  path,
  entries: [...arrays].map(([name, array]) => ({ name, shape: array.shape, read: () => array })),
});

const npz = (source: FileSource, path: string): Bundle => ({
  path,
  entries: withNpz(source, path, (entries) =>
    entries.map(({ name, shape }) => ({ name, shape })),
  ).map(({ name, shape }) => ({
    name,
    shape,
    read: () =>
      withNpz(source, path, (entries) => {
        const entry = entries.find((one) => one.name === name);
        if (entry === undefined) throw new LongtailError('arrays/damaged', { path, name });
        return entry.read();
      }),
  })),
});

const npy = (source: FileSource, path: string): Bundle => {
  const file = source.open(path);
  try {
    const array = parseNpy(file.read(0, file.size), { path, name: '' });
    // The file's name is all that says what it is: logits.npy.
    const name = path.replace(/^.*[/\\]/, '').replace(/\.npy$/i, '');
    return whole(path, new Map([[name, array]]));
  } finally {
    file.close();
  }
};

type Open = (source: FileSource, path: string) => Bundle | Promise<Bundle>;

/** One row a kind of file, by the end of its name. */
const kinds: readonly (readonly [ending: RegExp, open: Open])[] = [
  [/\.npz$/i, npz],
  [/\.npy$/i, npy],
  [/\.(csv|tsv|txt)$/i, (source, path) => whole(path, readTable(source, path))],
  [/\.(parquet|pq)$/i, async (source, path) => whole(path, await readParquet(source, path))],
];

/** Whether a path names a kind of file that can be opened here. */
export const isBundlePath = (path: string): boolean => kinds.some(([ending]) => ending.test(path));

/**
 * Opens a file of arrays: npz, npy, CSV or TSV, Parquet. An npy has one array, named as the file.
 * Throws `posthoc/unknown-file`, `posthoc/cannot-open`, and what the readers throw.
 */
export const openBundle = async (source: FileSource, path: string): Promise<Bundle> => {
  const open = kinds.find(([ending]) => ending.test(path))?.[1];
  if (open === undefined) throw new LongtailError('posthoc/unknown-file', { path });
  try {
    return await open(source, path);
  } catch (error) {
    if (error instanceof LongtailError) throw error;
    throw new LongtailError(
      'posthoc/cannot-open',
      { path, detail: reasonOf(error) },
      { cause: error },
    );
  }
};
