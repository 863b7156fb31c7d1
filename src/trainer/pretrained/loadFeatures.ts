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
import { createFeatureExtractor, type FeatureExtractor } from './extractor';
import { featureCachePath, readFeatures, writeFeatures, type StoredFeatures } from './featureCache';
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
  /** Called after each batch; throws to stop. */
  readonly tick: (done: number, total: number) => void;
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
  readonly tick: FeatureOptions['tick'];
}

/** Decodes and runs all rows; the decoder's threads work on the next batches while this one runs. */
const extractAll = async (
  source: PictureSource,
  pool: DecodePool,
  extractor: FeatureExtractor,
  { rows, shape, copies, tick }: Extraction,
): Promise<StoredFeatures & { readonly issues: readonly Issue[] }> => {
  const { width } = extractor.net;
  const halves = new Uint16Array(rows.length * copies * width);
  const unreadable = new Uint8Array(rows.length);
  const issues: Issue[] = [];
  const ahead: Promise<DecodedBatch>[] = [];
  const request = (start: number): void => {
    if (start >= rows.length) return;
    const batch = decodeBatch(source, pool, shape, rows.subarray(start, start + batchFiles));
    // A stop leaves batches behind that nobody waits for.
    batch.catch(() => undefined);
    ahead.push(batch);
  };
  request(0);
  request(batchFiles);
  for (let start = 0; start < rows.length; start += batchFiles) {
    request(start + 2 * batchFiles);
    const batch = await ahead.shift();
    if (batch === undefined) throw new RangeError('no batch was asked for');
    const { pixels, failed } = batch;
    const count = Math.min(batchFiles, rows.length - start);
    for (const [i, detail] of failed) {
      unreadable[start + i] = 1;
      if (issues.length < namedIssues)
        issues.push(unreadableIssue(source, rows[start + i] ?? 0, detail));
    }
    const versions = copies === 2 ? [pixels, mirror(pixels, shape, count)] : [pixels];
    versions.forEach((version, copy) => {
      const made = toHalf(extractor.extract(version, count, [shape.height, shape.width]));
      for (let i = 0; i < count; i++)
        halves.set(
          made.subarray(i * width, (i + 1) * width),
          ((start + i) * copies + copy) * width,
        );
    });
    // Messages (stop) come in between batches.
    await new Promise((resolve) => setImmediate(resolve));
    tick(start + count, rows.length);
  }
  return { halves, unreadable, issues };
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
  { config, backend, cacheFolder, configPath, workerFolder, tick }: FeatureOptions,
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
    const values = rows.length * copies * net.width;
    const cached = readFeatures(path, { rows: rows.length, values });
    const extract = async () => {
      if (backend.id === 'cpu') throw new LongtailError('train/cpu-conv', { model: net.id });
      const extractor = createFeatureExtractor(backend.ops, net, weights);
      try {
        return await extractAll(source, pool, extractor, { rows, shape, copies, tick });
      } finally {
        extractor.dispose();
      }
    };
    const made = cached === null ? await extract() : { ...cached, issues: null };
    if (cached === null) writeFeatures(path, made);
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
