import * as tf from '@tensorflow/tfjs-core';
import { createGeneralOps } from './generalOps';
import type { Ops } from './types';

/** Starts the plain JavaScript backend: for linear heads and small perceptrons only. */
export const startCpu = async (): Promise<Ops> => {
  // A named binding: a bare import would be dropped by the bundler (the package's sideEffects).
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  tf.registerBackend('cpu', () => new MathBackendCPU());
  if (!(await tf.setBackend('cpu'))) throw new Error('the JavaScript backend did not start');
  return createGeneralOps();
};
