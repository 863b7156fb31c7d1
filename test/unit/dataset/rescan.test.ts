import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../../src/dataset/indexFile';
import { nodeFileSource, nodeFileStore } from '../../../src/dataset/nodeFileSource';
import { runScanJob } from '../../../src/dataset/scanJob';
import { slots } from '../../../src/dataset/scanProtocol';
import type { ScanOutcome } from '../../../src/dataset/scanProtocol';
import type { DatasetIndex, FormatOptions } from '../../../src/dataset/types';

const fixtures = resolve(__dirname, '../../fixtures/datasets');
const cases = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'make')
  .map(({ name }) => name);
const folder = mkdtempSync(join(tmpdir(), 'longtail-rescan-'));
// Thousands of files on a busy disk.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

/** A minute later than it is: files written this moment would not be trusted. */
const later = (): number => Date.now() + 60_000;

interface Case {
  readonly root: string;
  readonly data: string;
  readonly scan: (job?: { readonly fresh?: boolean; readonly cancelled?: boolean }) => ScanOutcome;
}

const caseOf = (name: string): Case => {
  const { path, options } = JSON.parse(
    readFileSync(join(fixtures, name, 'expected.json'), 'utf8'),
  ) as { path?: string; options?: FormatOptions };
  const own = mkdtempSync(join(folder, `${name}-`));
  const data = join(own, 'data');
  cpSync(join(fixtures, name, 'data'), data, { recursive: true, verbatimSymlinks: true });
  const root = join(data, path ?? '').replace(/\/$/, '');
  return {
    root,
    data,
    scan: ({ fresh = false, cancelled = false } = {}) => {
      const shared = new SharedArrayBuffer(4 * slots.count);
      if (cancelled) Atomics.store(new Int32Array(shared), slots.cancel, 1);
      return runScanJob(
        { root, options: options ?? {}, cacheFolder: join(own, 'cache'), fresh, shared },
        { source: nodeFileSource, store: nodeFileStore, now: later, tag: 'test' },
      );
    },
  };
};

/** What a user sees of an index; `null` where the scan found no dataset any more. */
const shown = (outcome: ScanOutcome): unknown => {
  if (outcome.kind !== 'done') return null;
  const index: DatasetIndex = openIndex(outcome.indexPath);
  const samples = Array.from({ length: index.samples }, (_, i) => [
    index.locator(i),
    [...index.labels.subarray(index.labelStart[i], index.labelStart[i + 1])],
    index.split[i],
  ]);
  return { names: index.classNames, splits: index.splitNames, issues: index.issues, samples };
};

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => lstatSync(file).isFile());

describe.each(cases)('a second scan of %s', (name) => {
  it('takes the index that is there, and another one only where it must', () => {
    const { scan } = caseOf(name);
    const first = scan();
    expect(first).toMatchObject({ kind: 'done', fromCache: false });
    const before = shown(first);
    const second = scan();
    expect(second).toMatchObject({ kind: 'done', fromCache: true });
    expect(shown(second)).toEqual(before);
  });

  it('shows every edit that a fresh scan shows', () => {
    const { scan, data } = caseOf(name);
    scan();
    for (const file of filesIn(data).slice(0, 24)) {
      const { size } = lstatSync(file);
      truncateSync(file, Math.floor(size / 2));
      utimesSync(file, 1_000_000, 1_000_000);
      const rescanned = shown(scan());
      expect(rescanned, file).toEqual(shown(scan({ fresh: true })));
    }
  });

  it('shows a file that came and one that went', () => {
    const { scan, data } = caseOf(name);
    scan();
    const [first] = filesIn(data);
    if (first === undefined) return;
    writeFileSync(join(first, '..', 'new.png'), readFileSync(first));
    expect(shown(scan())).toEqual(shown(scan({ fresh: true })));
    rmSync(first);
    expect(shown(scan())).toEqual(shown(scan({ fresh: true })));
  });

  it('stops where it was cancelled and leaves no index', () => {
    const { scan } = caseOf(name);
    expect(scan({ cancelled: true })).toEqual({ kind: 'cancelled' });
    expect(scan()).toMatchObject({ kind: 'done', fromCache: false });
  });
});
