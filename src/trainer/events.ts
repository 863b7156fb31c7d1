import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { writing } from '../common/writing';
import { liveEvents, parseEventLines, runFiles } from '../protocol/runFiles';
import type { TrainerEvent, TrainerEventBody } from '../protocol/trainer';

/** Appends events to a run's `events.jsonl`. */
export interface EventLog {
  write(body: TrainerEventBody): void;
  /** Seq of the last event written, −1 before the first. */
  lastSeq(): number;
}

const endsInsideLine = (path: string): boolean => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return false;
  const file = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(file, last, 0, 1, size - 1);
    return last.toString() !== '\n';
  } finally {
    closeSync(file);
  }
};

export interface EventLogOptions {
  readonly folder: string;
  readonly attempt: number;
  /** Seq of the checkpoint the attempt goes on from; −1 for a fresh run. */
  readonly afterSeq: number;
  /** Told after each line. */
  readonly onAppend: () => void;
}

/** Opens the log. A line that a crash cut short is closed, so that the next one stands alone. */
export const openEventLog = (options: EventLogOptions): EventLog => {
  const path = join(options.folder, runFiles.events);
  let seq = options.afterSeq;
  let open = endsInsideLine(path);
  return {
    write: (body) => {
      seq += 1;
      const base = { v: 1, seq, attempt: options.attempt, t: Date.now() } as const;
      // The base comes last as well: a body taken from another run's log brings its own along.
      const event: TrainerEvent = { ...base, ...body, ...base };
      const line = `${open ? '\n' : ''}${JSON.stringify(event)}\n`;
      // A line that a full disk cut short is closed by the next one.
      open = true;
      writing(path, () => appendFileSync(path, line));
      open = false;
      options.onAppend();
    },
    lastSeq: () => seq,
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
    },
  };
};
