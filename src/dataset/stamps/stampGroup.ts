import type { FileStat } from '../types';

/** State of files and folders that lie in one folder: the index is current while it stays the same. */
export interface StampGroup {
  /** Absolute. */
  readonly folder: string;
  /** Joined by '/', which is in no name. */
  readonly names: string;
  /** Size, mtime and ctime of each. */
  readonly numbers: Float64Array;
}

/** Numbers kept of each file. */
export const numbersEach = 3;

/** As many files as are looked at in one go. */
const maxNames = 512;

/** Collects stamps in groups, in the order they come. */
export class StampNotes {
  private readonly done: StampGroup[] = [];
  private folder = '';
  private names: string[] = [];
  private numbers: number[] = [];

  add(path: string, { size, mtimeMs, ctimeMs }: FileStat): void {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, slash));
    if (folder !== this.folder || this.names.length === maxNames) this.close();
    this.folder = folder;
    this.names.push(path.slice(slash + 1));
    this.numbers.push(size, mtimeMs, ctimeMs);
  }

  append(groups: readonly StampGroup[]): void {
    if (groups.length === 0) return;
    this.close();
    this.done.push(...groups);
  }

  /** All groups so far. */
  groups(): readonly StampGroup[] {
    this.close();
    return this.done;
  }

  private close(): void {
    const { folder, names, numbers } = this;
    if (names.length === 0) return;
    this.done.push({ folder, names: names.join('/'), numbers: new Float64Array(numbers) });
    this.names = [];
    this.numbers = [];
  }
}
