import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Message } from '../common/errors';
import { heartbeatMs, parseRunRecord, runFiles } from '../protocol/runFiles';
import type { RunRecord, RunState, TrainerEventBody } from '../protocol/trainer';
import { atMostEvery } from './atMostEvery';
import { dropHalfFiles, writeAtomic } from './atomicFile';
import { openEventLog, type EventLog } from './events';
import { releaseLock, takeLock, touchLock } from './runLock';

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
  readonly fingerprint: string;
  readonly configPath: string;
  readonly configText: string;
  readonly takesRows: boolean;
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

/** Says of a run that waits, or was left, that this process has begun with it. */
export const recordStart = (folder: string): void => {
  const record = readRecord(folder);
  if (record === null || record.state === 'completed') return;
  writeRecord(folder, {
    ...record,
    state: 'running',
    pid: process.pid,
    endedAt: null,
    error: null,
  });
};

/** A run that was stopped because nobody watched it any more is one that was interrupted. */
export const recordOrphan = (folder: string): void => {
  const record = readRecord(folder);
  if (record?.state === 'stopped') writeRecord(folder, { ...record, state: 'interrupted' });
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

/**
 * Takes a run over: made new, or the next attempt of the one in the folder. Throws
 * `run/still-running` while another process trains in it.
 */
export const openOwnRun = (options: OpenRunOptions): OwnRun => {
  const { folder, title, role, baselineKey, datasetRoot, fingerprint } = options;
  const { configPath, configText, takesRows } = options;
  takeLock(folder);
  dropHalfFiles(folder);
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
    fingerprint,
    configPath,
    takesRows,
    createdAt: before?.createdAt ?? new Date().toISOString(),
    endedAt: null,
    attempt,
    pid: process.pid,
    error: null,
    ...(before?.sweep === undefined ? {} : { sweep: before.sweep }),
    ...(before?.repeat === undefined ? {} : { repeat: before.repeat }),
  };
  writeAtomic(join(folder, runFiles.config), configText);
  writeRecord(folder, record);
  const { afterSeq, onAppend } = options;
  const log = openEventLog({ folder, attempt, afterSeq, onAppend });
  const update = (change: Partial<RunRecord>): void => {
    record = { ...record, ...change };
    writeRecord(folder, record);
  };
  // A baseline is trained by the process of its recipe, whose heartbeat touches the recipe's lock.
  const touch = atMostEvery(heartbeatMs, () => touchLock(folder));
  return {
    folder,
    get record() {
      return record;
    },
    update,
    log,
    emit: (body) => {
      log.write(body);
      touch();
    },
    end: (outcome, error) => {
      log.write({ kind: 'run/end', outcome, ...(error === undefined ? {} : { error }) });
      log.flush();
      const endedAt = new Date().toISOString();
      update({ state: states[outcome], pid: null, endedAt, error: error ?? null });
      releaseLock(folder);
    },
  };
};
