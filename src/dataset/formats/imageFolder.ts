import { issue, issueOfMany, reasonOf } from '../issues';
import { knownSplit, noSplit, normaliseSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink } from '../types';
import { extensionOf, isImageName, join, listFolder } from './folders';
import type { Listing } from './folders';
import { planImageFolder } from './imageFolderLayout';
import { readImageFile } from './openFileSample';

const maxDepth = 24;

/** One pass over the folders; keeps counts of what it leaves out, for the issues at the end. */
class Walk {
  private readonly skipped = new Map<string, number>();
  private readonly broken: string[] = [];
  private readonly nested: string[] = [];
  private readonly loops: string[] = [];

  constructor(
    private readonly source: FileSource,
    private readonly root: string,
    private readonly sink: IndexSink,
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

  /** The pictures directly in a folder; other files are counted as skipped. */
  files(path: string, listing: Listing, labels: readonly number[], splitName: string): void {
    if (listing.files.length === 0) return;
    // Only here: a split without a picture is none.
    const split = this.sink.splitId(splitName);
    const container = this.sink.container(path);
    for (const name of listing.files) {
      if (isImageName(name)) this.sink.sample(labels, split, container, name, 0, 0);
      else this.skip(name);
    }
  }

  /** All pictures below a class folder, at any depth: the class is the first folder's name. */
  tree(path: string, labels: readonly number[], split: string): void {
    const first = this.list(path);
    this.files(path, first, labels, split);
    if (first.folders.length === 0) return;
    this.nested.push(path);
    const seen = new Set([this.realPath(path)]);
    this.below(path, first, labels, split, seen, 1);
  }

  skip(name: string): void {
    const extension = extensionOf(name);
    this.skipped.set(extension, (this.skipped.get(extension) ?? 0) + 1);
  }

  report(): void {
    for (const [extension, count] of [...this.skipped].sort(([a], [b]) => (a < b ? -1 : 1)))
      this.sink.issue(issue('info', 'dataset/files-skipped', { extension }, { count }));
    if (this.broken.length > 0)
      this.sink.issue(issueOfMany('warning', 'dataset/broken-links', this.broken));
    if (this.nested.length > 0)
      this.sink.issue(issueOfMany('info', 'dataset/nested-folders', this.nested));
    if (this.loops.length > 0)
      this.sink.issue(issueOfMany('warning', 'dataset/folder-again', this.loops));
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
      const real = this.realPath(inner);
      // A link back to a folder already read would never end.
      if (seen.has(real) || depth >= maxDepth) {
        this.loops.push(inner);
        continue;
      }
      seen.add(real);
      const found = this.list(inner);
      this.files(inner, found, labels, split);
      this.below(inner, found, labels, split, seen, depth + 1);
    }
  }

  private realPath(path: string): string {
    try {
      return this.source.realPath(join(this.root, path));
    } catch {
      return path;
    }
  }
}

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  sink.describe({ task: 'single-label', modality: 'image' });
  const plan = planImageFolder(source, root);
  if (plan === null) return;
  const { base, layout, top } = plan;
  if (base !== '') sink.issue(issue('info', 'dataset/wrapped', {}, { path: base }));
  const walk = new Walk(source, root, sink);
  const classFolders = (path: string, names: readonly string[], split: string): void => {
    for (const name of names) walk.tree(join(path, name), [sink.classId(name)], split);
  };
  const { folders } = top;
  const advance = (done: number): void => sink.share(done / (folders.length + 1));
  if (layout === 'flat') {
    folders.forEach((name, done) => {
      classFolders(base, [name], noSplit);
      advance(done);
    });
  } else if (layout === 'class-split') {
    folders.forEach((name, done) => {
      const label = [sink.classId(name)];
      const inside = walk.list(join(base, name));
      walk.files(join(base, name), inside, label, noSplit);
      for (const split of inside.folders)
        walk.tree(join(base, name, split), label, normaliseSplit(split));
      advance(done);
    });
  } else {
    folders.forEach((name, done) => {
      const path = join(base, name);
      const inside = walk.list(path);
      if (knownSplit(name) === null && inside.folders.length === 0) {
        const count = inside.files.length;
        sink.issue(issue('warning', 'dataset/folder-ignored', {}, { path, count }));
        return;
      }
      walk.files(path, inside, [], normaliseSplit(name));
      classFolders(path, inside.folders, normaliseSplit(name));
      advance(done);
    });
  }
  if (top.files.some(isImageName)) walk.files(base, top, [], noSplit);
  else top.files.forEach((name) => walk.skip(name));
  walk.report();
};

/**
 * Pictures in folders named after their classes: `class/picture`, `split/class/picture` or
 * `class/split/picture`. Classes in the order of their names' code units. Fits nearly any folder
 * of pictures, so it ranks itself low.
 */
export const imageFolder: DatasetFormat = {
  id: 'image-folder',
  detect: (source, root) => {
    if (source.stat(root).kind !== 'folder') return null;
    const plan = planImageFolder(source, root);
    if (plan === null || plan.withImages === 0) return null;
    const share = plan.withImages / plan.looked;
    const layered = plan.layout === 'flat' ? 0 : 0.1;
    const several = plan.top.folders.length > 1 || layered > 0 ? 0.2 : 0;
    return {
      format: 'image-folder',
      confidence: 0.1 + 0.2 * share + layered + several,
      evidence: [
        issue('info', `dataset/evidence-${plan.layout}`, {
          withImages: plan.withImages,
          looked: plan.looked,
        }),
      ],
    };
  },
  index,
  openSamples: (source, root) => ({
    readSample: (locator) => readImageFile(source, join(root, locator.path)),
    close: () => undefined,
  }),
};
