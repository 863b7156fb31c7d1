import { inOrder } from '../../crew/crew';
import { issue, issueOfMany } from '../../issues';
import { packNames, unpackNames } from '../../packedNames';
import type { FileSource, IndexSink } from '../../types';
import { extensionOf, isArchiveName, join } from '../folders';
import { folderFiles } from './folderFiles';
import type { FileMedium, FolderFiles } from './folderFiles';

const maxDepth = 24;
/** Folders are listed ahead in about so many steps, of so many folders at most. */
const steps = 512;
const maxAtOnce = 32;

/** What a walk looks for. */
export interface WalkRules {
  readonly medium: FileMedium;
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

  /** Lists folders in order, ahead of their turn. What was found is `heed`ed where it is used. */
  *lists(paths: readonly string[]): Iterable<FolderFiles> {
    const { source, root } = this;
    const { medium } = this.rules;
    const atOnce = Math.min(maxAtOnce, Math.ceil(paths.length / steps));
    const inputs = function* () {
      for (let at = 0; at < paths.length; at += atOnce)
        yield { medium, paths: paths.slice(at, at + atOnce).map((path) => join(root, path)) };
    };
    for (const found of inOrder(source, folderFiles, inputs())) yield* found;
  }

  /** Lists folders ahead, heeds each and hands it on. */
  each(paths: readonly string[], use: (path: string, found: FolderFiles) => void): void {
    let at = 0;
    for (const found of this.lists(paths)) {
      const path = paths[at++] ?? '';
      this.heed(path, found);
      use(path, found);
    }
  }

  /** Keeps what is to be said about a listed folder. */
  heed(path: string, { reason, broken }: FolderFiles): void {
    if (reason !== undefined)
      this.sink.issue(issue('error', 'dataset/folder-unreadable', { reason }, { path }));
    for (const name of broken) this.broken.push(join(path, name));
    this.sink.tick(0);
  }

  /** The samples directly in a folder; other files are counted as skipped. */
  files(path: string, found: FolderFiles, labels: readonly number[], splitName: string): void {
    const { samples, others } = found;
    const { splitOf } = this.rules;
    for (const name of others) this.skip(path, name);
    if (samples.length === 0 && others.length === 0) return;
    const container = this.sink.container(path);
    const put = (parts: FolderFiles['samples'], name: string): void => {
      const split = this.sink.splitId(name);
      for (const part of parts) this.sink.files(labels, split, container, part);
    };
    if (splitOf === undefined) {
      put(samples, splitName);
      return;
    }
    const bySplit = new Map<string, string[]>();
    for (const name of samples.flatMap(unpackNames)) {
      const own = splitOf(join(path, name)) || splitName;
      const known = bySplit.get(own);
      if (known === undefined) bySplit.set(own, [name]);
      else known.push(name);
    }
    for (const [own, names] of bySplit) put(packNames(names), own);
  }

  /** All samples below a listed class folder, at any depth: the first levels' names are the class. */
  tree(path: string, found: FolderFiles, name: string, split: string): void {
    this.classFolder(path, found, name, split, 1, this.seenFrom(path, found));
  }

  /** All samples below a listed folder, with the labels given. */
  labelled(path: string, found: FolderFiles, labels: readonly number[], split: string): void {
    this.files(path, found, labels, split);
    if (found.folders.length > 0) this.nested.push(path);
    this.below(path, found, labels, split, this.seenFrom(path, found), 1);
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
    found: FolderFiles,
    name: string,
    split: string,
    level: number,
    seen: Set<string>,
  ): void {
    const isLast = level >= this.rules.depth;
    // A level above the classes is none unless samples lie in it.
    const holds = isLast || found.samples.length > 0;
    if (holds) this.files(path, found, [this.sink.classId(name)], split);
    if (found.folders.length === 0) return;
    if (isLast) {
      this.nested.push(path);
      this.below(path, found, [this.sink.classId(name)], split, seen, level);
      return;
    }
    this.inside(path, found, seen, level, (inner, listed, folder) =>
      this.classFolder(inner, listed, `${name}/${folder}`, split, level + 1, seen),
    );
  }

  private below(
    path: string,
    found: FolderFiles,
    labels: readonly number[],
    split: string,
    seen: Set<string>,
    depth: number,
  ): void {
    this.inside(path, found, seen, depth, (inner, listed) => {
      this.files(inner, listed, labels, split);
      this.below(inner, listed, labels, split, seen, depth + 1);
    });
  }

  /** Enters the folders in a folder, each once. */
  private inside(
    path: string,
    { folders }: FolderFiles,
    seen: Set<string>,
    depth: number,
    enter: (inner: string, found: FolderFiles, name: string) => void,
  ): void {
    const paths = folders.map((name) => join(path, name));
    if (depth >= maxDepth) {
      this.loops.push(...paths);
      return;
    }
    let at = 0;
    for (const found of this.lists(paths)) {
      const name = folders[at] ?? '';
      const inner = paths[at++] ?? '';
      if (!this.isNew(inner, seen)) continue;
      this.heed(inner, found);
      enter(inner, found, name);
    }
  }

  /** Real paths of the folders on the way, where there are further ones. */
  private seenFrom(path: string, { folders }: FolderFiles): Set<string> {
    return new Set(folders.length === 0 ? [] : [this.realPath(path)]);
  }

  /** Whether a folder is new: a link back to one already read would never end. */
  private isNew(path: string, seen: Set<string>): boolean {
    const real = this.realPath(path);
    if (seen.has(real)) {
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
