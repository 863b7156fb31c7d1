import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writing } from '../common/writing';
import { reportOfStored } from '../protocol/readReport';
import {
  makeRunId,
  liveEvents,
  parseEventLines,
  parseRunRecord,
  runFiles,
  runsFolder,
  staleLockMs,
} from '../protocol/runFiles';
import type { RunRecord, RunRepeat, SweepJob, TrainerEvent } from '../protocol/trainer';
import type { RunReport } from '../report/types';
import { writeAtomic } from './atomicFile';

export interface StoredRun {
  readonly folder: string;
  readonly record: RunRecord;
}

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Whether a process with this id runs; one we may not signal runs as well. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const lockIsFresh = (folder: string, now: number): boolean => {
  try {
    return now - statSync(join(folder, runFiles.lock)).mtimeMs < staleLockMs;
  } catch {
    return false;
  }
};

/** A record that claims to run, but whose process is gone, is interrupted. */
const settled = (folder: string, record: RunRecord, now: number): RunRecord => {
  if (record.state !== 'running' && record.state !== 'queued') return record;
  const alive = record.pid !== null && isAlive(record.pid);
  const running = alive && (record.state === 'queued' || lockIsFresh(folder, now));
  return running ? record : { ...record, state: 'interrupted', pid: null };
};

/** The run in a folder, its state checked against the living; null when there is none. */
export const readRun = (folder: string, now = Date.now()): StoredRun | null => {
  const text = readOrNull(join(folder, runFiles.record));
  const record = text === null ? null : parseRunRecord(text);
  return record === null ? null : { folder, record: settled(folder, record, now) };
};

/** All runs of a store, newest first. Folders without a readable `run.json` are left out. */
export const listRuns = (store: string, now = Date.now()): readonly StoredRun[] => {
  const folder = join(store, runsFolder);
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .map((name) => readRun(join(folder, name), now))
    .filter((run) => run !== null)
    .sort((a, b) => (a.record.createdAt < b.record.createdAt ? 1 : -1));
};

/** Events of a run that count (a resume voids some); none when the file is missing. */
export const readEvents = (folder: string): readonly TrainerEvent[] =>
  liveEvents(parseEventLines(readOrNull(join(folder, runFiles.events)) ?? '').events);

/** The report of a finished run, or null. */
export const readReport = (folder: string): RunReport | null => {
  const text = readOrNull(join(folder, runFiles.report));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return reportOfStored(value);
  } catch {
    return null;
  }
};

export interface NewRun {
  readonly store: string;
  /** A folder of the user's choice; otherwise one in the store is made. */
  readonly folder?: string | undefined;
  readonly title: string;
  readonly configPath: string;
  readonly datasetRoot: string;
  readonly sweep?: SweepJob | undefined;
  readonly repeat?: RunRepeat | undefined;
}

/** The process that trains in a folder, whatever its record says; null where there is none. */
export const trainerOf = (folder: string, now = Date.now()): number | null => {
  const pid = Number(/^(\d+)\n$/.exec(readOrNull(join(folder, runFiles.lock)) ?? '')?.[1]);
  return !Number.isNaN(pid) && isAlive(pid) && lockIsFresh(folder, now) ? pid : null;
};

/** Makes a run's folder with a `run.json` that says queued. */
export const createRun = (run: NewRun, now = new Date()): StoredRun => {
  const id = makeRunId(now, run.title, randomBytes(2).toString('hex'));
  const folder = run.folder === undefined ? join(run.store, runsFolder, id) : resolve(run.folder);
  writing(folder, () => mkdirSync(folder, { recursive: true }));
  const record: RunRecord = {
    schema: 'longtail.run/1',
    id,
    title: run.title,
    state: 'queued',
    role: 'recipe',
    baselineKey: null,
    datasetRoot: run.datasetRoot,
    configPath: run.configPath,
    createdAt: now.toISOString(),
    endedAt: null,
    attempt: 0,
    pid: process.pid,
    error: null,
    ...(run.sweep === undefined ? {} : { sweep: run.sweep }),
    ...(run.repeat === undefined ? {} : { repeat: run.repeat }),
  };
  writeRecord(folder, record);
  return { folder, record };
};

/** Replaces `run.json`. Only the process that owns the run at the moment may call this. */
export const writeRecord = (folder: string, record: RunRecord): void => {
  writeAtomic(join(folder, runFiles.record), `${JSON.stringify(record, null, 2)}\n`);
};
