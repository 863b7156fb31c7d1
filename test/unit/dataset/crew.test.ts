import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { MemoryChunks } from '../../../src/dataset/columns';
import type { Crew } from '../../../src/dataset/crew/crew';
import { Pair } from '../../../src/dataset/crew/pair';
import { folderFiles } from '../../../src/dataset/formats/imageFolder/folderFiles';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanTo } from '../../../src/dataset/scan';
import { stampBytes, stampGroups } from '../../../src/dataset/stamps/stampBytes';
import { StampNotes } from '../../../src/dataset/stamps/stampGroup';
import type { FileTask } from '../../../src/dataset/types';

const folder = mkdtempSync(join(tmpdir(), 'longtail-crew-'));
const workerPath = join(folder, 'crewWorker.cjs');
const crews: Pair[] = [];
afterAll(() => {
  for (const crew of crews) crew.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (path: string, content = ''): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

beforeAll(async () => {
  await build({
    entryPoints: [resolve(__dirname, '../../../src/dataset/crew/crewWorker.ts')],
    outfile: workerPath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  for (let i = 0; i < 900; i++) {
    const name = String(i).padStart(4, '0');
    put(`pictures/class ${String(i % 90)}/é${name}.png`);
    if (i % 7 > 0) put(`pictures/class ${String(i % 90)}/inside/${name}.png`);
    put(`pictures/class ${String(i % 90)}/notes ${name}.txt`);
    put(`yolo/images/train/${name}.jpg`);
    // Some pictures without labels, and rows that are none.
    if (i % 5 > 0)
      put(`yolo/labels/train/${name}.txt`, `${String(i % 6)} .5 .5 .1 .1\n`.repeat(i % 4) + '1 2');
    const object = `<object><name>c${String(i % 8)}</name><difficult>${String(i % 3)}</difficult></object>`;
    const xml = `<annotation><filename>a</filename>${object}${i % 11 > 0 ? '</annotation>' : ''}`;
    put(`voc/Annotations/${name}.xml`, xml);
  }
  put('yolo/data.yaml', 'train: images/train\nnames: [a, b, c, d]\n');
}, 60_000);

const pair = (path = workerPath, check: () => void = () => undefined, lostMs = 5000): Pair => {
  const made = new Pair(nodeFileSource, path, check, { aloneMs: -1, lostMs });
  crews.push(made);
  return made;
};

/** Gives the second thread something to do until it does it. */
const untilThere = (crew: Pair): void => {
  const until = Date.now() + 30_000;
  const inputs = Array.from({ length: 50 }, () => ({
    medium: 'image' as const,
    paths: [folder],
  }));
  while (crew.helped === 0 && Date.now() < until) Array.from(crew.inOrder(folderFiles, inputs));
  expect(crew.helped).toBeGreaterThan(0);
};

const bytesOf = (name: string, crew?: Crew): Buffer => {
  const store = new MemoryChunks();
  const tools = { store, tick: () => undefined, now: () => 0 };
  scanTo(
    nodeFileSource,
    join(folder, name),
    {},
    { ...tools, ...(crew === undefined ? {} : { crew }) },
  );
  return store.bytes();
};

describe('a scan by two threads', () => {
  it.each(['pictures', 'yolo', 'voc'])('writes the bytes that one alone writes: %s', (name) => {
    const crew = pair();
    untilThere(crew);
    const before = crew.helped;
    const alone = bytesOf(name);
    expect(alone.length).toBeGreaterThan(10_000);
    expect(bytesOf(name, crew).equals(alone)).toBe(true);
    expect(crew.helped).toBeGreaterThan(before);
  });

  it('goes on alone where no second thread starts', () => {
    for (const path of [join(folder, 'missing.cjs'), 'no path at all', join(folder, 'yolo')])
      expect(bytesOf('yolo', pair(path)).equals(bytesOf('yolo'))).toBe(true);
  });

  it('does here what the second thread cannot', () => {
    const crew = pair();
    untilThere(crew);
    const unknown: FileTask<number, number> = {
      id: 'unknown',
      run: (_, input) => input * 2,
      isOutput: (value) => typeof value === 'number',
    };
    const outputs = Array.from(crew.inOrder(unknown, Array(20).keys()), ({ output }) => output);
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
  });

  it('keeps the order within and around an order', () => {
    const crew = pair();
    untilThere(crew);
    const paths = (at: number) => ({
      medium: 'image' as const,
      paths: [join(folder, `pictures/class ${String(at)}`)],
    });
    const seen: (string | undefined)[] = [];
    for (const { output } of crew.inOrder(folderFiles, [...Array(30).keys()].map(paths))) {
      seen.push(output[0]?.others[0]);
      for (const inner of crew.inOrder(folderFiles, [3, 5].map(paths)))
        seen.push(inner.output[0]?.others[0]);
    }
    const other = (at: number): string => `notes ${String(at).padStart(4, '0')}.txt`;
    expect(seen).toEqual([...Array(30).keys()].flatMap((at) => [other(at), other(3), other(5)]));
  });

  it('can be left in the middle, and asked again', () => {
    const crew = pair();
    untilThere(crew);
    for (const left of crew.inOrder(
      folderFiles,
      Array(20).fill({ medium: 'image', paths: [folder] }),
    )) {
      expect(left.output).toHaveLength(1);
      break;
    }
    expect(bytesOf('voc', crew).equals(bytesOf('voc'))).toBe(true);
  });

  it('does not wait for ever for a thread that says nothing, nor after a cancel', () => {
    const silent = join(folder, 'silent.cjs');
    writeFileSync(
      silent,
      `const { crewShared } = require('node:worker_threads').workerData;
       Atomics.store(new Int32Array(crewShared), 0, 1);
       setInterval(() => undefined, 1000);`,
    );
    const inputs = Array.from({ length: 4000 }, () => ({
      medium: 'image' as const,
      paths: [join(folder, 'pictures')],
    }));
    const lost = Array.from(pair(silent, undefined, 100).inOrder(folderFiles, inputs));
    expect(lost).toHaveLength(4000);
    expect(new Set(lost.map(({ output }) => output[0]?.folders.length))).toEqual(new Set([90]));
    const cancelled = pair(silent, () => {
      throw new CancelledError();
    });
    expect(() => {
      for (;;) Array.from(cancelled.inOrder(folderFiles, inputs));
    }).toThrow(CancelledError);
  });
});

describe('stamps', () => {
  it('come back from their bytes', () => {
    const notes = new StampNotes();
    const stat = { kind: 'file', size: 3, mtimeMs: 1.25, ctimeMs: 2 ** 41 } as const;
    for (const path of ['/a/é.txt', '/a/b', '/a/c/d', '/e', '/a/f']) notes.add(path, stat);
    const groups = notes.groups();
    expect(groups.map(({ names }) => names)).toEqual(['é.txt/b', 'd', 'e', 'f']);
    expect(stampGroups(Buffer.concat(stampBytes(groups)))).toEqual(groups);
    expect(() => stampGroups(new Uint8Array(8))).toThrow(RangeError);
  });
});
