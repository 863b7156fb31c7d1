import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { deferred } from '../common/async';
import { LongtailError, type Message } from '../common/errors';
import { runFiles } from '../protocol/runFiles';
import {
  trainerProtocolVersion,
  type FromTrainer,
  type RunRepeat,
  type ToTrainer,
  type TrainerEvent,
  type TrainerJob,
} from '../protocol/trainer';
import type { RunReport } from '../report/types';
import { createStopper, forkTrainer, type Child, type StopStep } from './childProcess';
import { endingOf } from './ending';
import { createRun, readReport, readRun, trainerOf, writeRecord, type StoredRun } from './runStore';
import { createSilence, lookEveryMs, type Silence } from './silence';
import { watchRun } from './watchRun';

export interface TrainingOptions {
  /** Absolute path of `longtail.yaml`. */
  readonly configPath: string;
  /** Folder for this run; in the store when absent. With `resume`, the run to go on with. */
  readonly runFolder?: string | undefined;
  readonly resume?: boolean;
  readonly store: string;
  readonly cacheFolder: string;
  /** Absolute path of the bundled trainer. */
  readonly trainerPath: string;
  readonly baseline?: TrainerJob['baseline'];
  /** Compares recipes on one representation; the run's report is of the one that was chosen. */
  readonly sweep?: TrainerJob['sweep'];
  /**
   * Which repetition of a config this is; its seed takes the place of the config's own. `from` is
   * the folder of a run whose config is taken, whatever `configPath` says by now.
   */
  readonly repeat?: RunRepeat & { readonly from?: string };
  /** What the runs list shows until the trainer has read the config. */
  readonly title?: string;
  readonly datasetRoot?: string;
  /** Fingerprint of the dataset as it was scanned: other samples are refused. */
  readonly fingerprint?: string | undefined;
  /** Every event line as it is appended; see `liveEvents` for resumed runs. */
  readonly onEvent?: (event: TrainerEvent) => void;
  readonly signal?: AbortSignal;
  /** Time to finish the batch and write a checkpoint before SIGTERM. */
  readonly graceMs?: number;
  /** Time without a sign of life after which the child is taken for stuck. */
  readonly silentMs?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export type TrainingEnd =
  | { readonly outcome: 'completed'; readonly report: RunReport; readonly error?: undefined }
  /** `step` says what it took; after 'terminated' or 'killed' the last checkpoint remains. */
  | {
      readonly outcome: 'stopped';
      readonly step: StopStep;
      readonly report?: undefined;
      readonly error?: undefined;
    }
  | { readonly outcome: 'failed'; readonly error: Message; readonly report?: undefined };

export interface TrainingRun {
  readonly id: string;
  readonly folder: string;
  /** Settles exactly once and never rejects. */
  readonly finished: Promise<TrainingEnd>;
  stop(): void;
  /** Lets go of it, as a window that closes does: it writes a checkpoint and counts as interrupted. */
  abandon(): void;
}

/** Why the parent itself ended a child. */
interface Verdict {
  error: Message | null;
}

/**
 * The run that a training is about, made or found. Throws `run/no-trainer`, `run/no-run` or
 * `run/still-running`, and what cannot be written.
 */
export const openTraining = (options: TrainingOptions): StoredRun => {
  const { trainerPath } = options;
  if (!existsSync(trainerPath)) throw new LongtailError('run/no-trainer', { path: trainerPath });
  const { runFolder, resume, store, configPath, title = '', datasetRoot = '', sweep } = options;
  if (resume !== true) {
    const repeat = options.repeat && { seed: options.repeat.seed, group: options.repeat.group };
    const named = { store, folder: runFolder, title, configPath, datasetRoot };
    const run = createRun({ ...named, sweep, repeat });
    const from = options.repeat?.from;
    if (from !== undefined)
      copyFileSync(join(from, runFiles.config), join(run.folder, runFiles.config));
    return run;
  }
  const run = runFolder === undefined ? null : readRun(runFolder);
  if (run === null) throw new LongtailError('run/no-run', { folder: runFolder ?? '' });
  const open = run.record.state === 'running' || run.record.state === 'queued';
  const pid = open ? run.record.pid : trainerOf(run.folder);
  if (pid !== null) throw new LongtailError('run/still-running', { pid });
  return run;
};

/** What the run folder and the ending say together, once nothing can come from the child. */
const endOf = (folder: string, stopped: StopStep | null, fallback: Message): TrainingEnd => {
  const state = readRun(folder)?.record.state;
  const report = state === 'completed' ? readReport(folder) : null;
  if (report !== null) return { outcome: 'completed', report };
  if (stopped !== null || state === 'stopped')
    return { outcome: 'stopped', step: stopped ?? 'asked' };
  const error = readRun(folder)?.record.error;
  return { outcome: 'failed', error: error ?? fallback };
};

/**
 * A record that still says running or queued after its child is gone becomes interrupted; stopped,
 * where somebody asked for that before the child had begun.
 */
const closeRecord = (folder: string, error: Message | null, asked: boolean): void => {
  const run = readRun(folder);
  if (run === null) return;
  const { record } = run;
  const open = ['interrupted', 'running', 'queued'].includes(record.state);
  if (!open) return;
  const endedAt = new Date().toISOString();
  const state = asked && record.state === 'queued' ? 'stopped' : 'interrupted';
  try {
    writeRecord(folder, { ...record, state, pid: null, endedAt, error });
  } catch {
    // A full disk: what stands there reads as interrupted all the same, its process being gone.
  }
};

/** Answers the child's messages; gives how long it has been silent. */
const talk = (child: Child, begin: () => void, end: (error: Message) => void): Silence => {
  const silence = createSilence();
  child.process.on('message', (message: FromTrainer) => {
    silence.heard();
    switch (message.kind) {
      case 'hello':
        if (message.version === trainerProtocolVersion) begin();
        else
          end({
            code: 'run/version',
            params: { ours: trainerProtocolVersion, theirs: message.version },
          });
        break;
      case 'failed':
        end(message.error);
        break;
      case 'heartbeat':
      case 'appended':
        break;
    }
  });
  return silence;
};

const send = (child: Child, message: ToTrainer): void => {
  // The callback swallows "channel closed": the ending of the child tells the story.
  if (child.process.connected) child.process.send(message, () => undefined);
};

/** Starts the child of a run that is open; every failure is the run's ending. */
export const launchTraining = (
  options: TrainingOptions,
  { folder, record }: StoredRun,
): TrainingRun => {
  const { configPath, store, cacheFolder, trainerPath, graceMs = 30_000 } = options;
  const child = forkTrainer(trainerPath, join(folder, runFiles.log), options.env ?? process.env);
  const job: TrainerJob = {
    runFolder: folder,
    // A resumed run keeps to the config it began with: dataset paths are relative to that file.
    configPath: options.resume === true ? record.configPath : configPath,
    resume: options.resume ?? false,
    storeFolder: store,
    cacheFolder,
    baseline: options.baseline ?? 'reuse-or-train',
    fingerprint: options.fingerprint,
    seed: record.repeat?.seed,
    sweep: options.resume === true ? record.sweep : options.sweep,
  };
  const verdict: Verdict = { error: null };
  const stopper = createStopper(child.process, () => send(child, { kind: 'stop' }), graceMs);
  const end = (error: Message): void => {
    verdict.error ??= error;
    stopper.stop();
  };
  const begin = (): void => {
    // Stopped before it was ready: it was told so already, and is given nothing to do.
    if (stopper.reached() === null)
      send(child, { kind: 'start', version: trainerProtocolVersion, job });
  };
  const silence = talk(child, begin, end);
  const silentMs = options.silentMs ?? 10 * 60_000;
  const watchdog = setInterval(() => {
    if (silence.look() > silentMs)
      end({ code: 'run/silent', params: { seconds: silentMs / 1000 } });
  }, lookEveryMs);
  const events = watchRun(folder, (batch) => batch.forEach((event) => options.onEvent?.(event)));
  const { promise, resolve } = deferred<TrainingEnd>();
  let abandoned = false;

  const finish = (died: Message): void => {
    clearInterval(watchdog);
    stopper.clear();
    options.signal?.removeEventListener('abort', stop);
    events.flush();
    events.dispose();
    const error = verdict.error ?? died;
    const ending: TrainingEnd =
      verdict.error === null
        ? endOf(folder, stopper.reached() ?? (abandoned ? 'asked' : null), died)
        : { outcome: 'failed', error: verdict.error };
    const asked = stopper.reached() === 'asked' && !abandoned;
    closeRecord(folder, ending.outcome === 'failed' ? error : null, asked);
    resolve(ending);
  };
  const stop = (): void => stopper.stop();
  child.process.on('error', (error) => {
    finish({ code: 'run/not-started', params: { detail: error.message } });
  });
  child.process.on('close', (code, signal) => {
    finish(endingOf({ code, signal, stderr: child.stderrTail() }));
  });
  if (options.signal?.aborted === true) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  const abandon = (): void => {
    if (!child.process.connected) return;
    abandoned = true;
    // Node tells of no closing once the channel was closed from this side.
    child.process.on('exit', (code, signal) => {
      finish(endingOf({ code, signal, stderr: child.stderrTail() }));
    });
    child.process.disconnect();
  };
  return { id: record.id, folder, finished: promise, stop, abandon };
};

/**
 * Starts a training run in a child process. Throws as `openTraining` does before anything is started;
 * every later failure is the run's ending.
 */
export const startTraining = (options: TrainingOptions): TrainingRun =>
  launchTraining(options, openTraining(options));
