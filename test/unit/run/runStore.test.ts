import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveEvents, makeRunId, parseEventLines } from '../../../src/protocol/runFiles';
import type { TrainerEvent } from '../../../src/protocol/trainer';
import {
  createRun,
  listRuns,
  readEvents,
  readReport,
  readRun,
  writeRecord,
} from '../../../src/run/runStore';
import { resolveStore } from '../../../src/run/storePath';
import { followEvents } from '../../../src/run/watchRun';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'longtail-store-'));
});
afterEach(() => {
  rmSync(store, { recursive: true });
});

const newRun = (title = 'Plain baseline') =>
  createRun({ store, title, configPath: '/c/longtail.yaml', datasetRoot: '/d' });

const epoch = (seq: number, attempt = 1): TrainerEvent => ({
  v: 1,
  seq,
  attempt,
  t: 0,
  kind: 'epoch',
  stage: 'étape',
  epoch: seq,
  epochs: 9,
  loss: 1,
});
const line = (event: TrainerEvent) => `${JSON.stringify(event)}\n`;

/** A process id that surely belongs to nobody: that of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the state of a run', () => {
  it('is as written while its process lives and touches the lock', () => {
    const { folder, record } = newRun();
    writeFileSync(join(folder, 'lock'), '');
    writeRecord(folder, { ...record, state: 'running', pid: process.pid });
    expect(readRun(folder)?.record.state).toBe('running');
  });

  it('is interrupted when its process is gone', () => {
    const { folder, record } = newRun();
    writeFileSync(join(folder, 'lock'), '');
    writeRecord(folder, { ...record, state: 'running', pid: deadPid() });
    expect(readRun(folder)?.record).toMatchObject({ state: 'interrupted', pid: null });
  });

  it('is interrupted when the process id belongs to another process by now', () => {
    const { folder, record } = newRun();
    const lock = join(folder, 'lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    writeRecord(folder, { ...record, state: 'running', pid: process.pid });
    expect(readRun(folder)?.record.state).toBe('interrupted');
  });

  it('is left alone when the run has ended', () => {
    const { folder, record } = newRun();
    for (const state of ['completed', 'stopped', 'failed'] as const) {
      writeRecord(folder, { ...record, state, pid: null });
      expect(readRun(folder)?.record.state).toBe(state);
    }
  });
});

describe('the store', () => {
  it('lists runs newest first and skips folders without a readable record', () => {
    const older = createRun(
      { store, title: 'a', configPath: '', datasetRoot: '' },
      new Date('2026-01-01T00:00:00Z'),
    );
    const newer = createRun(
      { store, title: 'b', configPath: '', datasetRoot: '' },
      new Date('2026-01-02T00:00:00Z'),
    );
    mkdirSync(join(store, 'runs', 'empty'));
    mkdirSync(join(store, 'runs', 'damaged'));
    writeFileSync(join(store, 'runs', 'damaged', 'run.json'), '{"schema":"longtail.run/1"');
    expect(listRuns(store).map((run) => run.record.id)).toEqual([newer.record.id, older.record.id]);
    expect(listRuns(join(store, 'nowhere'))).toEqual([]);
  });

  it('leaves no temporary file behind and reads a missing or cut report as none', () => {
    const { folder } = newRun();
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(readReport(folder)).toBeNull();
    writeFileSync(join(folder, 'report.json'), '{"schema":"longtail.rep');
    expect(readReport(folder)).toBeNull();
  });

  it('names runs by time, title and suffix, in letters every file system takes', () => {
    expect(makeRunId(new Date('2026-11-23T19:05:01Z'), 'Ünïcode / title: + x', 'ab12')).toBe(
      '20261123-190501-u-ni-code-title-x-ab12',
    );
    expect(makeRunId(new Date('2026-11-23T19:05:01Z'), '', 'ab12')).toBe('20261123-190501-ab12');
  });
});

describe('events', () => {
  it('come once each, and half a line waits until it is whole', () => {
    const { folder } = newRun();
    const path = join(folder, 'events.jsonl');
    const follower = followEvents(folder);
    expect(follower.poll()).toEqual([]);
    const bytes = Buffer.from(line(epoch(0)) + line(epoch(1)));
    // Inside the two bytes of "é" of the second line.
    const cut = bytes.lastIndexOf(0xc3) + 1;
    writeFileSync(path, bytes.subarray(0, cut));
    expect(follower.poll()).toEqual([epoch(0)]);
    expect(follower.poll()).toEqual([]);
    appendFileSync(path, bytes.subarray(cut));
    expect(follower.poll()).toEqual([epoch(1)]);
    rmSync(folder, { recursive: true });
    expect(follower.poll()).toEqual([]);
  });

  it('are void past the checkpoint a later attempt goes on from', () => {
    const first = [0, 1, 2, 3, 4].map((seq) => epoch(seq));
    const second = [epoch(3, 2), epoch(4, 2)];
    expect(liveEvents([...first, ...second])).toEqual([...first.slice(0, 3), ...second]);
    expect(liveEvents([...first, ...second, epoch(0, 3)])).toEqual([epoch(0, 3)]);
  });

  it('survive a line that a crash cut in the middle', () => {
    const { folder } = newRun();
    const whole = line(epoch(0)) + '{"v":1,"seq":1,"att\n' + line(epoch(1, 2));
    writeFileSync(join(folder, 'events.jsonl'), whole + '{"v":1');
    expect(readEvents(folder)).toEqual([epoch(0), epoch(1, 2)]);
    expect(parseEventLines('{"v":1').rest).toBe('{"v":1');
  });
});

describe('where runs are kept', () => {
  const ask = { cwd: '/w', env: { XDG_DATA_HOME: '/data' }, datasetRoots: [] as string[] };
  it.each([
    [
      'a setting, relative to the workspace',
      { ...ask, setting: 'runs', workspaceRoot: '/ws' },
      '/ws/runs',
    ],
    [
      'the workspace',
      { ...ask, workspaceRoot: '/ws', datasetRoots: ['/ws/data'] },
      '/ws/.longtail',
    ],
    [
      'the storage when the workspace is the dataset',
      { ...ask, workspaceRoot: '/ws', datasetRoots: ['/ws'], storageFolder: '/storage' },
      '/storage',
    ],
    [
      'the storage when the workspace lies in a dataset',
      { ...ask, workspaceRoot: '/d/ws', datasetRoots: ['/d'], storageFolder: '/storage' },
      '/storage',
    ],
    ['the storage without a workspace', { ...ask, storageFolder: '/storage' }, '/storage'],
    ['the current folder of a shell', { ...ask, datasetRoots: ['/w/data'] }, '/w/.longtail'],
    [
      'the data folder when the shell stands in a dataset',
      { ...ask, datasetRoots: ['/w'] },
      '/data/longtail',
    ],
    // A sibling whose name only begins alike is not inside.
    [
      'the workspace beside a dataset',
      { ...ask, workspaceRoot: '/ws', datasetRoots: ['/ws/.longtai'] },
      '/ws/.longtail',
    ],
  ])('%s', (_, question, expected) => {
    expect(resolveStore(question)).toBe(expected);
  });
});
