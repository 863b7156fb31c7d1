import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { deferred } from '../../common/async';
import { LongtailError } from '../../common/errors';
import type { ImageShape } from './image';

export interface DecodeWorkerData {
  readonly jpegPath: string;
}

/** Without a shape only sizes are answered. */
export interface DecodeRequest {
  readonly id: number;
  readonly files: readonly Uint8Array[];
  readonly shape: ImageShape | null;
}

export type DecodeResult =
  | { readonly width: number; readonly height: number; readonly channels: 1 | 3 }
  | { readonly error: string };

export interface DecodeAnswer {
  readonly id: number;
  readonly results: readonly DecodeResult[];
  /** Pictures one after the other, zeros for an unreadable one; null when no shape was given. */
  readonly pixels: Uint8Array | null;
}

export interface DecodePool {
  /** Decodes a batch on the next free thread. A damaged file is an entry of the results. */
  decode(files: readonly Uint8Array[], shape: ImageShape | null): Promise<DecodeAnswer>;
  close(): Promise<void>;
}

type Pending = ReturnType<typeof deferred<DecodeAnswer>>;

/** Threads that decode pictures; `folder` is where the bundled worker and its decoder lie. */
export const createDecodePool = (folder: string, threads = 2): DecodePool => {
  const waiting = new Map<number, Pending>();
  const workerData: DecodeWorkerData = { jpegPath: join(folder, 'mozjpeg_dec.wasm') };
  const fail = (error: Error): void => {
    const reason = new LongtailError('train/decoder-died', { detail: error.message });
    for (const pending of waiting.values()) pending.reject(reason);
    waiting.clear();
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(join(folder, 'decodeWorker.js'), { workerData });
    worker.on('message', (answer: DecodeAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    });
    worker.on('error', fail);
    return worker;
  });
  let next = 0;
  return {
    decode: (files, shape) => {
      const id = next++;
      const pending = deferred<DecodeAnswer>();
      waiting.set(id, pending);
      const request: DecodeRequest = { id, files, shape };
      workers[id % threads]?.postMessage(request);
      return pending.promise;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
      fail(new Error('closed'));
    },
  };
};
