import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from '../../src/trainer/isAlive';

const folder = mkdtempSync(join(tmpdir(), 'longtail-orphan-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a trainer whose parent was killed', () => {
  it('is gone within ten seconds, though its thread hears nothing', async () => {
    const watch = join(folder, 'watch.cjs');
    buildSync({
      entryPoints: ['src/trainer/parentWatch.ts'],
      outfile: watch,
      ...{ bundle: true, platform: 'node', format: 'cjs' },
    });
    const child = join(folder, 'child.cjs');
    // Busy for ever, as in the longest step there is.
    const busy = `require(${JSON.stringify(watch)}).watchParent(); process.send('ready', () => { for (;;); });`;
    writeFileSync(child, busy);
    const parent = `const child = require('node:child_process').fork(${JSON.stringify(child)});
      child.on('message', () => { process.stdout.write(String(child.pid), () => process.kill(process.pid, 'SIGKILL')); });`;
    const begun = spawnSync(process.execPath, ['-e', parent], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const died = Date.now();
    expect(begun.signal).toBe('SIGKILL');
    const pid = Number(begun.stdout.toString());
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000, interval: 100 });
    expect(Date.now() - died).toBeLessThan(10_000);
  });
});
