import { encode } from 'fast-png';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/common/random';

/** Side of the pictures. */
export const side = 12;

/**
 * Grey pictures of four classes: a bar at a place and in a direction of its class's own, under
 * noise. Easy for any model once it has seen enough of a class.
 */
export const drawPicture = (label: number, seed: number): Uint8Array => {
  const random = createRandom(seed, 'picture', label);
  const pixels = Uint8Array.from({ length: side * side }, () => random.nextInt(90));
  const place = 2 + (label >> 1) * 6 + random.nextInt(2);
  for (let i = 1; i < side - 1; i++)
    for (let width = 0; width < 2; width++) {
      const [y, x] = label % 2 === 0 ? [place + width, i] : [i, place + width];
      pixels[y * side + x] = 160 + random.nextInt(90);
    }
  return pixels;
};

export interface TinyDataset {
  readonly root: string;
  readonly counts: Readonly<Record<string, number>>;
}

export const tinyCounts = { '1': 120, '10': 40, '2': 20, ä: 8 } as const;
const testPerClass = 20;

/** Writes train/<class>/ and test/<class>/ as PNG into a folder. */
export const writeTinyDataset = (
  root: string,
  counts: Readonly<Record<string, number>> = tinyCounts,
): TinyDataset => {
  Object.entries(counts).forEach(([name, count], label) => {
    for (const [split, pictures] of [
      ['train', count],
      ['test', testPerClass],
    ] as const) {
      const folder = join(root, split, name);
      mkdirSync(folder, { recursive: true });
      for (let i = 0; i < pictures; i++) {
        const data = drawPicture(label, split === 'train' ? i : 1e6 + i);
        const png = encode({ width: side, height: side, data, channels: 1, depth: 8 });
        writeFileSync(join(folder, `${String(i).padStart(3, '0')}.png`), png);
      }
    }
  });
  return { root, counts };
};
