/**
 * The numbers of docs/benchmarks.md, as its tables. The trainer and Keras 3 run the same network on
 * the same TensorFlow, take turns in blocks, and medians of blocks are compared.
 *
 * node scripts/bench/all.mjs [step] [epoch] [decode] [wasm] [memory]     without names: everything
 *   --data FOLDER    CIFAR-10-LT as train/<class>/*.jpg; without it decoding is left out and epochs
 *                    run over as many made-up pictures
 *   --blocks N       turns of each side (7)
 *   --steps N        steps of a memory run (1000)
 *   --size N         side of its pictures (28)
 *   --no-keras       the trainer alone
 */
import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ensurePythonEnv } from '../python-env.mjs';
import { bundle, kerasSide, median, takeTurns, trainSide } from './sides.mjs';

const { values: options, positionals } = parseArgs({
  options: {
    data: { type: 'string' },
    blocks: { type: 'string', default: '7' },
    steps: { type: 'string', default: '1000' },
    size: { type: 'string', default: '28' },
    keras: { type: 'boolean', default: true },
  },
  allowNegative: true,
  allowPositionals: true,
});
const blocks = Number(options.blocks);
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const table = (...heads) => {
  console.log('');
  row(...heads);
  row(...heads.map(() => '---'));
};
const ms = (value) => `${value.toFixed(1)} ms`;
const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** Training pictures of CIFAR-10-LT, factor 100. */
const pictures = 12_406;
const shapes = [
  { size: 28, channels: 1 },
  { size: 32, channels: 3 },
];
const shapeName = ({ size, channels }) => `${size}×${size}×${channels}`;

const step = async ({ folder, python }) => {
  table(
    'step, batch 128',
    'load',
    'native',
    'Keras',
    'native / Keras',
    'Keras, jit',
    'native / jit',
  );
  for (const shape of shapes) {
    const task = { ...shape, data: null };
    const ours = {
      name: 'native',
      pieces: 10,
      ...trainSide(folder, { ...task, backend: 'native' }),
    };
    const peers = (python ? ['auto', true] : []).map((jit) => ({
      ...{ name: `keras ${jit}`, pieces: jit === true ? 3 : 10 },
      ...kerasSide(python, { ...task, jit }),
    }));
    const { load, sides } = await takeTurns([ours, ...peers], blocks);
    const [own, ...others] = sides;
    const cells = others.flatMap((side) => [ms(side.ms), side.ratio.toFixed(2)]);
    row(shapeName(shape), load.toFixed(1), ms(own.ms), ...cells);
  }
};

const epoch = async ({ folder, python, data }) => {
  table('epoch, crop and flip', 'load', 'native', 'Keras, tf.data', 'native / Keras');
  const task = { size: 32, channels: 3, data };
  const sides = [
    { name: 'native', pieces: 1, ...trainSide(folder, { ...task, backend: 'native' }) },
    ...(python
      ? [{ name: 'keras', pieces: 1, ...kerasSide(python, { ...task, jit: 'auto' }) }]
      : []),
  ];
  const { load, sides: measured } = await takeTurns(sides, blocks);
  const [own, ...others] = measured;
  const cells = others.flatMap((side) => [
    `${(side.ms / 1000).toFixed(2)} s`,
    side.ratio.toFixed(2),
  ]);
  row(`${pictures} pictures`, load.toFixed(1), `${(own.ms / 1000).toFixed(2)} s`, ...cells);
};

const wasm = async ({ folder }) => {
  table('step, batch 128', 'load', 'native', 'wasm', 'wasm / native');
  for (const shape of shapes) {
    const sides = ['wasm', 'native'].map((backend) => ({
      ...{ name: backend, pieces: backend === 'wasm' ? 3 : 10 },
      ...trainSide(folder, { ...shape, data: null, backend }),
    }));
    const { load, sides: measured } = await takeTurns(sides, blocks);
    const [slow, fast] = measured;
    row(shapeName(shape), load.toFixed(1), ms(fast.ms), ms(slow.ms), fast.ratio.toFixed(1));
  }
};

