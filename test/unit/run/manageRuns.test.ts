import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFailure } from '../../../src/common/writing';
import { trainerProtocolVersion } from '../../../src/protocol/trainer';
import { deleteRun } from '../../../src/run/deleteRun';
import { endingOf } from '../../../src/run/ending';
import { markRun, parseTags, readMarks } from '../../../src/run/runMarks';
import { createRunQueue } from '../../../src/run/runQueue';
import { createRun, readRun, trainerOf, writeRecord } from '../../../src/run/runStore';
import { say } from '../../../src/words/say';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'longtail-manage-'));
});
afterEach(() => {
  rmSync(store, { recursive: true });
});

const ended = (): string => {
  const { folder, record } = createRun({ store, title: 't', configPath: 'c', datasetRoot: 'd' });
  writeRecord(folder, { ...record, state: 'stopped', pid: null });
  return folder;
};

describe('marks', () => {
  it('are a name and tags of the user, apart from the record', () => {
    const folder = ended();
    expect(readMarks(folder)).toEqual({ name: null, tags: [] });
    markRun(folder, { name: ' the good one ' });
    markRun(folder, { tags: parseTags('a, b,,a , c') });
    expect(readMarks(folder)).toEqual({ name: 'the good one', tags: ['a', 'b', 'c'] });
    markRun(folder, { name: '' });
    expect(readMarks(folder)).toEqual({ name: null, tags: ['a', 'b', 'c'] });
    writeFileSync(join(folder, 'marks.json'), '{"name":');
    expect(readMarks(folder)).toEqual({ name: null, tags: [] });
  });
});

describe('deleting a run', () => {
  it('removes its folder', () => {
    const folder = ended();
    deleteRun(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it('is refused for a folder that is no run, and while somebody trains in it', () => {
    const other = join(store, 'photos');
    mkdirSync(other);
    expect(() => deleteRun(other)).toThrow('run/not-there');
    expect(existsSync(other)).toBe(true);
    const folder = ended();
    // The record still says stopped: a trainer that has just taken the lock.
    writeFileSync(join(folder, 'lock'), `${process.pid}\n`);
    expect(() => deleteRun(folder)).toThrow('run/still-running');
    utimesSync(join(folder, 'lock'), new Date(0), new Date(0));
    expect(trainerOf(folder)).toBeNull();
    deleteRun(folder);
  });
});

describe('a queue of runs', () => {
  const trainer = `process.send({ kind: 'hello', version: ${trainerProtocolVersion}, pid: process.pid });
    process.on('message', (m) => { if (m.kind === 'stop') process.exit(0); });`;
  it('trains as many at once as the setting says, in order, and lets go of one that waits', async () => {
    const trainerPath = join(store, 'trainer.js');
    writeFileSync(trainerPath, trainer);
    const options = { configPath: 'c', store, cacheFolder: store, trainerPath };
    const queue = createRunQueue(() => 1);
    const [first, second, third] = [0, 1, 2].map(() => queue.start(options));
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    expect(readRun(second.folder)?.record.state).toBe('queued');
    second.stop();
    expect(await second.finished).toEqual({ outcome: 'stopped', step: 'asked' });
    expect(readRun(second.folder)?.record).toMatchObject({ state: 'stopped', pid: null });
    expect(existsSync(join(third.folder, 'log.txt'))).toBe(false);
    first.stop();
    await first.finished;
    await vi.waitFor(() => expect(existsSync(join(third.folder, 'log.txt'))).toBe(true));
    third.stop();
    expect((await third.finished).outcome).toBe('stopped');
  });
});

describe('how a process ended', () => {
  it.each([
    [{ code: null, signal: 'SIGKILL', stderr: '' }, 'run/killed', 'SIGKILL'],
    [{ code: 137, signal: null, stderr: '' }, 'run/killed', 'SIGKILL'],
    [
      { code: 134, signal: null, stderr: 'JavaScript heap out of memory' },
      'run/out-of-memory',
      'SIGABRT',
    ],
    [
      { code: null, signal: 'SIGABRT', stderr: 'what(): std::bad_alloc' },
      'run/out-of-memory',
      'SIGABRT',
    ],
    [{ code: null, signal: 'SIGILL', stderr: '' }, 'run/crashed', 'SIGILL'],
    [{ code: 139, signal: null, stderr: '' }, 'run/crashed', 'SIGSEGV'],
    [{ code: 3, signal: null, stderr: '' }, 'run/exited', ''],
  ])('%o is %s', (end, code, signal) => {
    const message = endingOf(end);
    expect(message).toMatchObject({ code, params: { signal } });
    expect(say(message)).not.toContain(code);
  });
});

describe('a write that fails', () => {
  it.each([
    ['ENOSPC', 'run/disk-full'],
    ['EDQUOT', 'run/disk-full'],
    ['EACCES', 'run/unwritable'],
    ['EROFS', 'run/unwritable'],
    ['EIO', undefined],
  ])('%s is %s', (code, expected) => {
    expect(writeFailure(Object.assign(new Error(), { code }), '/r')?.code).toBe(expected);
  });

  it('names the folder where a run cannot be made', () => {
    const file = join(store, 'file');
    writeFileSync(file, '');
    expect(() => createRun({ store: file, title: '', configPath: '', datasetRoot: '' })).toThrow(
      'run/unwritable',
    );
  });
});
