import { LineReader } from '../bytes/lineReader';
import { isSystemError, issue, reasonOf } from '../issues';
import { knownSplit, noSplit } from '../splitNames';
import { packNames } from '../packedNames';
import type { DatasetFormat, FileSource, IndexSink } from '../types';
import { baseName, join, rootFolder } from './folders';
import { openPictures } from './labelme/annotations';
import { OutsideNames } from './records/outside';
import { pictureBase } from './records/pictureBase';
import { filesBelow } from './records/shards';

const headBytes = 8192;
const linesPerTick = 1024;
/** More pictures of one person, or of all lists, are a mistake in the list. */
const [maxOfOne, maxOfAll] = [10_000, 4_000_000];

/** Lists by the splits they make: both parts of the development view, else all people. */
const listName = /^(?:people(?:Dev(Train|Test))?|lfw[-_](?:all)?names)\.(?:txt|csv)$/i;

const tableHeader = 'name,images';

interface Person {
  readonly name: string;
  readonly count: number;
}

const maxLine = 1000;

const personOf = (line: string): Person | null => {
  if (line.length > maxLine) return null;
  const [, name, count] = /^(\S.*?)[ \t,]+(\d{1,9})$/.exec(line) ?? [];
  return name === undefined || count === undefined ? null : { name, count: Number(count) };
};

const picturesOf = ({ name, count }: Person): string[] =>
  Array.from({ length: count }, (_, at) => `${name}_${String(at + 1).padStart(4, '0')}.jpg`);

interface PeopleList {
  readonly path: string;
  readonly split: string;
  readonly first: readonly Person[];
}

/** The split that a list of the development view is. */
const splitOf = (path: string): string =>
  knownSplit(listName.exec(baseName(path))?.[1] ?? '') ?? noSplit;

const findPeople = (
  source: FileSource,
  root: string,
): { readonly folder: string; readonly lists: readonly PeopleList[] } => {
  const { folder, only } = rootFolder(source, root);
  const isList = (name: string): boolean => listName.test(name);
  const paths =
    only === null ? filesBelow(source, folder, isList, 1, 'name') : [only].filter(isList);
  const found = paths.flatMap((path): PeopleList[] => {
    try {
      const lines = source.readText(join(folder, path), headBytes).split('\n');
      const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
      // The first line of most is how many follow; the last may be cut off.
      const first = texts.slice(0, 8).flatMap((line) => personOf(line) ?? []);
      const isPeople = first.length >= Math.min(texts.length, 8) - 2 && first.length > 0;
      return isPeople ? [{ path, split: splitOf(path), first }] : [];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });
  const development = found.filter(({ split }) => split !== noSplit);
  const names = found.filter(({ path }) => /names/i.test(baseName(path)));
  const lists = development.length > 0 ? development : names.length > 0 ? names : found;
  return { folder, lists };
};

/** Reads lists of people into the sink. */
class PeopleScan {
  private readonly outside = new OutsideNames();
  private total = 0;

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
    private readonly base: string,
    private readonly sink: IndexSink,
  ) {}

  run({ path, split }: PeopleList): void {
    const { sink } = this;
    const splitId = sink.splitId(split);
    let damaged = 0;
    let firstDamaged = 0;
    const file = this.source.open(join(this.folder, path));
    try {
      const lines = new LineReader(file);
      while (lines.read()) {
        if (lines.line % linesPerTick === 0) sink.tick(0);
        const text = lines.bytes.toString('utf8', lines.start, lines.end).trim();
        // A number alone says how many lines follow; tables of hubs have a header.
        if (text === '' || /^\d+(?:\s+\d+)?$/.test(text) || text === tableHeader) continue;
        const person = personOf(text);
        if (person !== null && this.put(person, splitId)) continue;
        damaged++;
        firstDamaged ||= lines.line;
      }
    } finally {
      file.close();
    }
    this.outside.report(sink, path);
    if (damaged > 0) {
      const place = { path, line: firstDamaged, count: damaged };
      sink.issue(issue('error', 'dataset/lines-damaged', {}, place));
    }
  }

  private put(person: Person, split: number): boolean {
    const { name, count } = person;
    if (count > maxOfOne || this.total + count > maxOfAll) return false;
    if (/[/\\\0]/.test(name) || name === '..' || name === '.') {
      this.outside.note(name);
      return true;
    }
    this.total += count;
    const { sink } = this;
    const container = sink.container(join(this.base, name));
    for (const part of packNames(picturesOf(person)))
      sink.files([sink.classId(name)], split, container, part);
    return true;
  }
}

/**
 * Labeled Faces in the Wild by its lists of people, `name<tab>number of pictures` a line, also as tables: those of
 * the development view as splits, else of all people. Without a list it is an image folder.
 */
export const lfw: DatasetFormat = {
  id: 'lfw',
  detect: (source, root) => {
    const [first] = findPeople(source, root).lists;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.path })];
    return { format: 'lfw', confidence: 0.92, evidence };
  },
  index: (source, root, _options, sink) => {
    sink.describe({ task: 'single-label', modality: 'image' });
    const { folder, lists } = findPeople(source, root);
    const names = lists.flatMap(({ first }) =>
      first.slice(0, 4).map(({ name }) => join(name, `${name}_0001.jpg`)),
    );
    const base = pictureBase(source, folder, names, (name) => /^lfw/i.test(name));
    const scan = new PeopleScan(source, folder, base ?? '', sink);
    lists.forEach((list, done) => {
      try {
        scan.run(list);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        const params = { reason: reasonOf(error) };
        sink.issue(issue('error', 'dataset/file-cut', params, { path: list.path }));
      }
      sink.share((done + 1) / lists.length);
    });
    const path = lists[0]?.path ?? '';
    if (base === null) sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
  },
  openSamples: openPictures,
};
