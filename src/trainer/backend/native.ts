import * as tf from '@tensorflow/tfjs-core';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';
import util from 'node:util';
import { createNativeOps } from './nativeOps';
import { createRecorder, listenTo } from './recorder';
import type { NativeRuntime } from '../../runtime/folder';
import type { Ops } from './types';

/** Names tfjs-node 4.22 still asks `util` for; Node 23 took them away. */
const restoreUtil = (): void => {
  const shims = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  };
  for (const [name, shim] of Object.entries(shims))
    if (!(name in util)) Object.defineProperty(util, name, { value: shim, configurable: true });
};

/** Loads the addon of a runtime folder and makes TensorFlow the current backend. */
export const startNative = async (runtime: NativeRuntime): Promise<Ops> => {
  restoreUtil();
  // TensorFlow writes its greeting to stderr unless told otherwise before it is loaded.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const addon = { exports: {} };
  process.dlopen(addon, runtime.addon);
  await import('@tensorflow/tfjs-node/dist/register_all_kernels.js');
  const { NodeJSKernelBackend } =
    await import('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js');
  const listening = listenTo(addon.exports as TFJSBinding);
  const backend = new NodeJSKernelBackend(listening.binding, '@tensorflow/tfjs-node');
  tf.registerBackend('tensorflow', () => backend);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not start');
  return createNativeOps(backend, createRecorder(backend, listening));
};
