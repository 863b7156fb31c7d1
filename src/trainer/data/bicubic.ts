import type { Image } from '../../pictures/image';
import type { ImageShape } from './image';

/** Keys' cubic with a = −½ (1981, equation 15): what Pillow calls bicubic. */
const cubic = (distance: number): number => {
  const x = Math.abs(distance);
  if (x < 1) return 1 + x * x * (1.5 * x - 2.5);
  return x < 2 ? 2 - x * (4 + x * (0.5 * x - 2.5)) : 0;
};

/** Taps of one axis: for each output place the first input place and `width` weights from there. */
interface Taps {
  readonly starts: Int32Array;
  readonly weights: Float32Array;
  readonly width: number;
}

/**
 * Output place x looks at the input around (x + ½ − out/2) / scale + in/2: the middle stays in the
 * middle and what sticks out is cut off. When shrinking the curve is widened, so that no pixel is
 * skipped. Places beyond the edge are left out and the other weights raised to a sum of one.
 */
const tapsOf = (input: number, output: number, scale: number): Taps => {
  const stretch = Math.max(1, 1 / scale);
  const reach = 2 * stretch;
  const width = Math.min(input, Math.ceil(2 * reach) + 1);
  const starts = new Int32Array(output);
  const weights = new Float32Array(output * width);
  for (let x = 0; x < output; x++) {
    const centre = (x + 0.5 - output / 2) / scale + input / 2;
    const first = Math.min(Math.max(Math.floor(centre - reach + 0.5), 0), input - 1);
    const start = Math.min(first, input - width);
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const weight = cubic((start + i + 0.5 - centre) / stretch);
      weights[x * width + i] = weight;
      sum += weight;
    }
    starts[x] = start;
    for (let i = 0; i < width; i++) weights[x * width + i] = (weights[x * width + i] ?? 0) / sum;
  }
  return { starts, weights, width };
};

/**
 * A picture scaled until it covers the size and cropped to the centre, bicubic in both directions,
 * rounded to bytes after each as Pillow does. `image` must have the channels of `shape`.
 */
export const fitBicubic = (
  { width, height, data }: Image,
  { height: outHeight, width: outWidth, channels }: ImageShape,
): Uint8Array => {
  const scale = Math.max(outHeight / height, outWidth / width);
  const across = tapsOf(width, outWidth, scale);
  const down = tapsOf(height, outHeight, scale);
  const rowLength = outWidth * channels;
  // Assigning to it rounds to the nearest and clamps to 0 … 255.
  const rows = new Uint8ClampedArray(height * rowLength);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < outWidth; x++) {
      const from = (y * width + (across.starts[x] ?? 0)) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let i = 0, at = from + c; i < across.width; i++, at += channels)
          sum += (across.weights[x * across.width + i] ?? 0) * (data[at] ?? 0);
        rows[y * rowLength + x * channels + c] = sum;
      }
    }
  const result = new Uint8ClampedArray(outHeight * rowLength);
  for (let y = 0; y < outHeight; y++) {
    const from = (down.starts[y] ?? 0) * rowLength;
    for (let x = 0; x < rowLength; x++) {
      let sum = 0;
      for (let i = 0, at = from + x; i < down.width; i++, at += rowLength)
        sum += (down.weights[y * down.width + i] ?? 0) * (rows[at] ?? 0);
      result[y * rowLength + x] = sum;
    }
  }
  return new Uint8Array(result.buffer);
};
