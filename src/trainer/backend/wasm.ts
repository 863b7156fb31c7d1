import * as tf from '@tensorflow/tfjs-core';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createGeneralOps } from './generalOps';
import type { Ops, Tensor } from './types';
import { wasmKernels } from './wasmKernels';

/** Beside the bundle, where the build puts them; else in the package, for a run from sources. */
const wasmFolder = (): string => {
  const beside = path.join(__dirname, 'tfjs-backend-wasm.wasm');
  if (fs.existsSync(beside)) return `${__dirname}${path.sep}`;
  const entry = createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return `${path.join(path.dirname(entry), 'dist')}${path.sep}`;
};

/**
 * Column sums of [N, C] as products with rows of ones, which run on the fast matrix kernel where a
 * reduction over the outer axis would transpose first. Two levels, so that no float32 sum has more
 * than about √N terms.
 */
const columnSums = (matrix: Tensor): Tensor => {
  const rows = matrix.shape.at(0) ?? 0;
  const columns = matrix.shape.at(1) ?? 0;
  let outer = 1;
  for (let n = 1; n * n <= rows; n++) if (rows % n === 0) outer = n;
  const partial = tf.matMul(
    tf.ones([1, outer]),
    tf.reshape(matrix, [outer, (rows / outer) * columns]),
  );
  const sums = tf.matMul(tf.ones([1, rows / outer]), tf.reshape(partial, [rows / outer, columns]));
  return tf.reshape(sums, [columns]);
};

/**
 * Emscripten's start-up code hangs itself on the process's last resorts and throws again what it
 * sees there; errors of the trainer are not its business.
 */
const withoutHandlers = async <T>(start: () => Promise<T>): Promise<T> => {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.rawListeners(event));
  const result = await start();
  for (const [index, event] of events.entries())
    for (const listener of process.rawListeners(event))
      if (before[index]?.includes(listener) !== true)
        process.off(event, listener as (...args: unknown[]) => void);
  return result;
};

/** Starts the WebAssembly backend with the gradients it lacks. */
export const startWasm = async (): Promise<Ops> => {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(wasmFolder());
  const own = tf.getKernel(tf.Conv2DBackpropInput, 'wasm');
  tf.unregisterKernel(tf.Conv2DBackpropInput, 'wasm');
  for (const config of wasmKernels(own)) tf.registerKernel(config);
  if (!(await withoutHandlers(() => tf.setBackend('wasm'))))
    throw new Error('the WebAssembly backend did not start');
  return createGeneralOps(columnSums);
};
