import type { Message } from '../common/errors';
import type { Band, BandScheme } from '../profile/types';
import type { ModelJob } from './modelJob';

/** First words of both sides; a mismatch names the fix. */
export const trainerProtocolVersion = 2;

/** Parent → child over IPC. Everything large travels by file. */
export type ToTrainer =
  | { readonly kind: 'start'; readonly version: number; readonly job: TrainerJob }
  /** Instead of a training: something to do with a finished model. */
  | { readonly kind: 'model'; readonly version: number; readonly job: ModelJob }
  | { readonly kind: 'model/more' }
  | { readonly kind: 'stop' };

export interface TrainerJob {
  readonly runFolder: string;
  /** Absolute path of `longtail.yaml` the run was started from; the run keeps its own copy. */
  readonly configPath: string;
  readonly resume: boolean;
  /** Where finished baselines are looked for and kept (folders of earlier runs). */
  readonly storeFolder: string;
  readonly cacheFolder: string;
  /** Role of this run: a recipe with its baseline first where missing, or a baseline alone. */
  readonly baseline: 'reuse-or-train' | 'skip';
  /**
   * Fingerprint of the dataset as it was scanned for this run; absent where nobody looked. Training
   * on other samples than those is refused.
   */
  readonly fingerprint?: string | undefined;
  /** Trained with this seed in place of the config's own. */
  readonly seed?: number | undefined;
  /** Try recipes on one representation a seed instead of training the config itself. */
  readonly sweep?: SweepJob | undefined;
}

export interface SweepJob {
  /** Ids of the recipes; all where empty. */
  readonly recipes: readonly string[];
  /** Seeds; the config's own where empty. */
  readonly seeds: readonly number[];
}

/** Child → parent over IPC. */
export type FromTrainer =
  | { readonly kind: 'hello'; readonly version: number; readonly pid: number }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'appended' }
  | { readonly kind: 'failed'; readonly error: Message };

/** One line of `events.jsonl`. `seq` counts from 0 over the whole run; `t` is ms since the epoch. */
export interface EventBase {
  readonly v: 1;
  readonly seq: number;
  readonly attempt: number;
  readonly t: number;
}

export interface BandRecall {
  readonly many: number | null;
  readonly medium: number | null;
  readonly few: number | null;
}

/** The classes of a run, in the order of every list of recalls. */
export interface RunClasses {
  readonly names: readonly string[];
  /** Of the training split, before anything is held out. */
  readonly counts: readonly number[];
  readonly bands: readonly Band[];
  readonly scheme: BandScheme;
}

export type TrainerEventBody =
  | {
      readonly kind: 'run/start';
      readonly title: string;
      readonly backend: string;
      readonly stages: readonly {
        readonly name: string;
        readonly epochs: number;
        readonly stepsPerEpoch: number;
      }[];
      readonly estimateSeconds: number | null;
      /** Absent in a sweep, and in runs of earlier versions. */
      readonly classes?: RunClasses | undefined;
    }
  | {
      /**
       * Pictures that went through a frozen network, before the run itself begins; \`done\` of
       * \`total\`. The run's own first event makes these void.
       */
      readonly kind: 'features';
      readonly backend: string;
      readonly done: number;
      readonly total: number;
      readonly imagesPerSecond: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'stage/start'; readonly stage: string; readonly role: 'baseline' | 'recipe' }
  | {
      readonly kind: 'step';
      readonly stage: string;
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly imagesPerSecond: number;
      readonly secondsLeft: number | null;
    }
  | {
      readonly kind: 'epoch';
      readonly stage: string;
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number;
    }
  | {
      readonly kind: 'eval';
      readonly stage: string;
      readonly role: 'baseline' | 'recipe';
      readonly epoch: number;
      /** Steps of the training so far, over all its stages; absent where none was made for it. */
      readonly step?: number | undefined;
      readonly split: 'validation' | 'test';
      readonly accuracy: number;
      /** null with several labels an item. */
      readonly balancedAccuracy: number | null;
      /** With several labels an item, and only there; null where no item has a label. */
      readonly meanAveragePrecision?: number | null | undefined;
      /** Mean recall of the bands; with several labels mean average precision. */
      readonly bands: BandRecall;
      readonly recall: readonly (number | null)[];
    }
  | {
      readonly kind: 'checkpoint';
      readonly stage: string;
      readonly epoch: number;
      readonly step: number;
    }
  | { readonly kind: 'warning'; readonly message: Message }
  | { readonly kind: 'stage/end'; readonly stage: string; readonly seconds: number }
  | {
      readonly kind: 'run/end';
      readonly outcome: 'completed' | 'stopped' | 'failed';
      readonly error?: Message;
    };

export type TrainerEvent = EventBase & TrainerEventBody;

export type RunState = 'queued' | 'running' | 'completed' | 'stopped' | 'failed' | 'interrupted';

/** The main score of a run on validation: what runs of a dataset are compared by in lists. */
export interface RunScore {
  readonly kind: 'balanced' | 'mAP';
  readonly value: number;
}

/** One of several trainings of a config that differ in their seed alone. */
export interface RunRepeat {
  readonly seed: number;
  /** The same for all of them; the id of a run where that was repeated later. */
  readonly group: string;
}

/** `run.json`. */
export interface RunRecord {
  readonly schema: 'longtail.run/1';
  readonly id: string;
  readonly title: string;
  readonly state: RunState;
  readonly role: 'baseline' | 'recipe';
  readonly baselineKey: string | null;
  readonly datasetRoot: string;
  /** Of the dataset when the run began; absent before that, and in runs of earlier versions. */
  readonly fingerprint?: string | undefined;
  readonly configPath: string;
  /** Whether its model takes rows of a file, not pictures; absent in runs of earlier versions. */
  readonly takesRows?: boolean | undefined;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly attempt: number;
  readonly pid: number | null;
  readonly error: Message | null;
  /** What a sweep compares, so that one who resumes it goes on with the same; absent for a training. */
  readonly sweep?: SweepJob | undefined;
  /** Of a completed run; null where there is no validation. Absent in runs of earlier versions. */
  readonly score?: RunScore | null | undefined;
  /** Where the run repeats another one, or is repeated together with others. */
  readonly repeat?: RunRepeat | undefined;
}
