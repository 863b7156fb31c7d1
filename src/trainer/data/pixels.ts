import { LongtailError, type Issue } from '../../common/errors';
import { nativeLimit, pixelBoundBytes } from '../../config/preview/inputShape';
import type { RebalanceConfig } from '../../config/schema';
import type { DatasetIndex, FileSource, Sample } from '../../dataset/types';
import type { DecodePool } from './decodePool';
import { fitImage, type ImageShape } from './image';
import { pixelCachePath, readPixels, writePixels } from './pixelCache';

export interface Pixels {
  readonly shape: ImageShape;
  /** Pictures one after the other, in the order of `rows`. */
  readonly data: Uint8Array;
  readonly unreadable: ReadonlySet<number>;
  readonly issues: readonly Issue[];
}

/** Where pictures come from. */
export interface PictureSource {
  readonly index: DatasetIndex;
  readonly files: FileSource;
  readSample(row: number): Sample;
}

export const batchFiles = 64;
/** Batches on their way to the decoders at a time: bounds the memory of encoded files. */
const inFlight = 4;
const probes = 64;
/** Unreadable pictures that are named one by one; the others are counted. */
export const namedIssues = 20;

interface Facts {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

export const unreadableIssue = (source: PictureSource, row: number, detail: string): Issue => {
  const { path } = source.index.locator(row);
  return { code: 'train/unreadable-image', severity: 'warning', path, params: { path, detail } };
};

/** A sample, or why there is none. */
export const readOrError = (source: PictureSource, row: number): Sample | string => {
  try {
    const sample = source.readSample(row);
    return sample.kind === 'row' ? 'not a picture' : sample;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Size and channels of up to 64 pictures, spread evenly over the rows. */
export const probe = async (
  source: PictureSource,
  pool: DecodePool,
  rows: Uint32Array,
): Promise<readonly Facts[]> => {
  const step = Math.max(1, Math.floor(rows.length / probes));
  const found: Facts[] = [];
  const encoded: Uint8Array[] = [];
  for (let i = 0; i < rows.length; i += step) {
    const sample = readOrError(source, rows[i] ?? 0);
    if (typeof sample === 'string') continue;
    if (sample.kind === 'pixels') found.push(sample);
    if (sample.kind === 'encoded-image') encoded.push(sample.bytes);
  }
  if (encoded.length > 0)
    for (const result of (await pool.decode(encoded, null)).results)
      if (!('error' in result)) found.push(result);
  return found;
};

/**
 * What the network sees when the config leaves it open: the pictures' own size where up to 64
 * probed ones agree and it is at most 64 × 64, else 64 × 64; grey where all probed ones are grey.
 */
export const resolveShape = (
  input: RebalanceConfig['input'],
  found: readonly Facts[],
): ImageShape => {
  const [first] = found;
  const same = found.every(
    ({ width, height }) => width === first?.width && height === first.height,
  );
  const fits = same && first !== undefined && Math.max(first.width, first.height) <= nativeLimit;
  const [height, width] =
    input.size ?? (fits ? [first.height, first.width] : [nativeLimit, nativeLimit]);
  const channels = input.channels ?? (found.every((one) => one.channels === 1) ? 1 : 3);
  return { height, width, channels };
};

/** Absolute path of a sample's file: a table's pictures lie beside the table, or are absolute. */
const filePath = ({ index, files }: PictureSource): ((path: string) => string) => {
  const isFolder = files.stat(index.root).kind === 'folder';
  const folder = isFolder ? index.root : index.root.replace(/[/\\][^/\\]*$/, '');
  return (path) => (/^([/\\]|[A-Za-z]:)/.test(path) ? path : `${folder}/${path}`);
};

/** Size and time of change of every row's file, −1 and 0 where it cannot be asked. */
export const stampsOf = (source: PictureSource, rows: Uint32Array): Float64Array => {
  const absolute = filePath(source);
  const known = new Map<string, readonly [number, number]>();
  const stamps = new Float64Array(rows.length * 2);
  rows.forEach((row, i) => {
    const { path } = source.index.locator(row);
    let stamp = known.get(path);
    if (stamp === undefined) {
      try {
        const { size, mtimeMs } = source.files.stat(absolute(path));
        stamp = [size, mtimeMs];
      } catch {
        stamp = [-1, 0];
      }
      known.set(path, stamp);
    }
    stamps.set(stamp, i * 2);
  });
  return stamps;
};

export interface LoadOptions {
  readonly input: RebalanceConfig['input'];
  readonly rows: Uint32Array;
  readonly cacheFolder: string;
  /** Called after each batch; throws to stop. */
  readonly tick: (done: number, total: number) => void;
}

/** Decoded pictures of a few rows. */
export interface DecodedBatch {
  /** Row-major, one picture after the other; zeros where one could not be read. */
  readonly pixels: Uint8Array;
  /** Why a picture of the batch could not be read, by its place. */
  readonly failed: ReadonlyMap<number, string>;
}

/** Decodes pictures of a few rows to one shape; samples that are pixels already only fitted. */
export const decodeBatch = async (
  source: PictureSource,
  pool: DecodePool,
  shape: ImageShape,
  rows: Uint32Array,
): Promise<DecodedBatch> => {
  const size = shape.height * shape.width * shape.channels;
  const pixels = new Uint8Array(rows.length * size);
  const failed = new Map<number, string>();
  const places: number[] = [];
  const encoded: Uint8Array[] = [];
  rows.forEach((row, i) => {
    const sample = readOrError(source, row);
    if (typeof sample === 'string') failed.set(i, sample);
    else if (sample.kind === 'pixels') pixels.set(fitImage(sample, shape), i * size);
    else if (sample.kind === 'encoded-image') {
      places.push(i);
      encoded.push(sample.bytes);
    }
  });
  if (encoded.length > 0) {
    const answer = await pool.decode(encoded, shape);
    places.forEach((i, k) => {
      const result = answer.results[k];
      if (result !== undefined && 'error' in result) failed.set(i, result.error);
      else if (answer.pixels !== null)
        pixels.set(answer.pixels.subarray(k * size, (k + 1) * size), i * size);
    });
  }
  return { pixels, failed };
};

const decodeAll = async (
  source: PictureSource,
  pool: DecodePool,
  shape: ImageShape,
  { rows, tick }: LoadOptions,
): Promise<{ pixels: Uint8Array; unreadable: Uint8Array; issues: Issue[] }> => {
  const size = shape.height * shape.width * shape.channels;
  const pixels = new Uint8Array(rows.length * size);
  const unreadable = new Uint8Array(rows.length);
  const issues: Issue[] = [];
  const fail = (i: number, detail: string): void => {
    unreadable[i] = 1;
    if (issues.length < namedIssues) issues.push(unreadableIssue(source, rows[i] ?? 0, detail));
  };
  let done = 0;
  const loadBatch = async (start: number): Promise<void> => {
    const end = Math.min(start + batchFiles, rows.length);
    const batch = await decodeBatch(source, pool, shape, rows.subarray(start, end));
    pixels.set(batch.pixels, start * size);
    for (const [i, detail] of batch.failed) fail(start + i, detail);
    done += end - start;
    tick(done, rows.length);
  };
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < rows.length) {
      const start = next;
      next += batchFiles;
      await loadBatch(start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return { pixels, unreadable, issues };
};

/**
 * The rows whose flag is set, and what is said about them: the first by name (as found while
 * decoding, or without their reason from a cache), then how many.
 */
export const unreadableIssues = (
  source: PictureSource,
  { rows, flags }: { readonly rows: Uint32Array; readonly flags: Uint8Array },
  found: readonly Issue[] | null,
): { readonly bad: readonly number[]; readonly issues: readonly Issue[] } => {
  const bad: number[] = [];
  flags.forEach((flag, i) => {
    if (flag === 1) bad.push(rows[i] ?? 0);
  });
  const issues = [
    ...(found ?? bad.slice(0, namedIssues).map((row) => unreadableIssue(source, row, ''))),
  ];
  if (bad.length > namedIssues)
    issues.push({
      code: 'train/unreadable-images',
      severity: 'warning',
      params: { count: bad.length },
      count: bad.length,
    });
  return { bad, issues };
};

/**
 * Pixels of the rows at the network's size, from the cache or decoded. A picture that cannot be
 * read becomes an issue and a member of `unreadable`, never a failure. Throws
 * `train/pixels-too-large` when they would not fit in memory.
 */
export const loadPixels = async (
  source: PictureSource,
  pool: DecodePool,
  options: LoadOptions,
): Promise<Pixels> => {
  const { input, rows, cacheFolder } = options;
  const found =
    input.size !== undefined && input.channels !== undefined ? [] : await probe(source, pool, rows);
  const shape = resolveShape(input, found);
  const size = shape.height * shape.width * shape.channels;
  if (rows.length * size > pixelBoundBytes)
    throw new LongtailError('train/pixels-too-large', {
      samples: rows.length,
      height: shape.height,
      width: shape.width,
      gigabytes: (rows.length * size) / 1024 ** 3,
    });
  const path = pixelCachePath(cacheFolder, {
    fingerprint: source.index.fingerprint,
    shape: [shape.height, shape.width, shape.channels],
    rows,
    stamps: stampsOf(source, rows),
  });
  const cached = readPixels(path, rows.length, size);
  const made =
    cached === null
      ? await decodeAll(source, pool, shape, options)
      : { ...cached, issues: [] as readonly Issue[] };
  if (cached === null) writePixels(path, made);
  const { bad, issues } = unreadableIssues(
    source,
    { rows, flags: made.unreadable },
    cached === null ? made.issues : null,
  );
  return { shape, data: made.pixels, unreadable: new Set(bad), issues };
};
