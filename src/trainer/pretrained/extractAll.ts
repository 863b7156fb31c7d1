import type { Issue } from '../../common/errors';
import type { BackendId } from '../backend/types';
import type { DecodePool } from '../data/decodePool';
import type { ImageShape } from '../data/image';
import {
  batchFiles,
  decodeBatch,
  namedIssues,
  unreadableIssue,
  type DecodedBatch,
  type PictureSource,
} from '../data/pixels';
import { createPace, type PaceShown } from '../pace';
import type { FeatureExtractor } from './extractor';
import type { FeatureStore } from './featureCache';
import { toHalf } from './half';

/** How far the features of a dataset are; pictures count once, with a mirrored copy as well. */
export interface ExtractionProgress {
  readonly backend: BackendId;
  readonly done: number;
  readonly total: number;
  readonly imagesPerSecond: number;
  /** null until a few steps were timed. */
  readonly secondsLeft: number | null;
}

/** The pictures from left to right turned round. */
const mirror = (pixels: Uint8Array, { height, width }: ImageShape, count: number): Uint8Array => {
  const turned = new Uint8Array(pixels.length);
  for (let line = 0; line < count * height; line++)
    for (let x = 0; x < width; x++) {
      const from = (line * width + x) * 3;
      turned.set(pixels.subarray(from, from + 3), (line * width + width - 1 - x) * 3);
    }
  return turned;
};

interface Extraction {
  readonly rows: Uint32Array;
  readonly shape: ImageShape;
  readonly copies: 1 | 2;
  readonly backend: BackendId;
  /** Called every few pictures; throws to stop. */
  readonly tick: () => void;
  readonly onProgress: (progress: ExtractionProgress) => void;
}

/** Pictures between two looks at whether to stop. */
const picturesATime = 32;

/** Says how far the extraction is, from the row where it begins. */
const createReporter = ({ rows, backend, onProgress }: Extraction, begin: number) => {
  const total = rows.length;
  const pace = createPace(Math.ceil((total - begin) / picturesATime), 0);
  const say = (done: number, { imagesPerSecond, secondsLeft }: PaceShown): void =>
    onProgress({ backend, done, total, imagesPerSecond, secondsLeft });
  say(begin, { imagesPerSecond: 0, secondsLeft: null });
  return (done: number, pictures: number): void => {
    const shown = pace.step(pictures);
    if (shown !== null) say(done, shown);
  };
};

/**
 * Decodes and runs the rows that are not stored yet; the decoder's threads work on the next batches
 * while this one runs. What is made goes to the disk at once, so that a stop costs next to nothing.
 */
export const extractAll = async (
  source: PictureSource,
  pool: DecodePool,
  extractor: FeatureExtractor,
  store: FeatureStore,
  extraction: Extraction,
): Promise<readonly Issue[] | null> => {
  const { rows, shape, copies, tick } = extraction;
  const { halves, unreadable, perRow } = store.features;
  const width = perRow / copies;
  const pictureBytes = shape.height * shape.width * 3;
  const issues: Issue[] = [];
  const ahead: Promise<DecodedBatch>[] = [];
  const request = (start: number): void => {
    if (start >= rows.length) return;
    const batch = decodeBatch(source, pool, shape, rows.subarray(start, start + batchFiles));
    // A stop leaves batches behind that nobody waits for.
    batch.catch(() => undefined);
    ahead.push(batch);
  };
  const report = createReporter(extraction, store.done);
  request(store.done);
  request(store.done + batchFiles);
  for (let start = store.done; start < rows.length; start += batchFiles) {
    request(start + 2 * batchFiles);
    const batch = await ahead.shift();
    if (batch === undefined) throw new RangeError('no batch was asked for');
    const { pixels, failed } = batch;
    for (const [i, detail] of failed) {
      unreadable[start + i] = 1;
      if (issues.length < namedIssues)
        issues.push(unreadableIssue(source, rows[start + i] ?? 0, detail));
    }
    const batchEnd = Math.min(start + batchFiles, rows.length);
    for (let first = start; first < batchEnd; first += picturesATime) {
      const end = Math.min(first + picturesATime, batchEnd);
      const own = pixels.subarray((first - start) * pictureBytes, (end - start) * pictureBytes);
      const versions = copies === 2 ? [own, mirror(own, shape, end - first)] : [own];
      versions.forEach((version, copy) => {
        const made = toHalf(extractor.extract(version, end - first, [shape.height, shape.width]));
        for (let i = first; i < end; i++)
          halves.set(
            made.subarray((i - first) * width, (i - first + 1) * width),
            i * perRow + copy * width,
          );
      });
      store.append(first, end);
      report(end, end - first);
      // Messages (stop) come in between.
      await new Promise((resolve) => setImmediate(resolve));
      tick();
    }
  }
  // Why a picture could not be read is known of those read now.
  return store.done === 0 ? issues : null;
};
