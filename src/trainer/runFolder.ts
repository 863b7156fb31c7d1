import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Message } from '../common/errors';
import { parseRunRecord, runFiles } from '../protocol/runFiles';
import type { RunRecord, RunState, TrainerEventBody } from '../protocol/trainer';
import { writeAtomic } from './atomicFile';
import { openEventLog, type EventLog } from './events';

/** A run folder this process owns. */
export interface OwnRun {
  readonly folder: string;
  readonly record: RunRecord;
  /** Changes `run.json`. */
  update(change: Partial<RunRecord>): void;
  readonly log: EventLog;
  emit(body: TrainerEventBody): void;
  /** Writes the last event and state, and gives the run up. */
  end(outcome: 'completed' | 'stopped' | 'failed', error?: Message): void;
}

export interface OpenRunOptions {
  readonly folder: string;
  readonly title: string;
  readonly role: RunRecord['role'];
  readonly baselineKey: string | null;
  readonly datasetRoot: string;
  readonly configPath: string;
  readonly configText: string;
  /** Seq of the checkpoint to go on from, −1 without one. */
  readonly afterSeq: number;
  readonly onAppend: () => void;
}

/** `run.json` of a folder, or null. */
export const readRecord = (folder: string): RunRecord | null => {
  const path = join(folder, runFiles.record);
  return existsSync(path) ? parseRunRecord(readFileSync(path, 'utf8')) : null;
};

const writeRecord = (folder: string, record: RunRecord): void => {
  writeAtomic(join(folder, runFiles.record), `${JSON.stringify(record, null, 2)}\n`);
};

/** Shows that the owner of a run is alive. */
export const touchLock = (folder: string): void => {
  const now = new Date();
  try {
    utimesSync(join(folder, runFiles.lock), now, now);
  } catch {
    // The folder went away under the run; the next write says so.
  }
};

/** Writes how a run ended that nobody could end in order any more; later endings change nothing. */
export const recordEnd = (
  folder: string,
  state: 'stopped' | 'failed',
  error: Message | null,
): void => {
  const record = readRecord(folder);
  if (record?.state !== 'running' && record?.state !== 'queued') return;
  const endedAt = new Date().toISOString();
  writeRecord(folder, { ...record, state, pid: null, endedAt, error });
};

const states = {
  completed: 'completed',
  stopped: 'stopped',
  failed: 'failed',
} as const satisfies Record<string, RunState>;

/** Takes a run over: made new, or the next attempt of the one in the folder. */
export const openOwnRun = (options: OpenRunOptions): OwnRun => {
  const { folder, title, role, baselineKey, datasetRoot, configPath, configText } = options;
  mkdirSync(folder, { recursive: true });
  const before = readRecord(folder);
  const attempt = (before?.attempt ?? 0) + 1;
  let record: RunRecord = {
    schema: 'longtail.run/1',
    id: before?.id ?? basename(folder),
    title,
    state: 'running',
    role,
    baselineKey,
    datasetRoot,
    configPath,
    createdAt: before?.createdAt ?? new Date().toISOString(),
    endedAt: null,
    attempt,
    pid: process.pid,
    error: null,
  };
  writeFileSync(join(folder, runFiles.lock), `${process.pid}\n`);
  writeAtomic(join(folder, runFiles.config), configText);
  writeRecord(folder, record);
  const { afterSeq, onAppend } = options;
  const log = openEventLog({ folder, attempt, afterSeq, onAppend });
  const update = (change: Partial<RunRecord>): void => {
    record = { ...record, ...change };
    writeRecord(folder, record);
  };
  return {
    folder,
    get record() {
      return record;
    },
    update,
    log,
    emit: (body) => log.write(body),
    end: (outcome, error) => {
      log.write({ kind: 'run/end', outcome, ...(error === undefined ? {} : { error }) });
      const endedAt = new Date().toISOString();
      update({ state: states[outcome], pid: null, endedAt, error: error ?? null });
      rmSync(join(folder, runFiles.lock), { force: true });
    },
  };
};
