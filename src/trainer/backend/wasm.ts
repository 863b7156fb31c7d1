import * as tf from '@tensorflow/tfjs-core';
import fs from 'node:fs';
import os from 'node:os';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createGeneralOps, rank4 } from './generalOps';
import { tidy } from './kept';
import type { Link } from './link';
import { startPartner } from './partner';
import type { Ops, Tensor } from './types';
import { wasmKernels } from './wasmKernels';

/** Beside the bundle, where the build puts them; else in the package, for a run from sources. */
const wasmFolder = (): string => {
  const beside = path.join(__dirname, 'tfjs-backend-wasm.wasm');
  if (fs.existsSync(beside)) return `${__dirname}${path.sep}`;
  const entry = createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return `${path.join(path.dirname(entry), 'dist')}${path.sep}`;
};

/** The divisor of n nearest to its square root from below. */
const middleDivisor = (n: number): number => {
  let found = 1;
  for (let d = 1; d * d <= n; d++) if (n % d === 0) found = d;
  return found;
};

/**
 * Column means of [N, C] as average pooling over one long axis, ten times as fast as a reduction
 * over the outer axis, which transposes first. Two levels, so that no float32 sum has many more
 * than √N terms.
 */
const columnMeans = (matrix: Tensor): Tensor => {
  const rows = matrix.shape.at(0) ?? 0;
  const columns = matrix.shape.at(1) ?? 0;
  const outer = middleDivisor(rows);
  const pool = (x: Tensor, groups: number, size: number): Tensor =>
    tf.avgPool(tf.reshape<tf.Rank.R4>(x, [groups, size, 1, columns]), [size, 1], 1, 'valid');
  const means = pool(pool(matrix, outer, rows / outer), 1, outer);
  return tf.reshape(means, [columns]);
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

/**
 * Takes the smallest memory there is and gives it back: where address space is limited, this throws the
 * reason that the library only prints.
 */
const probeMemory = (): unknown => new WebAssembly.Memory({ initial: 1 });

/** Starts the WebAssembly backend with the gradients it lacks; means are shared over the link. */
export const startWasmThread = async (link: Link | null): Promise<Ops> => {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  probeMemory();
  setWasmPaths(wasmFolder());
  tf.unregisterKernel(tf.Conv2DBackpropInput, 'wasm');
  for (const config of wasmKernels) tf.registerKernel(config);
  if (!(await withoutHandlers(() => tf.setBackend('wasm'))))
    throw new Error('the WebAssembly backend did not start');
  return {
    ...createGeneralOps((matrix) => {
      const own = columnMeans(matrix);
      if (link?.joined !== true) return own;
      return tf.tensor1d(link.mean(own.dataSync<'float32'>()), 'float32');
    }),
    globalAveragePool: (x) =>
      tidy(() => {
        const [batch, height, width, channels] = rank4(x.shape);
        const image = tf.reshape<tf.Rank.R4>(x, [batch, height, width, channels]);
        return tf.reshape(tf.avgPool(image, [height, width], 1, 'valid'), [batch, channels]);
      }),
  };
};

export interface WasmOptions {
  /** Where the second thread's bundle is; else beside this one. */
  readonly partnerFile?: string;
  /** Batches of fewer numbers stay on one thread. */
  readonly least?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Numbers of a batch, about 16 pictures of 16×16: below, what the threads tell each other costs more than it saves. */
const worthwhile = 4096;

const tryPartner = async ({ partnerFile, least, environment }: WasmOptions) => {
  const file = partnerFile ?? path.join(__dirname, 'partnerWorker.js');
  const threads = (environment ?? process.env)['LONGTAIL_WASM_THREADS'];
  if (threads === '1' || os.availableParallelism() < 2 || !fs.existsSync(file)) return null;
  try {
    return await startPartner(file, least ?? worthwhile);
  } catch {
    // One thread gives the same training, only slower.
    return null;
  }
};

/** The WebAssembly backend on two threads where there are two cores and the second one starts. */
export const startWasm = async (options: WasmOptions = {}): Promise<Ops> => {
  const second = await tryPartner(options);
  return { ...(await startWasmThread(second?.link ?? null)), partner: second?.partner ?? null };
};