const memory = async ({ folder }) => {
  const total = Number(options.steps);
  const size = Number(options.size);
  const heads = ['tensors', 'their bytes', 'resident, first tenth', 'resident, end', 'peak'];
  table(`memory, ${size}×${size}×1`, ...heads);
  // Plain JavaScript trains a perceptron; it takes no convolutions.
  for (const backend of ['native', 'wasm', 'cpu']) {
    const task = { size, channels: 1, data: null, backend };
    const side = { name: backend, pieces: Math.ceil(total / 10), ...trainSide(folder, task) };
    const said = [];
    await takeTurns([side], 10, (last) => said.push(last));
    const always = (of) => {
      const values = [...new Set(said.map(of))];
      return values.length === 1 ? `${values[0]}, always` : values.join(', ');
    };
    const [first, end] = [said[0], said.at(-1)];
    row(
      `${backend}, ${total} steps`,
      always(({ tensors }) => tensors),
      always(({ bytes }) => bytes),
      ...[first.resident, end.resident, end.peak].map(mb),
    );
  }
};

/** All files of a folder of folders, and a byte a file: which folder it lies in. */
const listPictures = (folder) => {
  const classes = fs.readdirSync(folder).sort();
  return classes.flatMap((name, label) =>
    fs
      .readdirSync(path.join(folder, name))
      .sort()
      .map((file) => ({ path: path.join(folder, name, file), label })),
  );
};

const decodeOnce = async (folder, files) => {
  const { createDecodePool } = createRequire(import.meta.url)(path.join(folder, 'decodePool.js'));
  const shape = { height: 32, width: 32, channels: 3 };
  const size = shape.height * shape.width * shape.channels;
  const begun = performance.now();
  const pool = createDecodePool(folder);
  const pixels = new Uint8Array(files.length * size);
  let next = 0;
  const runner = async () => {
    while (next < files.length) {
      const from = next;
      next += 64;
      const encoded = files.slice(from, from + 64).map((file) => fs.readFileSync(file.path));
      const answer = await pool.decode(encoded, shape);
      pixels.set(answer.pixels, from * size);
    }
  };
  await Promise.all([runner(), runner(), runner(), runner()]);
  await pool.close();
  return { pixels, seconds: (performance.now() - begun) / 1000 };
};

const decode = async ({ folder, files }) => {
  if (files === null) {
    console.log('\ndecoding: left out, there is no --data');
    return;
  }
  table('decoding from files, threads started anew', 'load', 'seconds');
  const times = [];
  for (let block = 0; block < blocks; block++)
    times.push((await decodeOnce(folder, files)).seconds);
  row(`${files.length} JPEGs of 32×32`, os.loadavg()[0].toFixed(1), median(times).toFixed(2));
};

/** Pixels and labels in files that both sides read: the real ones, or as many made up. */
const writePictures = async (folder, files) => {
  const data = { pixels: path.join(folder, 'pixels.u8'), labels: path.join(folder, 'labels.u8') };
  const pixels = files
    ? (await decodeOnce(folder, files)).pixels
    : randomFillSync(new Uint8Array(pictures * 32 * 32 * 3));
  fs.writeFileSync(data.pixels, pixels);
  const label = (_, i) => (files ? files[i].label : i % 10);
  fs.writeFileSync(data.labels, Uint8Array.from({ length: files?.length ?? pictures }, label));
  return data;
};

const parts = { step, epoch, decode, wasm, memory };
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join()} (${Object.keys(parts)})`);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bench-'));
try {
  await bundle(folder);
  const found = options.keras
    ? await ensurePythonEnv('keras', (line) => console.error(line))
    : null;
  if (found?.missing) console.error(`without Keras: ${found.missing}`);
  const python = found?.missing ? null : found;
  const files = options.data ? listPictures(path.join(options.data, 'train')) : null;
  const data = await writePictures(folder, files);
  const [cpu] = os.cpus();
  console.log(`${os.cpus().length} × ${cpu?.model}, Node ${process.version}`);
  for (const name of wanted) await parts[name]({ folder, python, files, data });
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
