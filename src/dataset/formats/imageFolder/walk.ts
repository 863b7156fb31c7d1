import { issue, issueOfMany, reasonOf } from '../../issues';
import type { FileSource, IndexSink } from '../../types';
import { extensionOf, isArchiveName, join, listFolder, sift } from '../folders';
import type { Listing } from '../folders';
import type { IsSample } from './layout';

const maxDepth = 24;
/** Files handed to the sink at once: progress and cancelling come between. */
const batch = 4096;

/** What a walk looks for. */
export interface WalkRules {
  readonly isSample: IsSample;
  /** Levels of folders whose names make the class's. */
  readonly depth: number;
  /** Split of a sample by its path, where a list says one; '' where not. */
  readonly splitOf?: ((path: string) => string) | undefined;
}

/** One pass over the folders; keeps counts of what it leaves out, for the issues at the end. */
export class Walk {
  private readonly skipped = new Map<string, number>();
  private readonly archives: string[] = [];
  private readonly broken: string[] = [];
  private readonly nested: string[] = [];
  private readonly loops: string[] = [];

  constructor(
    private readonly source: FileSource,
    private readonly root: string,
    private readonly sink: IndexSink,
    private readonly rules: WalkRules,
  ) {}

  list(path: string): Listing {
    let listing: Listing = { files: [], folders: [], broken: [] };
    try {
      listing = listFolder(this.source, join(this.root, path));
    } catch (error) {
      const reason = reasonOf(error);
      this.sink.issue(issue('error', 'dataset/folder-unreadable', { reason }, { path }));
    }
    for (const name of listing.broken) this.broken.push(join(path, name));
    this.sink.tick(0);
    return listing;
  }

  /** The samples directly in a folder; other files are counted as skipped. */
  files(path: string, listing: Listing, labels: readonly number[], splitName: string): void {
    if (listing.files.length === 0) return;
    const { isSample, splitOf } = this.rules;
    const { kept, others } = sift(listing.files, isSample);
    for (const name of others) this.skip(path, name);
    if (kept.length === 0 && others.length === 0) return;
    const container = this.sink.container(path);
    const put = (names: readonly string[], name: string): void => {
      const split = this.sink.splitId(name);
      for (let at = 0; at < names.length; at += batch)
        this.sink.files(labels, split, container, names.slice(at, at + batch));
    };
    if (splitOf === undefined) {
      put(kept, splitName);
      return;
    }
    const bySplit = new Map<string, string[]>();
    for (const name of kept) {
      const own = splitOf(join(path, name)) || splitName;
      const known = bySplit.get(own);
      if (known === undefined) bySplit.set(own, [name]);
      else known.push(name);
    }
    for (const [own, names] of bySplit) put(names, own);
  }

  /** All samples below a class folder, at any depth: the first levels' names are the class. */
  tree(path: string, name: string, split: string): void {
    const first = this.list(path);
    this.classFolder(path, first, name, split, 1, new Set([this.realPath(path)]));
  }

  /** All samples below a folder, with the labels given. */
  labelled(path: string, labels: readonly number[], split: string): void {
    const first = this.list(path);
    this.files(path, first, labels, split);
    if (first.folders.length > 0) this.nested.push(path);
    this.below(path, first, labels, split, new Set([this.realPath(path)]), 1);
  }

  skip(path: string, name: string): void {
    if (isArchiveName(name)) this.archives.push(join(path, name));
    const extension = extensionOf(name);
    this.skipped.set(extension, (this.skipped.get(extension) ?? 0) + 1);
  }

  report(): void {
    for (const [extension, count] of [...this.skipped].sort(([a], [b]) => (a < b ? -1 : 1)))
      this.sink.issue(issue('info', 'dataset/files-skipped', { extension }, { count }));
    const many = (code: string, severity: 'info' | 'warning', names: readonly string[]): void => {
      if (names.length > 0) this.sink.issue(issueOfMany(severity, code, names));
    };
    many('dataset/archives-inside', 'warning', this.archives);
    many('dataset/broken-links', 'warning', this.broken);
    many('dataset/nested-folders', 'info', this.nested);
    many('dataset/folder-again', 'warning', this.loops);
  }

  private classFolder(
    path: string,
    listing: Listing,
    name: string,
    split: string,
    level: number,
    seen: Set<string>,
  ): void {
    const isLast = level >= this.rules.depth;
    // A level above the classes is none unless samples lie in it.
    const holds = isLast || listing.files.some(this.rules.isSample);
    if (holds) this.files(path, listing, [this.sink.classId(name)], split);
    if (listing.folders.length === 0) return;
    if (isLast) {
      this.nested.push(path);
      this.below(path, listing, [this.sink.classId(name)], split, seen, level);
      return;
    }
    for (const folder of listing.folders) {
      const inner = join(path, folder);
      if (!this.enter(inner, seen, level)) continue;
      this.classFolder(inner, this.list(inner), `${name}/${folder}`, split, level + 1, seen);
    }
  }

  private below(
    path: string,
    listing: Listing,
    labels: readonly number[],
    split: string,
    seen: Set<string>,
    depth: number,
  ): void {
    for (const name of listing.folders) {
      const inner = join(path, name);
      if (!this.enter(inner, seen, depth)) continue;
      const found = this.list(inner);
      this.files(inner, found, labels, split);
      this.below(inner, found, labels, split, seen, depth + 1);
    }
  }

  /** Whether a folder is new: a link back to one already read would never end. */
  private enter(path: string, seen: Set<string>, depth: number): boolean {
    const real = this.realPath(path);
    if (seen.has(real) || depth >= maxDepth) {
      this.loops.push(path);
      return false;
    }
    seen.add(real);
    return true;
  }

  private realPath(path: string): string {
    try {
      return this.source.realPath(join(this.root, path));
    } catch {
      return path;
    }
  }
}
