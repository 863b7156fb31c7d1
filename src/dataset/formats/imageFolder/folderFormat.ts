import { LongtailError } from '../../../common/errors';
import { issue } from '../../issues';
import { knownSplit, noSplit, normaliseSplit } from '../../splitNames';
import type { DatasetFormat, FileSource, IndexSink } from '../../types';
import { baseName, join, listFolder } from '../folders';
import { readImageFile } from '../openFileSample';
import { isOfMedium } from './folderFiles';
import type { FileMedium } from './folderFiles';
import { planImageFolder } from './layout';
import type { ImageFolderPlan } from './layout';
import { Walk } from './walk';
import { namesOfSynsets, readSynsets } from './wordNet';

/** What distinguishes folders of one medium from those of another. */
export interface FolderKind {
  readonly id: string;
  readonly modality: FileMedium;
  /** Folders that hold no class. */
  readonly isLeftOut: (name: string) => boolean;
  /** Splits that lists beside the class folders say, by path below them; none without lists. */
  readonly splits?: (source: FileSource, folder: string) => ((path: string) => string) | undefined;
}

const planOf = (source: FileSource, root: string, kind: FolderKind): ImageFolderPlan | null => {
  const plan = planImageFolder(source, root, isOfMedium[kind.modality]);
  if (plan === null) return null;
  const folders = plan.top.folders.filter((name) => !kind.isLeftOut(name));
  return { ...plan, top: { ...plan.top, folders } };
};

/** Names of every class folder, in the folders' order: their own, or the words of WordNet's ids. */
const synsetNames = (
  source: FileSource,
  root: string,
  { base, layout, top }: ImageFolderPlan,
  sink: IndexSink,
): ReadonlyMap<string, string> => {
  const synsets = readSynsets(source, root);
  if (synsets === null) return new Map();
  const inside = (name: string): readonly string[] => {
    try {
      return listFolder(source, join(root, base, name)).folders;
    } catch {
      return [];
    }
  };
  const folders = layout === 'split-class' ? top.folders.flatMap(inside) : top.folders;
  const classes = [...new Set(folders)].sort();
  const names = namesOfSynsets(classes, synsets.words);
  if (names === null) return new Map();
  sink.issue(issue('info', 'dataset/synsets', {}, { path: synsets.file, count: names.size }));
  return new Map(classes.map((name) => [name, names.get(name) ?? name]));
};

const indexOf =
  (kind: FolderKind): DatasetFormat['index'] =>
  (source, root, options, sink) => {
    sink.describe({ task: 'single-label', modality: kind.modality });
    const plan = planOf(source, root, kind);
    if (plan === null) return;
    const { base, layout, top } = plan;
    if (base !== '') sink.issue(issue('info', 'dataset/wrapped', {}, { path: base }));
    const lists = layout === 'flat' ? kind.splits?.(source, join(root, base)) : undefined;
    const splitOf =
      lists && ((path: string) => lists(base === '' ? path : path.slice(base.length + 1)));
    const depth = options.depth ?? 1;
    const walk = new Walk(source, root, sink, { medium: kind.modality, depth, splitOf });
    const unsplit = splitOf === undefined ? noSplit : 'train';
    const names = depth === 1 ? synsetNames(source, root, plan, sink) : new Map<string, string>();
    const nameOf = (folder: string): string => names.get(folder) ?? folder;
    const { folders } = top;
    const paths = folders.map((name) => join(base, name));
    let done = 0;
    walk.each(paths, (path, found) => {
      const name = baseName(path);
      const below = found.folders.map((inner) => join(path, inner));
      if (layout === 'flat') walk.tree(path, found, nameOf(name), unsplit);
      else if (layout === 'class-split') {
        const label = [sink.classId(nameOf(name))];
        walk.files(path, found, label, noSplit);
        walk.each(below, (inner, inside) =>
          walk.labelled(inner, inside, label, normaliseSplit(baseName(inner))),
        );
      } else if (knownSplit(name) === null && found.folders.length === 0) {
        const count = found.samples.reduce(
          (sum, part) => sum + part.ends.length,
          found.others.length,
        );
        sink.issue(issue('warning', 'dataset/folder-ignored', {}, { path, count }));
      } else {
        const split = normaliseSplit(name);
        walk.files(path, found, [], split);
        const classes = below.filter((inner) => !kind.isLeftOut(baseName(inner)));
        walk.each(classes, (inner, inside) =>
          walk.tree(inner, inside, nameOf(baseName(inner)), split),
        );
      }
      sink.share(++done / (folders.length + 1));
    });
    if (top.files.some(isOfMedium[kind.modality])) {
      const [here] = walk.lists([base]);
      if (here !== undefined) walk.files(base, here, [], noSplit);
    } else for (const name of top.files) walk.skip(base, name);
    walk.report();
    // In the order of the ids, which models trained on ImageNet count by.
    if (names.size > 0) {
      const classNames = [...names.values()];
      sink.describe({ task: 'single-label', modality: kind.modality, classNames });
    }
  };

/** The format of samples in folders named after their classes, for one medium. */
export const folderFormat = (kind: FolderKind): DatasetFormat => ({
  id: kind.id,
  detect: (source, root) => {
    if (source.stat(root).kind !== 'folder') return null;
    const plan = planOf(source, root, kind);
    if (plan === null || plan.withImages === 0) return null;
    const share = plan.withImages / plan.looked;
    const layered = plan.layout === 'flat' ? 0 : 0.1;
    const several = plan.top.folders.length > 1 || layered > 0 ? 0.2 : 0;
    return {
      format: kind.id,
      confidence: 0.1 + 0.2 * share + layered + several,
      evidence: [
        issue('info', `dataset/evidence-${plan.layout}`, {
          withImages: plan.withImages,
          looked: plan.looked,
        }),
      ],
    };
  },
  index: indexOf(kind),
  openSamples: (source, root) => ({
    readSample: ({ path }) => {
      if (kind.modality === 'image') return readImageFile(source, join(root, path));
      throw new LongtailError('dataset/sample-unreadable', { path, reason: kind.modality });
    },
    close: () => undefined,
  }),
});
