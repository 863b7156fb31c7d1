import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRun } from '../../src/run/runStore';
import { findRuntime } from '../../src/runtime/folder';
import { say } from '../../src/words/say';
import { noNative } from './backends';
import { createBench, reportOf } from './runs';
import { writeTinyDataset } from './tinyDataset';

const root = mkdtempSync(join(tmpdir(), 'longtail-broken-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const bench = createBench(join(root, 'bench'), writeTinyDataset(join(root, 'data')).root);
const runtime = findRuntime();

/** The real addon without its libraries, or a part of it, in a folder whose manifest agrees or does not. */
const breakRuntime = (name: string, keep: number, manifestAgrees: boolean): string => {
  if ('code' in runtime) throw new Error(runtime.code);
  const folder = join(root, name);
  mkdirSync(folder);
  const addon = join(folder, basename(runtime.addon));
  copyFileSync(runtime.addon, addon);
  const whole = statSync(addon).size;
  writeFileSync(addon, readFileSync(addon).subarray(0, Math.floor(whole * keep)));
  const manifest = JSON.parse(
    readFileSync(join(runtime.folder, 'manifest.json'), 'utf8'),
  ) as object;
  const bytes = manifestAgrees ? statSync(addon).size : whole;
  const files = [{ name: basename(addon), bytes, sha256: '' }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files }));
  return folder;
};

const start = (folder: string, backend: string) => {
  const config = bench.writeConfig(`${basename(folder)}-${backend}`, {
    model: '{ kind: linear }',
    stages: ['{ name: train, epochs: 1 }'],
    backend,
  });
  const env = { ...process.env, LONGTAIL_RUNTIME: folder };
  return bench.start(config, { baseline: 'skip', env });
};

/** Runs of the real trainer with runtimes that were damaged after they were made. */
describe.skipIf(noNative !== null)(`a runtime that is broken ${noNative ?? ''}`, () => {
  it.each([
    ['a shared library missing', 1, true, 'native-failed', /libtensorflow\w*\.so\.2/],
    ['an addon cut short', 0.4, false, 'runtime-broken', /tfjs_binding\.node: \d+ ≠ \d+ bytes/],
  ])('%s: auto trains on wasm and says so', async (name, keep, agrees, code, reason) => {
    const folder = breakRuntime(name.replaceAll(' ', '-'), keep, agrees);
    const run = start(folder, 'auto');
    const report = reportOf(await run.finished);
    expect(report.backend).toBe('wasm');
    const [issue, ...others] = report.issues.filter(({ code: one }) => one.startsWith('backend/'));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: `backend/instead/${code}`, params: { folder } });
    const shown = { folder, reason: String(issue?.params['reason']) };
    expect(shown.reason).toMatch(reason);
    expect(say({ code: `backend/instead/${code}`, params: shown })).toMatch(
      /make it anew .* uses WebAssembly instead/,
    );
  });

  it('asked for by name is refused in one sentence; one that crashes is named; a whole one goes on', async () => {
    const folder = breakRuntime('by-name', 1, true);
    const run = start(folder, 'native');
    const refused = await run.finished;
    if (refused.outcome !== 'failed') throw new Error(refused.outcome);
    expect(refused.error).toMatchObject({ code: 'backend/native-failed', params: { folder } });
    expect(say(refused.error)).toMatch(/make it anew/);
    expect(readRun(run.folder)?.record.state).toBe('failed');

    // Cut short, and nothing left to tell by: the system ends whoever loads it.
    const damaged = breakRuntime('damaged', 0.4, true);
    const resume = (env: NodeJS.ProcessEnv) =>
      bench.start(join(bench.folder, 'by-name-native.yaml'), {
        ...{ baseline: 'skip', resume: true, runFolder: run.folder, env },
      }).finished;
    const crashed = await resume({ ...process.env, LONGTAIL_RUNTIME: damaged });
    if (crashed.outcome !== 'failed') throw new Error(crashed.outcome);
    expect(crashed.error.code).toBe('run/crashed');
    expect(say(crashed.error)).toMatch(/Make it anew .* backend wasm/);
    expect(readRun(run.folder)?.record.state).toBe('interrupted');

    expect(reportOf(await resume(process.env)).backend).toBe('native');
  });
});
