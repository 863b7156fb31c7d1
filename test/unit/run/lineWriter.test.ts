import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLineWriter, type LineWriter } from '../../../src/trainer/lineWriter';

let folder: string;
let path: string;
let appends: number;

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'longtail-lines-'));
  path = join(folder, 'lines');
  appends = 0;
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): LineWriter =>
  openLineWriter(path, { everyMs: 100, onAppend: () => (appends += 1) });
const written = (): string => readFileSync(path, 'utf8');

describe('lines of a file', () => {
  it('are appended at once after a pause, and together within it', () => {
    const lines = open();
    lines.write('a');
    expect(written()).toBe('a\n');
    lines.write('b');
    lines.write('c');
    expect(written()).toBe('a\n');
    vi.advanceTimersByTime(100);
    expect(written()).toBe('a\nb\nc\n');
    vi.advanceTimersByTime(100);
    lines.write('d');
    expect(written()).toBe('a\nb\nc\nd\n');
    expect(appends).toBe(3);
  });

  it('are all there after a flush, once', () => {
    const lines = open();
    for (const line of ['a', 'b', 'c']) lines.write(line);
    lines.flush();
    lines.flush();
    vi.advanceTimersByTime(1000);
    expect(written()).toBe('a\nb\nc\n');
    expect(appends).toBe(2);
  });

  it('wait no longer while more keep coming', () => {
    const lines = open();
    let late = 0;
    for (let made = 1; made <= 100; made++) {
      vi.advanceTimersByTime(10);
      lines.write(String(made));
      late = Math.max(late, made - (written().split('\n').length - 1));
    }
    expect(appends).toBe(10);
    expect(late).toBeLessThanOrEqual(10);
  });

  it('begin on their own behind a line that a crash cut short', () => {
    writeFileSync(path, 'a\nhal');
    const lines = open();
    lines.write('b');
    lines.write('c');
    lines.flush();
    expect(written()).toBe('a\nhal\nb\nc\n');
  });

  it('that could not be appended behind the back of their writer are reported to it', () => {
    const lines = open();
    lines.write('a');
    lines.write('b');
    const away = `${folder}-away`;
    renameSync(folder, away);
    vi.advanceTimersByTime(100);
    renameSync(away, folder);
    expect(() => lines.write('c')).toThrow(/ENOENT/);
    lines.write('d');
    lines.flush();
    // What failed may have left half a line; an empty one is read over.
    expect(written()).toBe('a\n\nd\n');
  });
});
