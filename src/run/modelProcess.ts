import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { CancelledError, LongtailError, type Message } from '../common/errors';
import type { FromModelJob, ModelJob, PredictedItem } from '../protocol/modelJob';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { createStopper, forkTrainer } from './childProcess';
import { endingOf } from './ending';

export type OpenedModel = Extract<FromModelJob, { kind: 'model/opened' }>;

export interface ModelJobOptions {
  /** Absolute path of the bundled trainer. */
  readonly trainerPath: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly onOpened?: (model: OpenedModel) => void;
  /** The next pictures come when it has resolved. */
  readonly onItems?: (items: readonly PredictedItem[]) => Promise<void> | void;
}

/** Time a child has to finish its batch before it is ended. */
const graceMs = 5000;

/**
 * Does something with a finished model in a process of its own, and resolves to the files that it
 * wrote. Rejects with CancelledError when the signal fires, `run/no-trainer`, what the child says of
 * the model, what `onItems` throws, and as a training does when the child dies.
 */
export const runModelJob = (
  job: ModelJob,
  { trainerPath, env = process.env, signal, onOpened, onItems }: ModelJobOptions,
): Promise<readonly string[]> => {
  if (!existsSync(trainerPath))
    return Promise.reject(new LongtailError('run/no-trainer', { path: trainerPath }));
  if (signal?.aborted === true) return Promise.reject(new CancelledError());
  const child = forkTrainer(trainerPath, devNull, env);
  const send = (message: ToTrainer): void => {
    // The callback swallows "channel closed": the ending of the child tells the story.
    if (child.process.connected) child.process.send(message, () => undefined);
  };
  const stopper = createStopper(child.process, () => send({ kind: 'stop' }), graceMs);
  const state: { done: boolean; failure: Error | undefined; written: readonly string[] } = {
    done: false,
    failure: undefined,
    written: [],
  };
  const give = async (items: readonly PredictedItem[]): Promise<void> => {
    try {
      await onItems?.(items);
      send({ kind: 'model/more' });
    } catch (error) {
      state.failure ??= error instanceof Error ? error : new Error('onItems', { cause: error });
      stopper.stop();
    }
  };
  const failed = ({ code, params }: Message): void => {
    state.failure ??= new LongtailError(code, params);
  };
  child.process.on('message', (message: FromTrainer | FromModelJob) => {
    switch (message.kind) {
      case 'hello':
        if (message.version === trainerProtocolVersion)
          send({ kind: 'model', version: trainerProtocolVersion, job });
        else {
          const params = { ours: trainerProtocolVersion, theirs: message.version };
          failed({ code: 'run/version', params });
          stopper.stop();
        }
        return;
      case 'failed':
        failed(message.error);
        return;
      case 'model/opened':
        onOpened?.(message);
        return;
      case 'model/items':
        void give(message.items);
        return;
      case 'model/written':
        state.written = message.paths;
        return;
      case 'model/done':
        state.done = true;
        return;
      case 'heartbeat':
      case 'appended':
        return;
    }
  });
  const stop = (): void => {
    state.failure ??= new CancelledError();
    stopper.stop();
  };
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    const end = (died: Message): void => {
      stopper.clear();
      signal?.removeEventListener('abort', stop);
      if (state.failure === undefined && state.done) {
        resolve(state.written);
        return;
      }
      reject(state.failure ?? new LongtailError(died.code, died.params));
    };
    child.process.on('error', ({ message }) => {
      end({ code: 'run/not-started', params: { detail: message } });
    });
    child.process.on('close', (code, by) => {
      end(endingOf({ code, signal: by, stderr: child.stderrTail() }));
    });
  });
};
