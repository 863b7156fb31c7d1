import { LongtailError } from '../common/errors';
import type { FromModelJob } from '../protocol/modelJob';
import { heartbeatMs } from '../protocol/runFiles';
import { trainerProtocolVersion, type FromTrainer, type ToTrainer } from '../protocol/trainer';
import { atMostEvery } from './atMostEvery';
import { dropCheckpoints } from './checkpoint';
import { giveUp, recordFailure } from './ending';
import { runModelJob, type RunningJob } from './finished/runModelJob';
import { readRecord, recordStart } from './runFolder';
import { takeLockAwake, touchLock } from './runLock';
import { runSession } from './session';
import { runSweep } from './sweep';

/** The one job of this process. */
export interface Jobs {
  /** Does what the parent asks. */
  obey(message: ToTrainer): void;
  /** The parent is gone: the next checkpoint is the last, and a later window can go on from it. */
  orphan(): void;
  /** Shows that the owner of the run is alive. */
  touch(): void;
}

export interface JobsOptions {
  readonly send: (message: FromTrainer | FromModelJob) => void;
  /** Closes the channel to the parent; nothing else keeps the process. */
  readonly leave: () => void;
  /** Folder of this bundle: the decoder lies beside it. */
  readonly bundleFolder: string;
}

const checkVersion = (version: number): void => {
  if (version !== trainerProtocolVersion)
    throw new LongtailError('run/version', { ours: version, theirs: trainerProtocolVersion });
};

/** Takes a job, trains it or works on a finished model, and ends however that ends. */
export const createJobs = ({ send, leave, bundleFolder }: JobsOptions): Jobs => {
  const state = {
    stop: false,
    orphan: false,
    folder: null as string | null,
    model: null as RunningJob | null,
  };
  const shouldStop = (): boolean => state.stop;

  const train = async ({ job }: Extract<ToTrainer, { kind: 'start' }>): Promise<void> => {
    await takeLockAwake(job.runFolder);
    state.folder = job.runFolder;
    if (job.resume && readRecord(job.runFolder)?.state === 'completed') {
      // Killed after its last word: what only a resume needs may still be there.
      dropCheckpoints(job.runFolder);
      return;
    }
    recordStart(job.runFolder);
    await (job.sweep === undefined ? runSession : runSweep)(job, {
      shouldStop,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      // A message costs ten times the line it is about, and the parent looks four times a second.
      onAppend: atMostEvery(heartbeatMs / 4, () => send({ kind: 'appended' })),
      bundleFolder,
    });
  };

  const useModel = async ({ job }: Extract<ToTrainer, { kind: 'model' }>): Promise<void> => {
    state.model = runModelJob(job, { shouldStop, bundleFolder, send });
    await state.model.finished;
  };

  const end = (): void => {
    if (state.folder !== null) giveUp(state.folder, state.orphan);
    leave();
  };

  const fail = (error: unknown): void => {
    const message = recordFailure(state.folder, error);
    if (message === null) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    send({ kind: 'failed', error: message });
    process.exitCode = 1;
  };

  /** Does a job, of the version it was written for, to its end. */
  const take = (version: number, work: () => Promise<void>): void => {
    const checked = async (): Promise<void> => {
      checkVersion(version);
      await work();
    };
    void checked().catch(fail).finally(end);
  };

  return {
    obey: (message) => {
      switch (message.kind) {
        case 'start':
          take(message.version, () => train(message));
          return;
        case 'model':
          take(message.version, () => useModel(message));
          return;
        case 'model/more':
          state.model?.more();
          return;
        case 'stop':
          state.stop = true;
          state.model?.more();
          if (state.folder === null && state.model === null) end();
      }
    },
    orphan: () => {
      state.stop = true;
      state.orphan = true;
      state.model?.more();
    },
    touch: () => {
      if (state.folder !== null) touchLock(state.folder);
    },
  };
};
