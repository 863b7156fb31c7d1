import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fullDisk, soak } from '../../scripts/soak/trials.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtail-soak-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The short form of `npm run soak`. */
describe('a run that loses its process or its disk', () => {
  it('goes on to the report of a run nobody touched, from six points', async () => {
    const { results } = await soak(folder, { backend: 'cpu', points: 6 });
    expect(results.map(({ problem }) => problem)).toEqual(results.map(() => null));
    expect(results.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThanOrEqual(5);
  }, 300_000);

  it('says that the disk is full, leaves the folder whole, and goes on when it is not', async () => {
    expect(await fullDisk(folder, { backend: 'cpu' })).toEqual({
      ...{ code: 'run/disk-full', faults: [], same: true },
    });
  }, 300_000);
});
