import * as tf from '@tensorflow/tfjs-core';
import type { Message } from '../../common/errors';
import { LongtailError } from '../../common/errors';
import { startCpu } from './cpu';
import { startNative } from './native';
import { findRuntime } from '../../runtime/folder';
import type { RuntimeSearch } from '../../runtime/folder';
import type { Backend, BackendChoice } from './types';
import { startWasm } from './wasm';
import type { WasmOptions } from './wasm';

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Library messages and its check of every result for NaN stay off: the trainer checks its loss. */
const quiet = (): void => tf.enableProdMode();

/** The reason as a warning: it says what runs in place of the backend that did not start. */
const instead = ({ code, params }: Message): Message => ({
  code: `backend/instead/${code.slice('backend/'.length)}`,
  params,
});

const native = async (search: RuntimeSearch): Promise<Backend | Message> => {
  const runtime = findRuntime(search);
  if ('code' in runtime) return runtime;
  try {
    const ops = await startNative(runtime);
    const versions = { tfjs: tf.version_core, tensorflow: runtime.tensorflow };
    return { id: 'native', ops, versions, fallback: null };
  } catch (error) {
    return {
      code: 'backend/native-failed',
      params: { folder: runtime.folder, reason: reasonOf(error) },
    };
  }
};

const wasm = async (
  fallback: Message | null,
  options: WasmOptions | undefined,
): Promise<Backend | Message> => {
  try {
    const ops = await startWasm(options);
    // Sums over two halves are not the last bit those over a whole.
    const wasmThreads = ops.partner === null ? '1' : '2';
    return { id: 'wasm', ops, versions: { tfjs: tf.version_core, wasmThreads }, fallback };
  } catch (error) {
    const reason = reasonOf(error);
    const starved = /allocate|out of memory/i.test(reason);
    return { code: `backend/wasm-${starved ? 'memory' : 'failed'}`, params: { reason } };
  }
};

/**
 * Starts the backend asked for; `auto` takes the first of native, wasm and cpu that starts and
 * says in `fallback` why it is not the first. One backend serves a process: call it once.
 * @throws LongtailError with the reason when the one asked for by name does not start.
 */
export const selectBackend = async (
  requested: BackendChoice,
  search: RuntimeSearch = {},
  wasmOptions?: WasmOptions,
): Promise<Backend> => {
  quiet();
  let fallback: Message | null = null;
  if (requested === 'auto' || requested === 'native') {
    const result = await native(search);
    if ('ops' in result) return result;
    if (requested === 'native') throw new LongtailError(result.code, result.params);
    fallback = instead(result);
  }
  if (requested !== 'cpu') {
    const result = await wasm(fallback, wasmOptions);
    if ('ops' in result) return result;
    if (requested === 'wasm') throw new LongtailError(result.code, result.params);
    fallback = instead(result);
  }
  return { id: 'cpu', ops: await startCpu(), versions: { tfjs: tf.version_core }, fallback };
};
