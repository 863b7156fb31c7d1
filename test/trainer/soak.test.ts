import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskSoak, fullDisk, fullHeap, noDisk } from '../../scripts/soak/disks.mjs';
import { soak } from '../../scripts/soak/trials.mjs';
import { endingOf } from '../../src/run/ending';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-soak-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const probe = mkdtempSync(join(tmpdir(), 'longtail-disk-'));
const why = noDisk(probe);
rmSync(probe, { recursive: true });

/** The short form of `npm run soak`. */
describe('a run that loses its process, its disk or its memory', () => {
  it('goes on to the report of a run nobody touched, from six points', async () => {
    const { results } = await soak(folder, { backend: 'cpu', points: 6 });
    expect(results.map(({ problem }) => problem)).toEqual(results.map(() => null));
    expect(results.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThanOrEqual(5);
  }, 300_000);

  it.skipIf(why !== null)(
    `says that a real disk is full or read-only, and goes on when it is not (${why ?? 'tmpfs'})`,
    async () => {
      const { results } = await diskSoak(folder, { backend: 'cpu', points: 2 });
      expect(results).toMatchObject([
        { kind: 'full', failed: true, problem: null },
        { kind: 'read-only', problem: null },
      ]);
    },
    300_000,
  );

  it.skipIf(why === null)(
    'says that a disk is full, leaves the folder whole, and goes on when it is not',
    async () => {
      const { end, ...left } = await fullDisk(folder, { backend: 'cpu' });
      expect(end.failed?.code).toBe('run/disk-full');
      expect(left).toEqual({ faults: [], same: true });
    },
    300_000,
  );

  it('says that memory ran out, leaves the folder whole, and goes on with more of it', async () => {
    const { end, ...left } = await fullHeap(folder, { backend: 'cpu' });
    const { code, params } = endingOf({ ...end, stderr: end.words });
    expect(code).toBe('run/out-of-memory');
    expect(params['stderr']).toMatch(/heap out of memory$/);
    expect(left).toEqual({ faults: [], same: true });
  }, 300_000);
});
