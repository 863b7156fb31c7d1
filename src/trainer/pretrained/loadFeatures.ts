import { LongtailError, type Issue } from '../../common/errors';
import type { ModelConfig, RebalanceConfig } from '../../config/schema';
import type { BackendId, Ops } from '../backend/types';
import { createDecodePool, type DecodePool } from '../data/decodePool';
import type { ImageShape } from '../data/image';
import type { InputSource } from '../data/imageInput';
import { probe, stampsOf, unreadableIssues, type PictureSource } from '../data/pixels';
import { withoutRows, type Split } from '../data/split';
import { findBackbone, type Backbone } from './backbone';
import { extractAll, type ExtractionProgress } from './extractAll';
import { featureCachePath, openFeatureStore, readFeatures } from './featureCache';
import { createFeatureInput } from './featureInput';
import { readGivenFeatures } from './givenFeatures';

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

const checkSize = (
  { size: wanted }: Backbone,
  size: readonly [number, number],
  { weights }: PretrainedConfig,
): void => {
  if (wanted === null || (wanted[0] === size[0] && wanted[1] === size[1])) return;
  const [height, width] = wanted;
  throw new LongtailError('pretrained/tfjs-size', {
    ...{ path: weights ?? '', wanted: `${height} × ${width}`, height, width },
  });
};

/** From the cache, or every picture once through the network. */
const ownFeatures = async (
  source: PictureSource,
  rows: Uint32Array,
  { config, backend, cacheFolder, configPath, workerFolder, tick, onFeatures }: FeatureOptions,
  model: PretrainedConfig,
): Promise<MadeFeatures> => {
  const search = { configPath, bundleFolder: workerFolder };
  const backbone = await findBackbone(model, search);
  const { id, hash, width } = backbone;
  const copies = config.input.augment.includes('flip') ? 2 : 1;
  const pool = createDecodePool(workerFolder);
  try {
    const size = config.input.size ?? backbone.size ?? (await sizeFor(source, pool, rows));
    const [height, wide] = size;
    checkSize(backbone, size, model);
    const path = featureCachePath(cacheFolder, {
      fingerprint: source.index.fingerprint,
      rows,
      stamps: stampsOf(source, rows),
      network: [id, hash, backend.id],
      size,
      mirrored: copies === 2,
    });
    const shape: ImageShape = { height, width: wide, channels: 3, resample: 'bicubic' };
    const cached = readFeatures(path, rows, copies * width);
    const extract = async () => {
      if (backend.id === 'cpu') throw new LongtailError('train/cpu-conv', { model: id });
      const extractor = backbone.open(backend.ops);
      const store = openFeatureStore(path, rows, copies * width);
      try {
        const issues = await extractAll(source, pool, extractor, store, {
          ...{ rows, shape, copies, backend: backend.id, tick },
          onProgress: (at) => onFeatures?.(at),
        });
        store.finish();
        return { ...store.features, issues };
      } finally {
        store.close();
        extractor.dispose();
      }
    };
    const made = cached === null ? await extract() : { ...cached, issues: null };
    const { input } = backbone;
    return {
      ...{ ...made, width, copies, key: `${id} ${hash} ${size.join('×')}` },
      description: {
        ...{ kind: 'features', net: id, weights: hash, height, width: wide, input },
        resample: 'bicubic',
      },
    };
  } finally {
    backbone.dispose();
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
