import { encode } from 'fast-png';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npzParts } from '../../src/dataset/arrays/npz';
import { createRandom } from '../../src/common/random';
import { drawPicture, side } from './tinyDataset';

const trained = 60;
const tested = 20;
const labelOf = (i: number): number => (i % 4 === 0 ? 1 : 0);
const labelsOf = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => labelOf(from + i));
const file = (folder: string, name: string, ...parts: readonly Uint8Array[]): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), Buffer.concat(parts));
};

/** CIFAR-10's binary files: a class is bright in red, the other in blue. */
export const writeCifar = (folder: string): string => {
  const row = (i: number): Buffer => {
    const random = createRandom(i, 'cifar');
    const bright = labelOf(i) === 1 ? 0 : 2;
    const planes = [0, 1, 2].map((plane) =>
      Buffer.from(
        Array.from({ length: 1024 }, () => random.nextInt(90) + (plane === bright ? 150 : 0)),
      ),
    );
    return Buffer.concat([Buffer.of(labelOf(i)), ...planes]);
  };
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => row(from + i));
  file(folder, 'data_batch_1.bin', ...rows(0, trained));
  file(folder, 'test_batch.bin', ...rows(trained, tested));
  file(folder, 'batches.meta.txt', Buffer.from('blue\nred\n'));
  return folder;
};

/** MNIST's files. */
export const writeIdx = (folder: string): string => {
  const header = (...sizes: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    bytes.writeUInt16BE(0x0800 + sizes.length, 2);
    sizes.forEach((size, i) => bytes.writeUInt32BE(size, 4 + 4 * i));
    return bytes;
  };
  for (const [prefix, from, count] of [
    ['train', 0, trained],
    ['t10k', trained, tested],
  ] as const) {
    const labels = labelsOf(from, count);
    const pictures = labels.map((label, i) => drawPicture(label, from + i));
    file(folder, `${prefix}-labels-idx1-ubyte`, header(count), Buffer.from(labels));
    file(folder, `${prefix}-images-idx3-ubyte`, header(count, side, side), ...pictures);
  }
  return folder;
};

/** Rows of numbers in one archive. */
export const writeNpz = (folder: string): string => {
  const part = (from: number, count: number) => ({
    x: {
      shape: [count, 3],
      values: Float32Array.from({ length: 3 * count }, (_, i) => {
        const row = from + Math.floor(i / 3);
        return createRandom(i, 'npz', row).nextNormal() + (i % 3 === labelOf(row) ? 2 : 0);
      }),
    },
    y: { shape: [count], values: Int32Array.from(labelsOf(from, count)) },
  });
  const [train, test] = [part(0, trained), part(trained, tested)];
  const arrays = { x_train: train.x, y_train: train.y, x_test: test.x, y_test: test.y };
  file(folder, 'rows.npz', ...(npzParts(arrays) ?? []));
  return folder;
};

const tarFile = (name: string, content: Uint8Array): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
};

/** Shards of pictures with their classes. */
export const writeShards = (folder: string): string => {
  for (const [name, from, count] of [
    ['train-0', 0, 40],
    ['train-1', 40, trained - 40],
    ['test-0', trained, tested],
  ] as const) {
    const entries = labelsOf(from, count).flatMap((label, i) => {
      const data = drawPicture(label, from + i);
      const png = encode({ width: side, height: side, data, channels: 1, depth: 8 });
      const cls = Buffer.from(label === 1 ? 'rare' : 'common');
      return [tarFile(`${i}.png`, png), tarFile(`${i}.cls`, cls)];
    });
    file(folder, `${name}.tar`, ...entries, Buffer.alloc(1024));
  }
  return folder;
};
