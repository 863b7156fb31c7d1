import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeatureStore, readFeatures } from '../../src/trainer/pretrained/featureCache';

const rows = Uint32Array.of(3, 70_000, 70_001, 70_005, 70_006);
const perRow = 2;
/** Row, whether it is unreadable, nothing: four words before the numbers. */
const recordBytes = 2 * (4 + perRow);

describe('features on the disk', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(os.tmpdir(), 'longtail-feature-cache-'));
    path = join(folder, 'deep', 'abc.f16');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const names = (): string[] => readdirSync(join(folder, 'deep'));
  /** Fills and appends the rows from the first that is not there up to `end`. */
  const make = (end: number) => {
    const store = openFeatureStore(path, rows, perRow);
    for (let i = store.done; i < end; i++) {
      store.features.halves.set([10 * i + 1, 10 * i + 2], i * perRow);
      store.features.unreadable[i] = i === 1 ? 1 : 0;
      store.append(i, i + 1);
    }
    return store;
  };
  const whole = {
    perRow,
    halves: Uint16Array.of(1, 2, 11, 12, 21, 22, 31, 32, 41, 42),
    unreadable: Uint8Array.of(0, 1, 0, 0, 0),
  };

  it('are read when all rows are there, by those rows alone', () => {
    make(rows.length).finish();
    expect(names()).toEqual(['abc.f16']);
    expect(readFeatures(path, rows, perRow)).toEqual(whole);
    expect(readFeatures(path, rows.slice(1), perRow)).toBeNull();
    expect(readFeatures(path, rows.with(2, 70_002), perRow)).toBeNull();
    expect(readFeatures(path, rows, perRow + 1)).toBeNull();
  });

  it('unfinished ones are no cache, and are gone on from', () => {
    make(3).close();
    expect(readFeatures(path, rows, perRow)).toBeNull();
    const store = make(rows.length);
    expect(store.done).toBe(3);
    store.finish();
    expect(readFeatures(path, rows, perRow)).toEqual(whole);
  });

  it('a record cut off by a crash is made again', () => {
    make(4).close();
    const [part = ''] = names();
    truncateSync(join(folder, 'deep', part), 3 * recordBytes + 5);
    const store = make(rows.length);
    expect(store.done).toBe(3);
    store.finish();
    expect(readFeatures(path, rows, perRow)).toEqual(whole);
  });

  it('those of a process that lives are left to it, those of one that is gone are taken over', () => {
    make(2).close();
    const [part = ''] = names();
    const of = (pid: number) => join(folder, 'deep', `abc.part-${pid}.f16`);
    // The parent of this process lives; no process has so large an id.
    renameSync(join(folder, 'deep', part), of(process.ppid));
    expect(make(1).done).toBe(0);
    expect(existsSync(of(process.ppid))).toBe(true);
    renameSync(of(process.ppid), of(2 ** 30));
    const store = make(rows.length);
    expect(store.done).toBe(2);
    store.finish();
    expect(names()).toEqual(['abc.f16']);
  });

  it('where nothing can be written they are made all the same', () => {
    make(rows.length).finish();
    // The folder that is wanted is a file.
    const beyond = join(path, 'abc.f16');
    const store = openFeatureStore(beyond, rows, perRow);
    store.features.halves.set([7, 8], 0);
    store.append(0, 1);
    store.finish();
    expect(store.done).toBe(0);
    expect([...store.features.halves.subarray(0, 2)]).toEqual([7, 8]);
  });
});
