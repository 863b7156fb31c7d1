import { LongtailError } from '../../common/errors';
import { issue, issueOfMany } from '../issues';
import { packNames } from '../packedNames';
import type { DatasetFormat, FormatOptions, IndexSink } from '../types';
import { findNamedFiles, someStems } from './fileNames/folders';
import type { NamedFolder } from './fileNames/folders';
import { classOfStem, partsOf, planNames, stemOf } from './fileNames/parts';
import type { NamePlan } from './fileNames/parts';
import { extensionOf, isArchiveName, isImageName, join, rootFolder } from './folders';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';

const prefix = 'prefix';
/** Files handed to the sink at once. */
const batch = 4096;
const maxParts = 16;
const fewestFiles = 6;

/** Where the class is: as the user named it, else where most names show it. */
const planOf = (
  folders: readonly NamedFolder[],
  { labelColumn }: FormatOptions,
  path: string,
): NamePlan => {
  const stems = someStems(folders);
  const { separator, parts } = partsOf(stems);
  const columns = [
    prefix,
    ...Array.from({ length: Math.min(parts, maxParts) }, (_, at) => String(at + 1)),
  ];
  if (labelColumn === undefined) {
    const seen = folders.flatMap((folder) => planNames(someStems([folder])) ?? []);
    return planNames(stems) ?? seen[0] ?? { kind: 'prefix' };
  }
  if (!columns.includes(labelColumn))
    throw new LongtailError('dataset/column-missing', { path, column: labelColumn, columns });
  if (labelColumn === prefix) return { kind: 'prefix' };
  return { kind: 'part', part: Number(labelColumn), separator };
};

/** Hands over the files of a folder; neighbours of one class together, in their order. */
const indexFolder = (
  { folder, split, names }: NamedFolder,
  plan: NamePlan,
  classes: Set<string>,
  sink: IndexSink,
): void => {
  const container = sink.container(folder);
  const splitId = sink.splitId(split);
  let run: string[] = [];
  let own: string | null = null;
  const flush = (): void => {
    if (run.length > 0)
      for (const part of packNames(run))
        sink.files(own === null ? [] : [sink.classId(own)], splitId, container, part);
    run = [];
  };
  for (const name of names) {
    const found = classOfStem(stemOf(name), plan);
    if (found !== own || run.length === batch) flush();
    own = found;
    if (found !== null) classes.add(found);
    run.push(name);
  }
  flush();
};

/** Shows with one file how the names are read. */
const sayHow = (folders: readonly NamedFolder[], plan: NamePlan, sink: IndexSink): void => {
  for (const { names } of folders) {
    const example = names.find((name) => classOfStem(stemOf(name), plan) !== null);
    if (example === undefined) continue;
    const name = classOfStem(stemOf(example), plan) ?? '';
    sink.issue(issue('info', 'dataset/names-read', { example, name }));
    return;
  }
};

const saySkipped = (folders: readonly NamedFolder[], sink: IndexSink): void => {
  const others = folders.flatMap((each) => each.others.map((name) => join(each.folder, name)));
  const endings = [...new Set(others.map(extensionOf))].sort();
  for (const extension of endings) {
    const count = others.filter((path) => extensionOf(path) === extension).length;
    sink.issue(issue('info', 'dataset/files-skipped', { extension }, { count }));
  }
  const archives = others.filter(isArchiveName);
  if (archives.length > 0) sink.issue(issueOfMany('warning', 'dataset/archives-inside', archives));
};

/**
 * Classes written into the names of files in one folder, or in those of splits: "cat.12.jpg",
 * "0_jackson_3.wav". As label column a part of the name by its number, or `prefix` for all that
 * stands before the number at the end.
 */
export const fileNames: DatasetFormat = {
  id: 'file-names',
  detect: (source, root) => {
    const { folders, isFlat, isSplit } = findNamedFiles(source, root);
    const stems = folders.map((folder) => someStems([folder]));
    const shown = stems.find((each) => each.length >= fewestFiles && planNames(each) !== null);
    const plan = shown === undefined ? null : planNames(shown);
    if (shown === undefined || plan === null) return null;
    const names = [...new Set(shown.map((stem) => classOfStem(stem, plan) ?? ''))].slice(0, 5);
    const evidence = [issue('info', 'dataset/evidence-names', { names, count: shown.length })];
    return { format: 'file-names', confidence: !isFlat ? 0.12 : isSplit ? 0.72 : 0.55, evidence };
  },
  index: (source, root, options, sink) => {
    const { folders, modality, unreadable } = findNamedFiles(source, root);
    sink.describe({ task: 'single-label', modality });
    for (const { path, reason } of unreadable)
      sink.issue(issue('error', 'dataset/folder-unreadable', { reason }, { path }));
    const plan = planOf(folders, options, root);
    if (options.labelColumn === undefined) sayHow(folders, plan, sink);
    saySkipped(folders, sink);
    const classes = new Set<string>();
    folders.forEach((folder, done) => {
      indexFolder(folder, plan, classes, sink);
      sink.share((done + 1) / folders.length);
    });
    const classNames = classOrder([...classes]);
    sink.describe({ task: 'single-label', modality, classNames });
  },
  openSamples: (source, root) => ({
    readSample: ({ path }) => {
      if (isImageName(path))
        return readImageFile(source, join(rootFolder(source, root).folder, path));
      throw new LongtailError('dataset/sample-unreadable', { path, reason: 'audio' });
    },
    close: () => undefined,
  }),
};
