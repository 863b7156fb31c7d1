import { decode, encode } from 'fast-png';

/** As many colours as a byte tells apart. */
const mostColours = 256;

/** Colours by how many pixels have them, the most frequent first. */
const coloursOf = (pixels: Uint32Array): readonly number[] => {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
};

const apart = (a: number, b: number): number =>
  [0, 8, 16].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

/**
 * Colours of which none is nearer than `distance` to another, frequent ones first, at most 256. A
 * picture of a page has few colours and many blends of them at the edges of letters.
 */
const paletteOf = (colours: readonly number[]): readonly number[] => {
  for (let distance = 0; ; distance = 2 * distance + 3) {
    const chosen: number[] = [];
    for (const colour of colours) {
      if (chosen.every((other) => apart(colour, other) > distance)) chosen.push(colour);
      if (chosen.length > mostColours) break;
    }
    if (chosen.length <= mostColours) return chosen;
  }
};

const nearest = (colour: number, palette: readonly number[]): number =>
  palette.reduce(
    (best, own, i) => (apart(own, colour) < apart(palette[best] ?? 0, colour) ? i : best),
    0,
  );

/** The picture with a palette of at most 256 colours: a third of the bytes, the same to the eye. */
export const smallPng = (bytes: Uint8Array): Uint8Array => {
  const { data, width, height, channels } = decode(bytes);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    pixels[i] = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
  }
  const colours = coloursOf(pixels);
  const palette = paletteOf(colours);
  const place = new Map(colours.map((colour) => [colour, nearest(colour, palette)]));
  const indices = Uint8Array.from(pixels, (colour) => place.get(colour) ?? 0);
  const image = { width, height, data: indices, depth: 8 as const, channels: 1 as const };
  const shades = palette.map((c): [number, number, number] => [c >> 16, (c >> 8) & 255, c & 255]);
  return encode({ ...image, palette: shades }, { zlib: { level: 9 } });
};
