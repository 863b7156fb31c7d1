import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trainerProtocolVersion } from '../../../src/protocol/trainer';
import { childEnvironment } from '../../../src/run/childProcess';
import { readRun } from '../../../src/run/runStore';
import { startTraining } from '../../../src/run/trainerProcess';

/** Children that behave as a trainer may in a bad hour; each is a program of its own. */
const children = {
  exits: 'console.error("out of cheese"); process.exit(3);',
  dies: 'console.error("about to die"); process.kill(process.pid, "SIGKILL");',
  oldVersion: `process.send({ kind: 'hello', version: 99, pid: process.pid });
    process.on('message', (m) => { if (m.kind === 'stop') process.exit(0); });`,
  fails: `process.send({ kind: 'hello', version: ${trainerProtocolVersion}, pid: process.pid });
    process.on('message', (m) => {
      if (m.kind === 'start') process.send({ kind: 'failed', error: { code: 'train/no-config', params: { path: m.job.configPath } } });
      else process.exit(1);
    });`,
  deaf: `process.on('SIGTERM', () => {});
    process.send({ kind: 'hello', version: ${trainerProtocolVersion}, pid: process.pid });
    process.on('message', (m) => {
      if (m.kind === 'start') require('fs').writeFileSync(m.job.runFolder + '/events.jsonl', JSON.stringify({ v: 1, seq: 0, attempt: 1, t: 0, kind: 'stage/end', stage: '', seconds: 0 }) + '\\n');
    });
    setInterval(() => process.send({ kind: 'heartbeat' }), 50);`,
  obedient: `const fs = require('fs');
    process.send({ kind: 'hello', version: ${trainerProtocolVersion}, pid: process.pid });
    process.on('message', (m) => {
      if (m.kind === 'stop') process.exit(0);
      const path = m.job.runFolder + '/run.json';
      fs.writeFileSync(path, JSON.stringify({ ...JSON.parse(fs.readFileSync(path)), state: 'running', pid: process.pid }));
      fs.writeFileSync(m.job.runFolder + '/lock', '');
      fs.writeFileSync(m.job.runFolder + '/events.jsonl', JSON.stringify({ v: 1, seq: 0, attempt: 1, t: 0, kind: 'stage/start', stage: JSON.stringify(Object.keys(process.env)), role: 'recipe' }) + '\\n');
    });`,
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-child-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = (
  kind: keyof typeof children,
  more: Partial<Parameters<typeof startTraining>[0]> = {},
) => {
  const trainerPath = join(folder, 'trainer.js');
  writeFileSync(trainerPath, children[kind]);
  return startTraining({
    configPath: join(folder, 'longtail.yaml'),
    store: join(folder, 'store'),
    cacheFolder: join(folder, 'cache'),
    trainerPath,
    ...more,
  });
};

describe('a training process that goes wrong', () => {
  it('keeps the code and the last words of one that exits', async () => {
    const run = start('exits');
    const end = await run.finished;
    expect(end).toMatchObject({
      outcome: 'failed',
      error: { code: 'run/exited', params: { code: 3, stderr: 'out of cheese' } },
    });
    expect(readRun(run.folder)?.record.state).toBe('interrupted');
    // The log is a stream of its own, which may end after the process.
    await vi.waitFor(() =>
      expect(readFileSync(join(run.folder, 'log.txt'), 'utf8')).toContain('out of cheese'),
    );
  });

  it('keeps the signal of one that is killed: no code is not code 0', async () => {
    expect(await start('dies').finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'run/killed', params: { signal: 'SIGKILL', stderr: 'about to die' } },
    });
  });

  it('refuses another protocol version and names both', async () => {
    expect(await start('oldVersion').finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'run/version', params: { ours: trainerProtocolVersion, theirs: 99 } },
    });
  });

  it('passes on the reason the child gives', async () => {
    const run = start('fails');
    expect(await run.finished).toMatchObject({
      outcome: 'failed',
      error: { code: 'train/no-config', params: { path: join(folder, 'longtail.yaml') } },
    });
  });

  it('is not started without a program, or on a run that is not there', () => {
    const options = { configPath: 'c', store: folder, cacheFolder: folder };
    expect(() => startTraining({ ...options, trainerPath: join(folder, 'none.js') })).toThrow(
      'run/no-trainer',
    );
    expect(() => start('exits', { resume: true, runFolder: join(folder, 'none') })).toThrow(
      'run/no-run',
    );
  });
});

describe('stopping', () => {
  it('kills a child that neither listens nor minds SIGTERM, and says so', async () => {
    const control = new AbortController();
    const run = start('deaf', {
      graceMs: 50,
      signal: control.signal,
      onEvent: () => control.abort(),
    });
    expect(await run.finished).toEqual({ outcome: 'stopped', step: 'killed' });
    expect(readRun(run.folder)?.record.state).toBe('interrupted');
  });

  it('is asked for by the signal, also one that fired before', async () => {
    const run = start('obedient', { signal: AbortSignal.abort() });
    expect(await run.finished).toEqual({ outcome: 'stopped', step: 'asked' });
    // Not interrupted: nobody is asked whether it should go on.
    expect(readRun(run.folder)?.record.state).toBe('stopped');
  });
});

describe('resuming', () => {
  it('compares recipes again where the run did', async () => {
    const keeps = `require('fs').writeFileSync(m.job.runFolder + '/job.json', JSON.stringify(m.job)); process.exit(0);`;
    const trainerPath = join(folder, 'keeps.js');
    writeFileSync(
      trainerPath,
      `process.send({ kind: 'hello', version: ${trainerProtocolVersion}, pid: process.pid }); process.on('message', (m) => { ${keeps} });`,
    );
    const sweep = { recipes: ['crt'], seeds: [3] };
    const run = start('exits', { sweep });
    await run.finished;
    await start('exits', { resume: true, runFolder: run.folder, trainerPath }).finished;
    expect(JSON.parse(readFileSync(join(run.folder, 'job.json'), 'utf8'))).toMatchObject({
      resume: true,
      sweep,
    });
  });
});

describe('the child', () => {
  it('sees no variable of the editor, and its events arrive', async () => {
    const control = new AbortController();
    const stages: string[] = [];
    const run = start('obedient', {
      signal: control.signal,
      env: { ...process.env, NODE_OPTIONS: '--no-warnings', VSCODE_PID: '1', ELECTRON_X: '1' },
      onEvent: (event) => {
        if (event.kind === 'stage/start') stages.push(event.stage);
        control.abort();
      },
    });
    await run.finished;
    expect(stages).toHaveLength(1);
    const names = JSON.parse(stages[0] ?? '[]') as string[];
    expect(names).toContain('ELECTRON_RUN_AS_NODE');
    expect(names.filter((name) => /^(VSCODE_|NODE_OPTIONS|ELECTRON_X)/.test(name))).toEqual([]);
  });

  it('gets an environment without undefined values', () => {
    expect(childEnvironment({ A: '1', B: undefined, VSCODE_X: '1' })).toEqual({
      A: '1',
      ELECTRON_RUN_AS_NODE: '1',
    });
  });
});
