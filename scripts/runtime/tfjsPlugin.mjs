import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../node_modules');

/**
 * The library's packages by their CommonJS entry, so that every importer, tfjs-node too, shares one
 * copy. Not the module entries: tfjs-node's classes are ES5 functions and cannot extend the real
 * classes those export.
 */
const entries = {
  '@tensorflow/tfjs-core': '@tensorflow/tfjs-core/dist/tf-core.node.js',
  '@tensorflow/tfjs-layers': '@tensorflow/tfjs-layers/dist/tf-layers.node.js',
  '@tensorflow/tfjs-converter': '@tensorflow/tfjs-converter/dist/tf-converter.node.js',
  '@tensorflow/tfjs-backend-cpu': '@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.node.js',
  '@tensorflow/tfjs-backend-wasm': '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.node.js',
  // The union package would bring the converter, the data and the WebGL package; the kernels of
  // tfjs-node, its only importer here, use nothing of it but the core.
  '@tensorflow/tfjs': '@tensorflow/tfjs-core/dist/tf-core.node.js',
};

const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/**
 * For esbuild: one copy of tfjs in the trainer's bundle, tfjs-node's JavaScript included, and the
 * WebAssembly files beside it. The native addon is loaded by src/trainer/backend, from the runtime
 * folder, never by tfjs-node's own entry point.
 */
export const tfjsPlugin = () => ({
  name: 'tfjs',
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\/[a-z-]+$/ }, ({ path: name }) =>
      name in entries
        ? { path: path.join(modules, entries[name]) }
        : { errors: [{ text: `${name} must not be bundled: only ${Object.keys(entries)}` }] },
    );
    // Only the TensorBoard writers of tfjs-node need protocol buffers; only old Node needs node-fetch.
    build.onResolve({ filter: /\/proto\/api_pb$|^node-fetch$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'module.exports = {}',
    }));
    build.onEnd(({ errors }) => {
      const folder = build.initialOptions.outdir;
      if (errors.length > 0 || folder === undefined) return;
      fs.mkdirSync(folder, { recursive: true });
      for (const name of wasmFiles)
        fs.copyFileSync(
          path.join(modules, '@tensorflow/tfjs-backend-wasm/dist', name),
          path.join(folder, name),
        );
    });
  },
});
