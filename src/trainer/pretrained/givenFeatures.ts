import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LongtailError } from '../../common/errors';
import { resolvePath } from '../../config/paths';
import { withNpz, type ArrayEntry } from '../../dataset/arrays/npz';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import type { PictureSource } from '../data/pixels';
import { toHalf } from './half';
import { weightsHash } from './weightsFile';

/** Features that another program made of the pictures, by row of the index. */
export interface GivenFeatures {
  readonly path: string;
  readonly hash: string;
  readonly width: number;
  /** [rows, width], in the order of the rows asked for. */
  readonly halves: Uint16Array;
  /** One byte a row: 1 where the file has no features of it. */
  readonly missing: Uint8Array;
}

const inArchive = (arrays: readonly ArrayEntry[], path: string) => {
  const wrong = (what: string): LongtailError =>
    new LongtailError('pretrained/features-file', { path, what });
  const get = (name: string) => {
    const entry = arrays.find((one) => one.name === name);
    if (entry === undefined) throw wrong(name);
    return entry.read();
  };
  const features = get('features');
  const paths = get('paths').values;
  const [rows = 0, width = 0] = features.shape;
  const { values } = features;
  if (features.shape.length !== 2 || width === 0 || !(values instanceof Float32Array))
    throw wrong('features');
  if (!Array.isArray(paths) || paths.length !== rows) throw wrong('paths');
  return { values, paths: paths as readonly string[], width };
};

/**
 * Features from an `.npz` of float32 `features` [n, D] and `paths` [n], each the path of a picture
 * below the dataset's root, as the exported script writes them. Throws `pretrained/features-file`
 * for another form, `pretrained/features-unmatched` where no path fits.
 */
export const readGivenFeatures = (
  source: PictureSource,
  rows: Uint32Array,
  place: { readonly configPath: string; readonly file: string },
): GivenFeatures => {
  const path = resolvePath(dirname(place.configPath), place.file);
  let hash: string;
  try {
    hash = weightsHash(readFileSync(path));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('pretrained/features-missing', { path, detail }, { cause: error });
  }
  const { values, paths, width } = withNpz(nodeFileSource, path, (arrays) =>
    inArchive(arrays, path),
  );
  const placeOf = new Map(paths.map((name, i) => [name.replaceAll('\\', '/'), i]));
  const halves = new Uint16Array(rows.length * width);
  const missing = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    const at = placeOf.get(source.index.locator(row).path);
    if (at === undefined) {
      missing[i] = 1;
      return;
    }
    const own = values.subarray(at * width, (at + 1) * width);
    if (!own.every((value) => Math.abs(value) < 65504))
      throw new LongtailError('pretrained/features-file', { path, what: paths[at] ?? '' });
    halves.set(toHalf(own), i * width);
  });
  if (!missing.includes(0)) {
    const [first = ''] = paths;
    const wanted = source.index.locator(rows[0] ?? 0).path;
    throw new LongtailError('pretrained/features-unmatched', { path, first, wanted });
  }
  return { path, hash, width, halves, missing };
};
