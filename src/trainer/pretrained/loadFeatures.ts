import { LongtailError, type Issue } from '../../common/errors';
import type { ModelConfig, RebalanceConfig } from '../../config/schema';
import type { BackendId, Ops } from '../backend/types';
import { createDecodePool, type DecodePool } from '../data/decodePool';
import type { ImageShape } from '../data/image';
import type { InputSource } from '../data/imageInput';
import {
  batchFiles,
  namedIssues,
  probe,
  decodeBatch,
  stampsOf,
  unreadableIssue,
  unreadableIssues,
  type DecodedBatch,
  type PictureSource,
} from '../data/pixels';
import { withoutRows, type Split } from '../data/split';
import { createPace, type PaceShown } from '../pace';
import { createFeatureExtractor, type FeatureExtractor } from './extractor';
import {
  featureCachePath,
  openFeatureStore,
  readFeatures,
  type FeatureStore,
} from './featureCache';
import { createFeatureInput } from './featureInput';
import { findWeights } from './findWeights';
import { readGivenFeatures } from './givenFeatures';
import { toHalf } from './half';

export interface FeatureOptions {
  readonly config: RebalanceConfig;
  readonly configPath: string;
  readonly cacheFolder: string;
  readonly workerFolder: string;
  readonly backend: { readonly id: BackendId; readonly ops: Ops };
  /** Called every few pictures; throws to stop. */
  readonly tick: () => void;
  /** Told how far the network is, a few times a second at most. */
  readonly onFeatures?: ((progress: ExtractionProgress) => void) | undefined;
}

/** How far the features of a dataset are; pictures count once, with a mirrored copy as well. */
export interface ExtractionProgress {
  readonly backend: BackendId;
  readonly done: number;
  readonly total: number;
  readonly imagesPerSecond: number;
  /** null until a few steps were timed. */
  readonly secondsLeft: number | null;
}

type PretrainedConfig = Extract<ModelConfig, { kind: 'pretrained' }>;

/** Sides networks are given: small pictures are enlarged less than what the weights were trained on. */
const smallSide = 128;
const usualSide = 224;
/** Pictures with a short side below this count as small. */
const smallBelow = 160;

const sizeFor = async (
  source: PictureSource,
  pool: DecodePool,
  rows: Uint32Array,
): Promise<readonly [number, number]> => {
  const sides = (await probe(source, pool, rows))
    .map(({ width, height }) => Math.min(width, height))
    .sort((a, b) => a - b);
  const side = (sides[sides.length >> 1] ?? usualSide) < smallBelow ? smallSide : usualSide;
  return [side, side];
};

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
  readonly tick: FeatureOptions['tick'];
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
const extractAll = async (
  source: PictureSource,
  pool: DecodePool,
  extractor: FeatureExtractor,
  store: FeatureStore,
  extraction: Extraction,
): Promise<readonly Issue[] | null> => {
  const { rows, shape, copies, tick } = extraction;
  const { halves, unreadable, perRow } = store.features;
  const { width } = extractor.net;
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

interface MadeFeatures {
  readonly halves: Uint16Array;
  /** One byte a row: 1 where a picture has no features. */
  readonly unreadable: Uint8Array;
  /** Null where the features come from a file: then the rows are named without a reason. */
  readonly issues: readonly Issue[] | null;
  readonly width: number;
  readonly copies: 1 | 2;
  readonly key: string;
  readonly description: Readonly<Record<string, unknown>>;
}

/** From the cache, or every picture once through the network. */
const ownFeatures = async (
  source: PictureSource,
  rows: Uint32Array,
  { config, backend, cacheFolder, configPath, workerFolder, tick, onFeatures }: FeatureOptions,
  model: PretrainedConfig,
): Promise<MadeFeatures> => {
  const { net, weights, hash } = findWeights(model, { configPath, bundleFolder: workerFolder });
  const copies = config.input.augment.includes('flip') ? 2 : 1;
  const pool = createDecodePool(workerFolder);
  try {
    const size = config.input.size ?? (await sizeFor(source, pool, rows));
    const [height, width] = size;
    const path = featureCachePath(cacheFolder, {
      fingerprint: source.index.fingerprint,
      rows,
      stamps: stampsOf(source, rows),
      network: [net.id, hash, backend.id],
      size,
      mirrored: copies === 2,
    });
    const shape: ImageShape = { height, width, channels: 3, resample: 'bicubic' };
    const perRow = copies * net.width;
    const cached = readFeatures(path, rows, perRow);
    const extract = async () => {
      if (backend.id === 'cpu') throw new LongtailError('train/cpu-conv', { model: net.id });
      const extractor = createFeatureExtractor(backend.ops, net, weights);
      const store = openFeatureStore(path, rows, perRow);
      try {
        const issues = await extractAll(source, pool, extractor, store, {
          ...{
            rows,
            shape,
            copies,
            backend: backend.id,
            tick,
            onProgress: (at) => onFeatures?.(at),
          },
        });
        store.finish();
        return { ...store.features, issues };
      } finally {
        store.close();
        extractor.dispose();
      }
    };
    const made = cached === null ? await extract() : { ...cached, issues: null };
    return {
      ...made,
      ...{ width: net.width, copies, key: `${net.id} ${hash} ${size.join('×')}` },
      description: {
        kind: 'features',
        ...{ net: net.id, weights: hash, height, width, input: net.input, resample: 'bicubic' },
      },
    };
  } finally {
    await pool.close();
  }
};

const featuresByPath = (
  source: PictureSource,
  rows: Uint32Array,
  place: { readonly configPath: string; readonly file: string },
): MadeFeatures => {
  const { halves, missing, width, hash, path } = readGivenFeatures(source, rows, place);
  return {
    ...{ halves, unreadable: missing, issues: null, width, copies: 1, key: hash },
    description: { kind: 'features', file: path, hash },
  };
};

/**
 * Features of a dataset's pictures as the input of a head: from the frozen network the config
 * names, or from a file that another program wrote. What is trained on them sees them as float16
 * keeps them, cached or not, so that both give the same. Throws what `findWeights` and
 * `readGivenFeatures` throw, `train/no-readable-image`, and `train/cpu-conv` on plain JavaScript.
 */
export const loadFeatures = async (
  source: PictureSource,
  split: Split,
  options: FeatureOptions,
): Promise<{
  readonly split: Split;
  readonly input: InputSource;
  readonly issues: readonly Issue[];
}> => {
  const { model } = options.config;
  if (model.kind !== 'pretrained') throw new RangeError('not a pretrained model');
  const rows = Uint32Array.from([...split.train, ...split.validation, ...split.test]).sort();
  const made =
    model.features === undefined
      ? await ownFeatures(source, rows, options, model)
      : featuresByPath(source, rows, { configPath: options.configPath, file: model.features });
  const { bad, issues } = unreadableIssues(source, { rows, flags: made.unreadable }, made.issues);
  const readable = withoutRows(split, new Set(bad));
  if (readable.train.length === 0 || readable.test.length === 0)
    throw new LongtailError('train/no-readable-image', {
      root: source.index.root,
      count: bad.length,
    });
  const slotOf = new Int32Array(source.index.samples);
  rows.forEach((row, slot) => {
    slotOf[row] = slot;
  });
  const { halves, width, copies, key, description } = made;
  const trainRows = readable.train;
  const input = createFeatureInput({
    ...{ halves, width, copies, slotOf, trainRows, key, description },
  });
  return { split: readable, input, issues };
};
