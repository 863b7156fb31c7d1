import type { Random } from '../../common/random';
import type { ImageShape } from './image';

/**
 * Limits of what is done to a copy of a rare picture: small enough that no digit, letter or sign
 * becomes another. Nothing is mirrored here; `flip` of the config does that where it is safe.
 */
const limits = {
  /** Radians, either way. */
  rotation: (10 * Math.PI) / 180,
  /** Growing and shrinking, as a share. */
  scale: 0.1,
  contrast: 0.2,
  /** In standard deviations of the channel, the same for all of them. */
  brightness: 0.2,
  /** Side of the square that is covered, as a share of the shorter side. */
  cutout: 0.25,
} as const;

/** Between −limit and limit. */
const within = (limit: number, random: Random): number => (2 * random.nextFloat() - 1) * limit;

/** Value at a place between pixels; 0, the mean, outside the picture. */
const interpolated = (
  values: Float32Array,
  { height, width, channels }: ImageShape,
  { y, x, channel }: { readonly y: number; readonly x: number; readonly channel: number },
): number => {
  const top = Math.floor(y);
  const left = Math.floor(x);
  let value = 0;
  for (let dy = 0; dy < 2; dy++)
    for (let dx = 0; dx < 2; dx++) {
      const row = top + dy;
      const column = left + dx;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
      value += weight * (values[(row * width + column) * channels + channel] ?? 0);
    }
  return value;
};

/** Turns and scales a picture about its centre, in place. */
const turn = (picture: Float32Array, shape: ImageShape, random: Random): void => {
  const { height, width, channels } = shape;
  const from = picture.slice();
  const angle = within(limits.rotation, random);
  const scale = 1 + within(limits.scale, random);
  const cos = Math.cos(angle) / scale;
  const sin = Math.sin(angle) / scale;
  const centreY = (height - 1) / 2;
  const centreX = (width - 1) / 2;
  let to = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const y = centreY + cos * (row - centreY) + sin * (column - centreX);
      const x = centreX + cos * (column - centreX) - sin * (row - centreY);
      for (let channel = 0; channel < channels; channel++)
        picture[to++] = interpolated(from, shape, { y, x, channel });
    }
};

/** Changes contrast and brightness, in place. */
const light = (picture: Float32Array, random: Random): void => {
  const contrast = 1 + within(limits.contrast, random);
  const brightness = within(limits.brightness, random);
  for (let i = 0; i < picture.length; i++) picture[i] = contrast * (picture[i] ?? 0) + brightness;
};

/** Covers a square with the mean, in place. DeVries and Taylor 2017 (arXiv 1708.04552), smaller. */
const cover = (
  picture: Float32Array,
  { height, width, channels }: ImageShape,
  random: Random,
): void => {
  const side = Math.round(limits.cutout * Math.min(height, width));
  const top = random.nextInt(height - side + 1);
  const left = random.nextInt(width - side + 1);
  for (let row = top; row < top + side; row++) {
    const start = (row * width + left) * channels;
    picture.fill(0, start, start + side * channels);
  }
};

/**
 * Makes a variant of a standardised picture [H,W,C], in place: turned by up to 10°, scaled by up to a
 * tenth, darker or lighter, and in half of the cases with a quarter of its side covered.
 */
export const varyPicture = (picture: Float32Array, shape: ImageShape, random: Random): void => {
  turn(picture, shape, random);
  light(picture, random);
  if (random.nextFloat() < 0.5) cover(picture, shape, random);
};
