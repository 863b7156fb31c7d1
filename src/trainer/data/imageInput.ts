import { createRandom } from '../../common/random';
import type { ImageShape } from './image';
import { varyPicture } from './tailAugment';

/** Where a row's numbers are drawn from; the streams of two places never meet. */
export interface AugmentSeed {
  readonly seed: number;
  readonly stage: number;
  readonly epoch: number;
  /** Place of the batch's first draw in the epoch: a picture drawn twice is cut twice. */
  readonly draw: number;
  /** 1 for the rows of the batch that are copies of rare items: these are varied more. */
  readonly copies?: Uint8Array | undefined;
}

/** Hands rows to the network as float32, standardised. */
export interface InputSource {
  /** Without the batch axis. */
  readonly shape: readonly number[];
  /** What the numbers depend on beyond dataset and config, for instance weights of another network. */
  readonly key?: string;
  /** How raw samples become these numbers, for whoever uses the model elsewhere. */
  readonly description: Readonly<Record<string, unknown>>;
  /** Rows are sample numbers of the index. Without a seed nothing is augmented. */
  batch(rows: Uint32Array, augment: AugmentSeed | null): Float32Array;
}

/** Border of the mean colour around a picture before a random cut of its own size. */
const cropPadding = 4;

interface ImageInputOptions {
  readonly data: Uint8Array;
  readonly shape: ImageShape;
  /** Row → place in `data`. */
  readonly slotOf: Int32Array;
  readonly trainRows: Uint32Array;
  readonly augment: readonly ('crop' | 'flip')[];
}

/** Mean and standard deviation of each channel, in byte values. */
interface ChannelFacts {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Facts of each channel over the training pictures. A constant channel gets deviation 1. */
const channelFacts = ({ data, shape, slotOf, trainRows }: ImageInputOptions): ChannelFacts => {
  const { channels } = shape;
  const size = shape.height * shape.width * channels;
  const histogram = new Float64Array(channels * 256);
  for (const row of trainRows) {
    const start = (slotOf[row] ?? 0) * size;
    for (let i = 0; i < size; i++) {
      const bin = (i % channels) * 256 + (data[start + i] ?? 0);
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  }
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < channels; c++) {
    const bins = histogram.subarray(c * 256, (c + 1) * 256);
    const total = bins.reduce((sum, n) => sum + n, 0);
    const centre = bins.reduce((sum, n, value) => sum + n * value, 0) / total;
    const variance = bins.reduce((sum, n, value) => sum + n * (value - centre) ** 2, 0) / total;
    mean.push(centre);
    deviation.push(variance > 0 ? Math.sqrt(variance) : 1);
  }
  return { mean, deviation };
};

/** The 256 standardised values that each channel can have. */
const standardTable = ({ mean, deviation }: ChannelFacts): Float32Array =>
  Float32Array.from(
    { length: mean.length * 256 },
    (_, i) => ((i & 255) - (mean[i >> 8] ?? 0)) / (deviation[i >> 8] ?? 1),
  );

/**
 * Pictures as float32, each channel standardised by the training split. Augmentation: `crop` cuts
 * the picture's size at random from the picture with four pixels of the mean colour on each side,
 * `flip` mirrors half of them. Each draw has a stream of its own, so that a run repeats exactly.
 */
export const createImageInput = (options: ImageInputOptions): InputSource => {
  const { data, shape, slotOf } = options;
  const { height, width, channels } = shape;
  const size = height * width * channels;
  const facts = channelFacts(options);
  const table = standardTable(facts);
  const crop = options.augment.includes('crop');
  const flip = options.augment.includes('flip');

  const copy = (start: number, out: Float32Array, at: number): void => {
    for (let i = 0; i < size; i++)
      out[at + i] = table[(i % channels) * 256 + (data[start + i] ?? 0)] ?? 0;
  };
  const cut = (
    start: number,
    out: Float32Array,
    at: number,
    move: { readonly dy: number; readonly dx: number; readonly mirrored: boolean },
  ): void => {
    let to = at;
    for (let y = 0; y < height; y++) {
      const fromY = y + move.dy;
      const rowInside = fromY >= 0 && fromY < height;
      for (let x = 0; x < width; x++) {
        const fromX = (move.mirrored ? width - 1 - x : x) + move.dx;
        const inside = rowInside && fromX >= 0 && fromX < width;
        const from = start + (fromY * width + fromX) * channels;
        for (let c = 0; c < channels; c++)
          out[to++] = inside ? (table[c * 256 + (data[from + c] ?? 0)] ?? 0) : 0;
      }
    }
  };
  return {
    shape: [height, width, channels],
    description: { kind: 'image', height, width, channels, ...facts },
    batch: (rows, augment) => {
      const out = new Float32Array(rows.length * size);
      const vary = (i: number): void => {
        if (augment === null || augment.copies?.[i] !== 1) return;
        const { seed, stage, epoch, draw } = augment;
        const random = createRandom(seed, 'tail', stage, epoch, draw + i);
        varyPicture(out.subarray(i * size, (i + 1) * size), shape, random);
      };
      const plain = augment === null || (!crop && !flip);
      rows.forEach((row, i) => {
        const start = (slotOf[row] ?? 0) * size;
        if (plain) {
          copy(start, out, i * size);
          vary(i);
          return;
        }
        const { seed, stage, epoch, draw } = augment;
        const random = createRandom(seed, 'augment', stage, epoch, draw + i);
        const shift = (): number => (crop ? random.nextInt(2 * cropPadding + 1) - cropPadding : 0);
        const [dy, dx] = [shift(), shift()];
        cut(start, out, i * size, { dy, dx, mirrored: flip && random.nextFloat() < 0.5 });
        vary(i);
      });
      return out;
    },
  };
};
