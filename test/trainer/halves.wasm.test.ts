import { build } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tfjsPlugin } from '../../scripts/runtime/tfjsPlugin.mjs';
import { createRandom } from '../../src/common/random';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Backend, Ops } from '../../src/trainer/backend/types';
import { modelSpec } from '../../src/trainer/models/index';
import { createNetwork } from '../../src/trainer/models/network';
import { expectClose } from './backendOps';

const bundleFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-halves-'));

describe('a batch in two halves on two threads', () => {
  let folder: string;
  let backend: Backend;
  beforeAll(async () => {
    folder = bundleFolder();
    await build({
      entryPoints: ['src/trainer/models/partnerWorker.ts'],
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20' },
      ...{ outdir: folder, logLevel: 'error', plugins: [tfjsPlugin()] },
    });
    const partnerFile = path.join(folder, 'partnerWorker.js');
    backend = await selectBackend('wasm', {}, { partnerFile, least: 1, environment: {} });
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const inputShape = [9, 9, 2];
  /** Steps of a network; every number that comes out of them. */
  const train = (ops: Ops, kind: 'resnet-8' | 'small-cnn' | 'bbn', batch: number) => {
    const spec = modelSpec(
      kind === 'bbn'
        ? { kind, backbone: 'resnet-8', width: 4, adaptor: 'parabolic-decay' }
        : { kind, width: 4 },
    );
    const network = createNetwork(ops, spec, { inputShape, classes: 3, seed: 1 });
    const before = ops.memory().tensors;
    const random = createRandom(3, kind, batch);
    const size = inputShape.reduce((product, n) => product * n, batch);
    const x = ops.tensor(
      Float32Array.from({ length: size }, () => random.nextNormal()),
      [batch, ...inputShape],
    );
    const numbers = new Map<string, Float32Array>();
    for (const part of [network.backbone, ...(network.branches ?? [])].entries()) {
      const [place, way] = part;
      const pass = way.forward(x, 'train');
      const dOutput = ops.affine(pass.output, 0.5, 0.1);
      const { gradients, dInput } = way.backward(pass, dOutput, { inputGradient: true });
      numbers.set(`${place} output`, ops.read(pass.output));
      if (dInput !== null) numbers.set(`${place} dInput`, ops.read(dInput));
      for (const [name, gradient] of gradients) numbers.set(`${place} ${name}`, ops.read(gradient));
      ops.dispose(dOutput, ...gradients.values(), ...(dInput === null ? [] : [dInput]));
      pass.dispose();
      // A pass without a way back frees what it kept, too.
      way.forward(x, 'train').dispose();
    }
    const { logits, features } = network.predict(x);
    numbers.set('logits', ops.read(logits));
    ops.dispose(logits, features, x);
    expect(ops.memory().tensors, 'tensors left behind').toBe(before);
    for (const [name, { values }] of network.getWeights()) numbers.set(`weight ${name}`, values);
    network.dispose();
    return numbers;
  };

  it('says that it runs on two threads', () => {
    expect(backend.ops.partner).not.toBeNull();
    expect(backend.versions['wasmThreads']).toBe('2');
  });

  for (const kind of ['resnet-8', 'small-cnn', 'bbn'] as const)
    for (const batch of [1, 2, 7, 16])
      it(`gives what one thread gives, and the same each time: ${kind}, ${batch} rows`, () => {
        const { ops } = backend;
        const alone = train({ ...ops, partner: null }, kind, batch);
        const halves = train(ops, kind, batch);
        expect([...halves.keys()].sort()).toEqual([...alone.keys()].sort());
        for (const [name, values] of halves) expectClose(values, alone.get(name) ?? [], name, 2e-4);
        expect(train(ops, kind, batch)).toEqual(halves);
      });
});
