import { LongtailError } from '../../../common/errors';
import { openBytes } from '../../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource, IndexSink, SampleReader, Task } from '../../types';
import { baseName, extensionOf, folderOf, join, listFolder, rootFolder } from '../folders';
import { readImageFile } from '../openFileSample';
import { classOrder } from '../records/classOrder';
import { filePlace } from '../records/filePlace';
import type { FilePlace } from '../records/filePlace';
import { OutsideNames } from '../records/outside';
import { filesBelow } from '../records/shards';
import type { Annotation } from './annotation';

const maxBytes = 256 * 1024 * 1024;
const filesPerTick = 64;
const maxListed = 4096;

/** Annotation files of one kind, below a folder. */
export interface AnnotationFiles {
  readonly folder: string;
  /** Relative to the folder, in order. */
  readonly files: readonly string[];
}

/** Files with the ending below the root, or the root. */
export const annotationFiles = (
  source: FileSource,
  root: string,
  ending: string,
): AnnotationFiles => {
  const { folder, only } = rootFolder(source, root);
  const isOne = (name: string): boolean => extensionOf(name) === ending;
  if (only !== null) return { folder, files: isOne(only) ? [only] : [] };
  return { folder, files: filesBelow(source, folder, isOne, 3) };
};

/** A file's bytes. Throws what the source throws, EFBIG above 256 MB. */
export const wholeFile = (source: FileSource, path: string): Uint8Array => {
  const file = openBytes(source, path);
  try {
    if (file.size > maxBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    return file.read(0, file.size);
  } finally {
    file.close();
  }
};

const splitOf = (file: string): string =>
  folderOf(file)
    .split('/')
    .reverse()
    .map(knownSplit)
    .find((split) => split !== null) ?? noSplit;

/** Which pictures lie in which folder, each folder listed once. */
export class Pictures {
  private readonly listed = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
  ) {}

  has({ folder, name }: FilePlace): boolean {
    let names = this.listed.get(folder);
    if (names === undefined) {
      try {
        names = new Set(
          this.listed.size < maxListed
            ? listFolder(this.source, join(this.folder, folder)).files
            : [],
        );
      } catch (error) {
        if (!isSystemError(error)) throw error;
        names = new Set();
      }
      this.listed.set(folder, names);
    }
    return names.has(name);
  }
}

/** How one kind of annotation is read. */
export interface AnnotationKind {
  /** Null where the bytes are no annotation. */
  read(bytes: Uint8Array): Annotation | null;
  /** Where the picture of the annotation in `folder` may lie, likeliest first. */
  places(folder: string, picture: string): readonly (FilePlace | null)[];
  /** Whether the labels of the whole picture are counted, not its objects. */
  readonly byFlags: boolean;
  /** Names declared for all classes. */
  readonly classNames: readonly string[];
}

/** Reads annotation files into the sink, a picture each. */
export const indexAnnotations = (
  source: FileSource,
  { folder, files }: AnnotationFiles,
  kind: AnnotationKind,
  sink: IndexSink,
): void => {
  const pictures = new Pictures(source, folder);
  const outside = new OutsideNames();
  const classes = new Set<string>();
  const damaged: string[] = [];
  let missing = 0;
  let hasOutlines = false;
  for (const [at, file] of files.entries()) {
    if (at % filesPerTick === 0) sink.share(at / files.length);
    let found: Annotation | null;
    try {
      found = kind.read(wholeFile(source, join(folder, file)));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: file }));
      continue;
    }
    if (found === null) {
      damaged.push(file);
      continue;
    }
    hasOutlines ||= found.hasOutlines;
    const names = kind.byFlags ? found.flags : found.labels;
    for (const name of names) classes.add(name);
    const ids = names.map((name) => sink.classId(name));
    const places = found.picture === null ? [] : kind.places(folderOf(file), found.picture);
    const place = places.find((each) => each !== null && pictures.has(each));
    if (place === undefined && places[0] === null) outside.note(found.picture ?? '');
    else if (place === undefined) missing++;
    const container = sink.container(place?.folder ?? folderOf(file));
    const name = place?.name ?? baseName(file);
    const areas = kind.byFlags ? undefined : found.areas;
    sink.sample(ids, sink.splitId(splitOf(file)), container, name, 0, 0, 0, areas);
  }
  if (damaged.length > 0)
    sink.issue(issueOfMany('warning', 'dataset/annotations-damaged', damaged));
  outside.report(sink, files[0] ?? '');
  if (missing > 0)
    sink.issue(
      issue('warning', 'dataset/files-missing', {}, { path: files[0] ?? '', count: missing }),
    );
  const rest = classOrder([...classes].filter((name) => !kind.classNames.includes(name)));
  const task: Task = kind.byFlags ? 'multi-label' : hasOutlines ? 'segmentation' : 'detection';
  sink.describe({ task, modality: 'image', classNames: [...kind.classNames, ...rest] });
};

/** Where a picture is said to lie, and by its name in the annotation's folder. */
export const placesByPath = (folder: string, picture: string): readonly (FilePlace | null)[] => {
  const name = baseName(picture.replaceAll('\\', '/'));
  return [filePlace(folder, picture), ...(name === picture ? [] : [filePlace(folder, name)])];
};

/** Hands out the pictures; a sample that is only an annotation has none. */
export const openPictures = (source: FileSource, root: string): SampleReader => {
  const { folder } = rootFolder(source, root);
  return {
    readSample: ({ path }) => {
      if (/\.(?:json|xml|csv|txt|gz)$/i.test(path))
        throw new LongtailError('dataset/sample-unreadable', { path, reason: 'ENOENT' });
      return readImageFile(source, join(folder, path));
    },
    close: () => undefined,
  };
};
