import type { FileSource } from '../types';
import { npyParts, parseNpy, parseNpyHeader } from './npy';
import type { NamedArray, WritableArray } from './npy';
import { readZipEntry, zipEntries, zipParts } from './zip';

/** An array of an archive before its values are read. */
export interface ArrayEntry {
  readonly name: string;
  readonly shape: readonly number[];
  read(): NamedArray;
}

/** Longer than any header of a plain array. */
const headerBytes = 4096;
const suffix = /\.npy$/;

/**
 * Lists the arrays of NumPy's `.npz` (`savez` and `savez_compressed`) by names and shapes and hands
 * them to `use` while the file is open; values are read when asked for. Members that are no arrays
 * are passed over. Throws `arrays/damaged` and what `parseNpy` throws; the system's own for a file
 * that cannot be opened.
 */
export const withNpz = <T>(
  source: FileSource,
  path: string,
  use: (arrays: readonly ArrayEntry[]) => T,
): T => {
  const file = source.open(path);
  try {
    const members = zipEntries(file, path).filter(({ name }) => suffix.test(name));
    return use(
      members.map((member): ArrayEntry => {
        const name = member.name.replace(suffix, '');
        const place = { path, name };
        return {
          name,
          shape: parseNpyHeader(readZipEntry(file, path, member, headerBytes), place).shape,
          read: () => parseNpy(readZipEntry(file, path, member), place),
        };
      }),
    );
  } finally {
    file.close();
  }
};

/**
 * The bytes of an `.npz` of these arrays (stored, not compressed, the same arrays the same bytes),
 * in pieces. null from 4 GB on.
 */
export const npzParts = (
  arrays: Readonly<Record<string, WritableArray>>,
): readonly Uint8Array[] | null =>
  zipParts(
    Object.entries(arrays).map(([name, array]) => ({
      name: `${name}.npy`,
      parts: npyParts(array),
    })),
  );
