import type { Stamp } from './indexLayout';
import type { FileSource, FolderNames } from './types';

/** Coarse file systems keep whole seconds (FAT: two); others are as fine as the kernel's clock tick. */
const racyWindowMs = (mtimeMs: number): number => (Number.isInteger(mtimeMs / 1000) ? 2000 : 20);

/** Names kept of folders already listed, some 40 MB at most. */
const maxKept = 1 << 19;

/**
 * A source that notes every folder listed and every file opened, with the state it was in before.
 * Samples themselves are not opened by a scan, so the notes are the folders and the label files.
 * Each format looks into the same folders before one is chosen, so a listing is kept until then, up
 * to a bound.
 */
export const recordingSource = (
  source: FileSource,
): {
  readonly source: FileSource;
  /** From here on no listing is kept that is not yet. */
  settle(): void;
  stamps(): Stamp[];
} => {
  const seen = new Map<string, Stamp>();
  const listed = new Map<string, FolderNames>();
  let kept = 0;
  let room = maxKept;
  const note = (path: string): void => {
    if (seen.has(path)) return;
    const { size, mtimeMs, ctimeMs } = source.stat(path);
    seen.set(path, { path, size, mtimeMs, ctimeMs });
  };
  return {
    source: {
      ...source,
      list: (path) => {
        const known = listed.get(path);
        if (known !== undefined) return known;
        note(path);
        const names = source.list(path);
        const count = names.files.length + names.folders.length + names.links.length;
        if (kept + count <= room) {
          kept += count;
          listed.set(path, names);
        }
        return names;
      },
      open: (path) => {
        note(path);
        return source.open(path);
      },
      readText: (path, maxBytes) => {
        note(path);
        return source.readText(path, maxBytes);
      },
    },
    settle: () => {
      room = 0;
    },
    stamps: () => [...seen.values()],
  };
};

/**
 * Whether everything the stamps name is still as it was. A stamp as young as the scan itself
 * (`startedMs`, ms since the epoch) proves nothing: a later change may carry the same time.
 */
export const stampsHold = (
  stamps: readonly Stamp[],
  source: FileSource,
  startedMs: number,
): boolean =>
  stamps.length > 0 &&
  stamps.every((stamp) => {
    if (Math.max(stamp.mtimeMs, stamp.ctimeMs) > startedMs - racyWindowMs(stamp.mtimeMs))
      return false;
    try {
      const now = source.stat(stamp.path);
      return (
        now.mtimeMs === stamp.mtimeMs &&
        now.ctimeMs === stamp.ctimeMs &&
        (now.kind === 'folder' || now.size === stamp.size)
      );
    } catch {
      return false;
    }
  });
