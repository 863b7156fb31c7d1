import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tfjsPlugin } from '../../scripts/runtime/tfjsPlugin.mjs';
import { noNative } from './backends';

const program = `
  import { selectBackend } from './src/trainer/backend/selectBackend';
  import { createNetwork } from './src/trainer/models/network';
  import { modelSpec } from './src/trainer/models/index';
  const main = async () => {
    const { ops, id, versions } = await selectBackend(process.argv[2]);
    const spec = modelSpec({ kind: 'resnet-8', width: 4 });
    const network = createNetwork(ops, spec, { inputShape: [8, 8, 1], classes: 3, seed: 0 });
    const x = ops.tensor(Float32Array.from({ length: 128 }, (_, i) => Math.sin(i)), [2, 8, 8, 1]);
    const { gradients } = network.gradients(x, (logits) => ({
      dLogits: ops.affine(logits, 1),
      result: null,
    }));
    const kernel = gradients.get('stem_conv/kernel');
    console.log(JSON.stringify({ id, versions, gradient: [...ops.read(kernel)] }));
  };
  void main();
`;

describe('the bundled trainer', () => {
  let folder: string;
  let inputs: string[];
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-bundle-'));
    const { metafile } = await build({
      stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true },
      ...{ outdir: folder, metafile: true, logLevel: 'error', plugins: [tfjsPlugin()] },
    });
    inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  /** Runs the bundle from its own folder, where no node_modules can help it. */
  const run = (backend: string): { id: string; gradient: number[] } => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [path.join(folder, 'stdin.js'), backend],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(status, stderr.slice(-2000)).toBe(0);
    return JSON.parse(stdout) as { id: string; gradient: number[] };
  };

  it('has one copy of the library, and neither union package nor WebGL', () => {
    const parts = inputs.filter((name) => name.includes('@tensorflow/'));
    const ofCore = parts.filter((name) => name.includes('/tfjs-core/'));
    expect(ofCore).toEqual(['node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js']);
    expect(parts.some((name) => /tfjs\/|webgl|tfjs-data|converter|pre-gyp/.test(name))).toBe(false);
    expect(fs.statSync(path.join(folder, 'stdin.js')).size).toBeLessThan(3_000_000);
  });

  it('trains on wasm', () => {
    const { id, gradient } = run('wasm');
    expect(id).toBe('wasm');
    expect(gradient).toHaveLength(36);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it.skipIf(noNative !== null)(`trains on native as on wasm ${noNative ?? ''}`, () => {
    const native = run('native');
    expect(native.id).toBe('native');
    const wasm = run('wasm');
    const scale = Math.max(...wasm.gradient.map(Math.abs));
    for (const [i, value] of native.gradient.entries())
      expect(Math.abs(value - (wasm.gradient[i] ?? NaN)) / scale).toBeLessThan(1e-4);
  });
});
