// The runs that the soak kills: small ones that go through all that a run does, a plain baseline first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { greyPng } from '../sample.mjs';

/** Small multiplicative generator (Park and Miller): the same numbers on every machine. */
export const createDraw = (seed) => {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
};

const counts = [90, 40, 18, 9];
const testEach = 12;
const side = 12;

/** A table of four classes whose numbers overlap. */
const writeTable = (folder, draw) => {
  const rows = ['a,b,c,label'];
  counts.forEach((count, label) => {
    for (let i = 0; i < count * 4; i++) {
      const [a, b, c] = [draw(), draw(), draw()];
      rows.push(
        `${(a * 2 + label).toFixed(4)},${(b * 3 - label).toFixed(4)},${c.toFixed(4)},k${label}`,
      );
    }
  });
  const path = join(folder, 'table.csv');
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
};

/** Pictures of four classes: a bright square in one corner, under noise. */
const writePictures = (folder, draw) => {
  const root = join(folder, 'pictures');
  counts.forEach((count, label) => {
    for (const [split, number] of [
      ['train', count],
      ['test', testEach],
    ]) {
      const place = join(root, split, `k${label}`);
      mkdirSync(place, { recursive: true });
      for (let i = 0; i < number; i++) {
        const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
          const inside = Math.floor(at / side / 6) * 2 + Math.floor((at % side) / 6) === label;
          return Math.floor(draw() * 160 + (inside ? 60 : 0));
        });
        writeFileSync(
          join(place, `${String(i).padStart(3, '0')}.png`),
          greyPng(side, side, pixels),
        );
      }
    }
  });
  return root;
};

const optimizer = 'optimizer: { learningRate: 0.05, batchSize: 32 }';

/** Native gets pictures large enough for its threads to share the work of a step. */
const networks = {
  cpu: { input: '{ kind: tabular }', model: '{ kind: mlp, hidden: [12] }' },
  wasm: { input: '{ augment: [crop] }', model: '{ kind: resnet-8, width: 4 }' },
  native: { input: '{ augment: [crop], size: [32, 32] }', model: '{ kind: resnet-8, width: 16 }' },
};

/** Writes data and config of a backend's run into a folder; gives the config's path. */
export const writeProblem = (folder, backend) => {
  mkdirSync(folder, { recursive: true });
  const draw = createDraw(7);
  const table = backend === 'cpu';
  const root = table ? writeTable(folder, draw) : writePictures(folder, draw);
  const lines = [
    'version: 1',
    'seed: 5',
    `dataset: { root: ${JSON.stringify(root)}${table ? ', labelColumn: label' : ''} }`,
    `input: ${networks[backend].input}`,
    `model: ${networks[backend].model}`,
    'stages:',
    `  - { name: train, epochs: 2, sampler: { kind: square-root }, mixing: { kind: mixup }, ${optimizer} }`,
    `  - { name: head, epochs: 2, trainable: classifier, init: again, sampler: { kind: class-balanced }, ${optimizer} }`,
    'posthoc: { kind: none }',
    `backend: ${backend}`,
  ];
  const config = join(folder, 'longtail.yaml');
  writeFileSync(config, `${lines.join('\n')}\n`);
  return config;
};
