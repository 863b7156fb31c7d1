import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEventLines, runFiles } from '../protocol/runFiles';
import type { TrainerEvent } from '../protocol/trainer';

/** Follows a file of events; `poll` reads what was added since. */
export interface EventFollower {
  /** Events whose line is finished and that were not given yet. */
  poll(): readonly TrainerEvent[];
}

const newline = 0x0a;

/** Reads the appended part of `events.jsonl`; half a line waits, as bytes, until it is whole. */
export const followEvents = (folder: string): EventFollower => {
  const path = join(folder, runFiles.events);
  let offset = 0;
  /** The bytes after the offset; none where the run was deleted under the reader. */
  const readOn = (): Buffer => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= offset) return Buffer.alloc(0);
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(size - offset);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
    } finally {
      closeSync(file);
    }
  };
  const tryRead = (): Buffer => {
    try {
      return readOn();
    } catch {
      return Buffer.alloc(0);
    }
  };
  return {
    poll: () => {
      const bytes = tryRead();
      const whole = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
      offset += whole.length;
      return parseEventLines(whole.toString('utf8')).events;
    },
  };
};

export interface RunWatch {
  /** Looks now, for instance after the writer ended. */
  flush(): void;
  /** No call comes after this one. */
  dispose(): void;
}

/**
 * Calls back with new events of a run, first with those already there. By polling one file: it
 * works on every disk and also for a run that another window trains. An event of a later attempt
 * may have a lower seq: apply `liveEvents` to the whole list.
 */
export const watchRun = (
  folder: string,
  onEvents: (events: readonly TrainerEvent[]) => void,
  intervalMs = 250,
): RunWatch => {
  const follower = followEvents(folder);
  const poll = (): void => {
    const events = follower.poll();
    if (events.length > 0) onEvents(events);
  };
  poll();
  const timer = setInterval(poll, intervalMs);
  timer.unref();
  return { flush: poll, dispose: () => clearInterval(timer) };
};
