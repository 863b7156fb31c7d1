import { deferred } from '../common/async';
import { writeRecord, type StoredRun } from './runStore';
import {
  launchTraining,
  openTraining,
  type TrainingEnd,
  type TrainingOptions,
  type TrainingRun,
} from './trainerProcess';

/** Runs of one window: as many at once as the limit allows, the others wait in the order they came. */
export interface RunQueue {
  /** Throws as `startTraining` does. A run that waits is in the store as queued. */
  start(options: TrainingOptions): TrainingRun;
}

interface Waiting {
  readonly begin: () => void;
}

const asQueued = ({ folder, record }: StoredRun): void =>
  writeRecord(folder, { ...record, state: 'queued', pid: process.pid, endedAt: null, error: null });

/** `limit` is asked anew whenever a run could begin. */
export const createRunQueue = (limit: () => number): RunQueue => {
  const waiting: Waiting[] = [];
  const state = { running: 0 };
  const pump = (): void => {
    while (state.running < Math.max(1, limit())) {
      const next = waiting.shift();
      if (next === undefined) return;
      state.running += 1;
      next.begin();
    }
  };
  return {
    start: (options) => {
      const stored = openTraining(options);
      asQueued(stored);
      const { folder, record } = stored;
      const { promise, resolve } = deferred<TrainingEnd>();
      const own: { run: TrainingRun | null } = { run: null };
      const entry: Waiting = {
        begin: () => {
          own.run = launchTraining(options, stored);
          void own.run.finished.then((end) => {
            state.running -= 1;
            resolve(end);
            pump();
          });
        },
      };
      /** Takes it out of those that wait; false when it has begun. */
      const leave = (state: 'stopped' | 'interrupted'): boolean => {
        const at = waiting.indexOf(entry);
        if (at === -1) return false;
        waiting.splice(at, 1);
        const endedAt = new Date().toISOString();
        writeRecord(folder, { ...record, state, pid: null, endedAt });
        resolve({ outcome: 'stopped', step: 'asked' });
        return true;
      };
      const stop = (): void => {
        if (!leave('stopped')) own.run?.stop();
      };
      const abandon = (): void => {
        if (!leave('interrupted')) own.run?.abandon();
      };
      waiting.push(entry);
      pump();
      return { id: record.id, folder, finished: promise, stop, abandon };
    },
  };
};
