import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanDataset } from '../../../src/dataset/scanClient';
import { profileInThread } from '../../../src/host/profileJob';
import { packColumns, unpackColumns } from '../../../src/profile/packedColumns';
import { profileDataset } from '../../../src/profile/profile';
import { advise } from '../../../src/recommend/advise';
import { goalsFrom, nothingAsked } from '../../../src/recommend/asked';

const asked = { ...nothingAsked, framework: { name: 'keras', version: '2.1' } };
const folder = mkdtempSync(join(tmpdir(), 'longtail-profile-'));
const source = (path: string): string => resolve(__dirname, '../../../src', path);
const workerOf = (name: string): string => join(folder, `${name}.cjs`);

beforeAll(async () => {
  for (const path of ['dataset/scanWorker', 'host/profileWorker'])
    await build({
      entryPoints: [source(`${path}.ts`)],
      outfile: workerOf(path.split('/')[1] ?? ''),
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('profileInThread', () => {
  it('gives in its thread what a profile gives here', async () => {
    const root = resolve(__dirname, '../../fixtures/datasets/image-folder-splits/data');
    const { index, indexPath } = await scanDataset(root, {
      workerPath: workerOf('scanWorker'),
      cacheFolder: folder,
    });
    const job = { indexPath, withoutNative: false, asked };
    const { profile, pictures, advice } = await profileInThread(
      workerOf('profileWorker'),
      job,
      undefined,
    );
    expect(profile).toEqual(profileDataset(index));
    expect(profile.classes).toBe(profile.classes);
    expect(advice).toEqual(
      advise(profile, goalsFrom(asked, { pictures, withoutNative: false }), asked.framework),
    );
    expect(advice.framework?.name).toBe('keras');
  });

  it('ends with what is wrong with the index', async () => {
    const job = { indexPath: join(folder, 'none.ltindex'), withoutNative: false, asked };
    const profiled = profileInThread(workerOf('profileWorker'), job, undefined);
    await expect(profiled).rejects.toMatchObject({ code: 'dataset/index-unreadable' });
  });
});

describe('packed columns', () => {
  it('hold every name, whatever its letters', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? `é😀${String(i)}` : ''));
    const counts = Float64Array.from(names, (_, i) => i);
    const columns = {
      names,
      counts,
      splitNames: ['train'],
      splitCounts: [counts],
      images: null,
      bands: new Uint8Array(names.length),
    };
    expect(unpackColumns(packColumns(columns))).toEqual(columns);
  });
});
