import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { noSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink } from '../types';
import { findCub, listNames, readIdList, textOf } from './cub/lists';
import type { CubLists, IdList } from './cub/lists';
import { baseName, folderOf, join, rootFolder } from './folders';
import { insidePath } from './listFile/insidePath';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';
import { OutsideNames } from './records/outside';

const picturesPerTick = 4096;
const nothing: IdList = { texts: new Map(), damaged: 0, firstDamaged: 0 };

/** Reads one list and reports what of it says nothing; an empty one where it cannot be read. */
const listOf = (source: FileSource, lists: CubLists, name: string, sink: IndexSink): IdList => {
  if (!lists.has(name)) return nothing;
  const path = join(lists.base, name);
  try {
    const list = readIdList(textOf(source, lists, name));
    const place = { path, line: list.firstDamaged, count: list.damaged };
    if (list.damaged > 0) sink.issue(issue('warning', 'dataset/lines-damaged', {}, place));
    return list;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    sink.issue(issue('error', 'dataset/file-unreadable', { reason: reasonOf(error) }, { path }));
    return nothing;
  }
};

/** Where pictures lie below the dataset's folder: in `images` where the first are there. */
const placeOf = (
  source: FileSource,
  { folder, base }: CubLists,
  pictures: IdList,
): string | null => {
  const some = [...pictures.texts.values()].slice(0, 12).flatMap((name) => insidePath(name) ?? []);
  const isThere = (place: string, name: string): boolean => {
    try {
      return source.stat(join(folder, place, name)).kind === 'file';
    } catch {
      return false;
    }
  };
  const places = [join(base, 'images'), base];
  return places.find((place) => some.some((name) => isThere(place, name))) ?? null;
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const facts = { task: 'single-label', modality: 'image' } as const;
  sink.describe(facts);
  const lists = findCub(source, root);
  if (lists === null) return;
  const [pictures, labels, parts, classes] = [
    listNames.pictures,
    listNames.labels,
    listNames.parts,
    listNames.classes,
  ].map((name) => listOf(source, lists, name, sink));
  const names = classes?.texts ?? new Map<string, string>();
  // A name that stands for two numbers says nothing.
  const areClear = new Set(names.values()).size === names.size;
  const used = new Set(labels?.texts.values() ?? []);
  const numbers = classOrder([...used]);
  const nameOf = (number: string): string => (areClear ? names.get(number) : undefined) ?? number;
  const place = placeOf(source, lists, pictures ?? nothing);
  const path = join(lists.base, listNames.pictures);
  if (place === null) sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
  const outside = new OutsideNames();
  let done = 0;
  for (const [id, text] of pictures?.texts ?? []) {
    if (++done % picturesPerTick === 0) sink.tick(0);
    const name = insidePath(text);
    if (name === null) {
      outside.note(text);
      continue;
    }
    const label = labels?.texts.get(id);
    const part = parts?.texts.get(id);
    const split = part === '1' ? 'train' : part === '0' ? 'test' : noSplit;
    const container = sink.container(join(place ?? '', folderOf(name)));
    const ids = label === undefined ? [] : [sink.classId(nameOf(label))];
    sink.sample(ids, sink.splitId(split), container, baseName(name), 0, 0);
  }
  outside.report(sink, path);
  const unnamed = numbers.filter((number) => names.size > 0 && nameOf(number) === number);
  if (unnamed.length > 0) sink.issue(issueOfMany('warning', 'dataset/ids-without-name', unnamed));
  // NABirds names groups of classes too, which no picture has.
  const counts = (number: string): boolean => used.has(number) || !lists.has('hierarchy.txt');
  const all = [...names].flatMap(([number, name]) => (counts(number) ? [name] : []));
  const declared = new Set(areClear ? all : []);
  const others = numbers.map(nameOf).filter((name) => !declared.has(name));
  sink.describe({ ...facts, classNames: [...declared, ...others] });
};

/**
 * Lists joined by an id, as CUB-200-2011 and NABirds have them: `images.txt`, the numbers of classes in
 * `image_class_labels.txt`, their names in `classes.txt` and the parts in `train_test_split.txt`.
 */
export const cub: DatasetFormat = {
  id: 'cub',
  detect: (source, root) => {
    const lists = findCub(source, root);
    if (lists === null) return null;
    const path = join(lists.base, listNames.labels);
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
    return { format: 'cub', confidence: 0.94, evidence };
  },
  index,
  openSamples: (source, root) => {
    const { folder } = rootFolder(source, root);
    return {
      readSample: ({ path }) => readImageFile(source, join(folder, path)),
      close: () => undefined,
    };
  },
};
