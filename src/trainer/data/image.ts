import type { Image } from '../../pictures/image';
import { fitBicubic } from './bicubic';

/** What a network sees of every picture. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** How pictures are brought to the size: area and bilinear where absent. */
  readonly resample?: 'bicubic';
}

/** Where the values of one output position come from: taps from `start` on, with their weights. */
interface Tap {
  readonly start: number;
  readonly weights: Float64Array;
}

/**
 * Taps of one axis. Output position x covers, in the input, a window around
 * (x + ½ − out/2) / scale + in/2: the middle stays in the middle, what sticks out is cropped.
 * Shrinking averages the covered length (area), growing interpolates between two neighbours.
 */
const taps = (input: number, output: number, scale: number): readonly Tap[] => {
  const reach = scale < 1 ? 0.5 / scale : 1;
  return Array.from({ length: output }, (_, x) => {
    const centre = (x + 0.5 - output / 2) / scale + input / 2;
    const first = Math.floor(centre - reach + (scale < 1 ? 0 : 0.5));
    const last = Math.ceil(centre + reach - (scale < 1 ? 0 : 0.5));
    const start = Math.min(Math.max(first, 0), input - 1);
    const weights = new Float64Array(Math.min(Math.max(last, start + 1), input) - start);
    for (let i = first; i < last; i++) {
      const covered =
        scale < 1
          ? Math.min(i + 1, centre + reach) - Math.max(i, centre - reach)
          : 1 - Math.abs(i + 0.5 - centre);
      const at = Math.min(Math.max(i, 0), input - 1) - start;
      weights[at] = (weights[at] ?? 0) + Math.max(covered, 0);
    }
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
};

/** Grey from colour by the luma of ITU-R BT.601; colour from grey by repeating it. */
const withChannels = (image: Image, channels: 1 | 3): Image => {
  if (image.channels === channels) return image;
  const pixels = image.width * image.height;
  const data = new Uint8Array(pixels * channels);
  const from = image.data;
  for (let i = 0; i < pixels; i++) {
    if (channels === 1) {
      const [r = 0, g = 0, b = 0] = [from[3 * i], from[3 * i + 1], from[3 * i + 2]];
      data[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    } else data.fill(from[i] ?? 0, 3 * i, 3 * i + 3);
  }
  return { ...image, channels, data };
};

/**
 * Brings a picture to the network's size: scaled until it covers the size (for a square size: the
 * short side fits), area average when shrinking and bilinear when growing, then cropped to the
 * centre. A picture of that size already is returned unchanged.
 */
export const fitImage = (image: Image, shape: ImageShape): Uint8Array => {
  const coloured = withChannels(image, shape.channels);
  const { width, height, channels, data } = coloured;
  if (width === shape.width && height === shape.height) return data;
  if (shape.resample === 'bicubic') return fitBicubic(coloured, shape);
  const scale = Math.max(shape.height / height, shape.width / width);
  const across = taps(width, shape.width, scale);
  const down = taps(height, shape.height, scale);
  const rowLength = shape.width * channels;
  const rows = new Float64Array(height * rowLength);
  for (let y = 0; y < height; y++)
    across.forEach(({ start, weights }, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++)
          sum += (weights[i] ?? 0) * (data[(y * width + start + i) * channels + c] ?? 0);
        rows[y * rowLength + x * channels + c] = sum;
      }
    });
  const result = new Uint8Array(shape.height * rowLength);
  down.forEach(({ start, weights }, y) => {
    for (let x = 0; x < rowLength; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        sum += (weights[i] ?? 0) * (rows[(start + i) * rowLength + x] ?? 0);
      result[y * rowLength + x] = Math.round(sum);
    }
  });
  return result;
};
