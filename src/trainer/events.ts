import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveEvents, parseEventLines, runFiles } from '../protocol/runFiles';
import type { TrainerEvent, TrainerEventBody } from '../protocol/trainer';
import { openLineWriter } from './lineWriter';

/** Appends events to a run's `events.jsonl`. */
export interface EventLog {
  /** Counts an event in; its line may wait for those that follow within a tenth of a second. */
  write(body: TrainerEventBody): void;
  /** Appends the lines that wait; gives the seq of the last event, −1 before the first. */
  flush(): number;
}

/** An append costs as much as ten lines, and nobody looks at a run more than four times a second. */
const appendEveryMs = 100;

export interface EventLogOptions {
  readonly folder: string;
  readonly attempt: number;
  /** Seq of the checkpoint the attempt goes on from; −1 for a fresh run. */
  readonly afterSeq: number;
  /** Told after each append. */
  readonly onAppend: () => void;
}

/**
 * Opens the log. What a kill takes away of the last lines is what no checkpoint stands for: `flush`
 * comes before each, and before the last word.
 */
export const openEventLog = (options: EventLogOptions): EventLog => {
  const { attempt, onAppend } = options;
  const path = join(options.folder, runFiles.events);
  const lines = openLineWriter(path, { everyMs: appendEveryMs, onAppend });
  let seq = options.afterSeq;
  return {
    write: (body) => {
      seq += 1;
      const base = { v: 1, seq, attempt, t: Date.now() } as const;
      // The base comes last as well: a body taken from another run's log brings its own along.
      const event: TrainerEvent = { ...base, ...body, ...base };
      lines.write(JSON.stringify(event));
    },
    flush: () => {
      lines.flush();
      return seq;
    },
  };
};

/** Events of a run folder that count. */
export const readEventLog = (folder: string): readonly TrainerEvent[] => {
  const path = join(folder, runFiles.events);
  return existsSync(path) ? liveEvents(parseEventLines(readFileSync(path, 'utf8')).events) : [];
};

/**
 * The log of a run that is not open yet: its events come after all that stand there, and the first
 * event of the run itself, whose seq is that of the first of them or lower, makes them void. Nothing
 * is read or written before the first event.
 */
export const openEarlyLog = (
  folder: string,
  { attempt, onAppend }: Pick<EventLogOptions, 'attempt' | 'onAppend'>,
): Pick<EventLog, 'write'> => {
  const state: { log: EventLog | null } = { log: null };
  return {
    write: (body) => {
      state.log ??= openEventLog({
        ...{ folder, attempt, onAppend },
        afterSeq: readEventLog(folder).at(-1)?.seq ?? -1,
      });
      state.log.write(body);
      // Before the run's own log begins.
      state.log.flush();
    },
  };
};
