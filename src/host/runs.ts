import * as vscode from 'vscode';
import { LongtailError } from '../common/errors';
import { listRuns, readRun, type StoredRun } from '../run/runStore';
import { createRunQueue } from '../run/runQueue';
import type { TrainingEnd, TrainingOptions, TrainingRun } from '../run/trainerProcess';
import type { SweepJob, TrainerEvent } from '../protocol/trainer';
import type { BundlePaths } from './host';
import { cacheFolder, parallelRuns, trainerEnvironment } from './settings';
import { contextIds } from './ids';
import { words } from '../words/say';

/** How far a run is, from its last step. */
export interface RunProgress {
  readonly stage: string;
  readonly epoch: number;
  readonly share: number;
  readonly secondsLeft: number | null;
}

export interface StartRun {
  readonly configPath: string;
  readonly title: string;
  readonly datasetRoot: string;
  /** Fingerprint of the dataset as it was scanned; absent where nobody looked. */
  readonly fingerprint?: string | undefined;
  /** Compares recipes on one representation instead of training the config. */
  readonly sweep?: SweepJob;
  readonly repeat?: NonNullable<TrainingOptions['repeat']>;
}

/** The runs of the store, and the children of this window. */
export interface Runs {
  readonly onDidChange: vscode.Event<void>;
  list(): readonly StoredRun[];
  find(folder: string): StoredRun | null;
  progress(folder: string): RunProgress | undefined;
  /** Whether this window runs it. */
  isOurs(folder: string): boolean;
  start(run: StartRun): TrainingRun;
  resume(folder: string): TrainingRun;
  /** Throws `host/not-our-run` for a run that another process owns. */
  stop(folder: string): void;
  refresh(): void;
  dispose(): void;
}

interface Live {
  readonly run: TrainingRun;
  progress?: RunProgress;
}

export interface RunsOptions {
  readonly context: vscode.ExtensionContext;
  readonly paths: BundlePaths;
  readonly store: () => string;
  readonly onEnd: (folder: string, end: TrainingEnd) => void;
}

/** Starting and watching training; a window that closes lets go of its children, and they end. */
export const createRuns = ({ context, paths, store, onEnd }: RunsOptions): Runs => {
  const changed = new vscode.EventEmitter<void>();
  const live = new Map<string, Live>();
  const queue = createRunQueue(parallelRuns);
  const setContext = (key: string, value: boolean): void =>
    void vscode.commands.executeCommand('setContext', key, value);
  const setContexts = (): void => {
    setContext(contextIds.training, live.size > 0);
    const predictsRows = listRuns(store()).some(
      ({ record }) => record.state === 'completed' && record.takesRows === true,
    );
    setContext(contextIds.predictsRows, predictsRows);
  };
  const refresh = (): void => {
    setContexts();
    changed.fire();
  };
  const begin = (options: Omit<TrainingOptions, 'store'>): TrainingRun => {
    const pending: { entry?: Live } = {};
    const run = queue.start({
      ...options,
      store: store(),
      onEvent: (event) => follow(pending.entry, event),
    });
    pending.entry = { run };
    live.set(run.folder, pending.entry);
    void run.finished.then((end) => {
      live.delete(run.folder);
      refresh();
      onEnd(run.folder, end);
    });
    refresh();
    return run;
  };
  const follow = (entry: Live | undefined, event: TrainerEvent): void => {
    if (event.kind === 'step' && entry !== undefined) {
      const { stage, epoch, step, steps, secondsLeft } = event;
      entry.progress = { stage, epoch, share: Math.min(1, step / Math.max(1, steps)), secondsLeft };
    }
    if (event.kind === 'features' && entry !== undefined) {
      const { done, total, secondsLeft } = event;
      const share = done / Math.max(1, total);
      entry.progress = { stage: words('host/run/features'), epoch: 0, share, secondsLeft };
    }
    if (event.kind !== 'checkpoint') changed.fire();
  };
  const common = {
    trainerPath: paths.trainer,
    cacheFolder: cacheFolder(context),
  };
  setContexts();
  return {
    onDidChange: changed.event,
    list: () => listRuns(store()),
    find: (folder) => readRun(folder),
    progress: (folder) => live.get(folder)?.progress,
    isOurs: (folder) => live.has(folder),
    start: (run) => begin({ ...common, ...run, env: trainerEnvironment() }),
    resume: (folder) => {
      const stored = readRun(folder);
      if (stored === null) throw new LongtailError('run/no-run', { folder });
      const { configPath } = stored.record;
      return begin({
        ...common,
        configPath,
        runFolder: folder,
        resume: true,
        env: trainerEnvironment(),
      });
    },
    stop: (folder) => {
      const own = live.get(folder);
      if (own === undefined) throw new LongtailError('host/not-our-run', { folder });
      own.run.stop();
    },
    refresh,
    dispose: () => {
      for (const { run } of live.values()) run.abandon();
      changed.dispose();
    },
  };
};
