import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { RecordReader } from '../formats/csv/recordReader';
import { openTable } from '../formats/csv/tableBytes';
import { baseName, folderOf, join, rootFolder } from '../formats/folders';
import { lineStarts, rowFormats } from '../inspect/places';
import { isSystemError, reasonOf } from '../issues';
import { normaliseSplit } from '../splitNames';
import type { FileSource } from '../types';

/** Splits beyond this many are no lists of splits. */
const maxSplits = 64;
/** Places in one file beyond this are mistaken: a byte is kept for each up to the last. */
const maxPlace = 1 << 28;
const comma = 0x2c;
/** On a place of the lists where a sample was. */
const met = 128;

/** What the lists say of the samples inside one file, by number, row or line. */
class InsideFile {
  /** Places of the lists where no sample was yet. */
  left = 0;
  /** Split + 1 by place, 0 for a place in no list; with `met`. */
  private places = new Uint8Array(64);
  private seen = 0;
  private starts: Float64Array | undefined;

  constructor(private readonly by: string) {}

  /** False where another split has the place. */
  put(place: number, split: number): boolean {
    if (place >= this.places.length) {
      const wider = new Uint8Array(2 * place);
      wider.set(this.places);
      this.places = wider;
    }
    const known = this.places[place] ?? 0;
    if (known !== 0) return known === split + 1;
    this.places[place] = split + 1;
    this.left++;
    return true;
  }

  /** Split of the sample at an offset, the next one of its file; -1 in no list. */
  splitAt(offset: number, readStarts: () => Float64Array): number {
    const place =
      this.by === 'row'
        ? offset
        : this.by === 'number'
          ? this.seen++
          : this.lineOf(offset, readStarts);
    const known = this.places[place] ?? 0;
    if (known === 0) return -1;
    if (known < met) this.left--;
    this.places[place] = known | met;
    return (known & ~met) - 1;
  }

  private lineOf(offset: number, readStarts: () => Float64Array): number {
    const starts = (this.starts ??= readStarts());
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Which split samples belong to by lists beside a dataset: `train.txt` … with a path a line, or
 * `split.csv` with path, place in the file, and split, as `splitFiles` writes them. Paths are those
 * below the dataset's folder, or absolute; a class's number behind a path is passed over.
 */
export class SplitLists {
  /** By the split's number in the lists. */
  readonly names: string[] = [];
  /** Samples of the dataset that no list names. */
  unlisted = 0;
  /** Lines that name a sample for another split than a line before. */
  contrary = 0;
  /** Files of the lists that no sample was yet. */
  private left = 0;
  private readonly files = new Map<string, Map<string, number>>();
  private readonly inside = new Map<string, InsideFile>();

  constructor(
    private readonly source: FileSource,
    private readonly root: string,
    private readonly format: string,
  ) {}

  /** What the lists name and is no sample of the dataset. */
  get unmatched(): number {
    return [...this.inside.values()].reduce((sum, file) => sum + file.left, this.left);
  }

  /** The number of a sample's split, -1 where no list names it; samples of a file in their order. */
  splitOf(path: string, offset: number, length: number): number {
    const isFile = offset === 0 && length === 0 && !rowFormats.has(this.format);
    const own = isFile ? this.ofFile(path) : -1;
    const split = own < 0 ? this.ofPart(path, offset) : own;
    if (split < 0) this.unlisted++;
    return split;
  }

  readList(path: string, split: number): void {
    for (const raw of this.source.readText(path, Infinity).split('\n')) {
      const line = raw.trim();
      if (line === '') continue;
      this.putFile(line, split);
    }
  }

  /** LongtailError `dataset/split-lists-columns` where it has other columns. */
  readTable(path: string): void {
    const table = openTable(this.source, path);
    try {
      const rows = new RecordReader(table, comma);
      const header: string[] = [];
      if (rows.read()) for (let at = 0; at < rows.fields; at++) header.push(rows.text(at).trim());
      const [pathAt, splitAt] = [header.indexOf('path'), header.indexOf('split')];
      const by = header.find((name) => ['row', 'line', 'number'].includes(name));
      if (pathAt < 0 || splitAt < 0)
        throw new LongtailError('dataset/split-lists-columns', { path, columns: header });
      const placeAt = by === undefined ? -1 : header.indexOf(by);
      while (rows.read()) {
        const split = this.splitId(rows.text(splitAt));
        const name = this.below(rows.text(pathAt));
        const place = placeAt < 0 ? '' : rows.text(placeAt).trim();
        if (by === undefined || place === '') this.putFile(name, split);
        else this.putPart(name, by, Number(place), split);
      }
    } finally {
      table.close();
    }
  }

  splitId(name: string): number {
    const normal = normaliseSplit(name);
    const known = this.names.indexOf(normal);
    if (known >= 0) return known;
    if (this.names.length === maxSplits)
      throw new LongtailError('dataset/split-lists-many', { most: maxSplits });
    return this.names.push(normal) - 1;
  }

  private below(name: string): string {
    const path = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1) : path;
  }

  private putFile(line: string, split: number): void {
    const path = this.below(line);
    let names = this.files.get(folderOf(path));
    if (names === undefined) this.files.set(folderOf(path), (names = new Map<string, number>()));
    const name = baseName(path);
    const known = names.get(name);
    if (known === undefined) {
      names.set(name, split);
      this.left++;
    } else if (known !== split) this.contrary++;
    const numbered = /^(.*\S)\s+-?\d+$/.exec(name)?.[1];
    if (numbered !== undefined && !names.has(numbered)) names.set(numbered, split);
  }

  private putPart(path: string, by: string, place: number, split: number): void {
    if (!Number.isSafeInteger(place) || place < 0 || place > maxPlace) {
      this.left++;
      return;
    }
    let file = this.inside.get(path);
    if (file === undefined) this.inside.set(path, (file = new InsideFile(by)));
    if (!file.put(place, split)) this.contrary++;
  }

  private ofFile(path: string): number {
    const names = this.files.get(folderOf(path));
    const name = baseName(path);
    const known = names?.get(name);
    if (known === undefined) return -1;
    if (known < met) this.left--;
    names?.set(name, known | met);
    return known & ~met;
  }

  private ofPart(path: string, offset: number): number {
    return this.inside.get(path)?.splitAt(offset, () => this.startsOf(path)) ?? -1;
  }

  private startsOf(path: string): Float64Array {
    try {
      const file = openBytes(this.source, join(this.root, path));
      try {
        return lineStarts(file);
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return new Float64Array(0);
    }
  }
}

const isTable = (name: string): boolean => name === 'split.csv';
const isList = (name: string): boolean => /\.txt$/i.test(name);
/** What else stands beside lists. */
const noLists = /^(?:classes|labels|names|notes?|readme.*|requirements)\.txt$/i;

/** The files that a proposal says it wrote; null without a proposal. */
const writtenNames = (source: FileSource, place: string): readonly unknown[] | null => {
  try {
    const value: unknown = JSON.parse(source.readText(join(place, 'split.json')));
    const files =
      typeof value === 'object' && value !== null && 'files' in value ? value.files : null;
    return Array.isArray(files) ? files : null;
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof SyntaxError)) throw error;
    return null;
  }
};

/** Files of a folder of lists: those of the last proposal written there, else the table, else every list. */
const listNames = (source: FileSource, place: string): readonly string[] => {
  const { files } = source.list(place);
  const written = files.includes('split.json') ? writtenNames(source, place) : null;
  const wanted = files.filter((name) =>
    written === null
      ? isTable(name) || (isList(name) && !noLists.test(name))
      : written.includes(name),
  );
  const tables = wanted.filter(isTable);
  return tables.length > 0 ? tables : wanted.filter(isList);
};

/**
 * The lists at a path: a folder with `split.csv` or with a list a split, or one such table.
 * LongtailError `dataset/split-lists-unreadable` where they cannot be read, `dataset/split-lists-none`
 * where there are none, and those of `readTable`.
 */
export const readSplitLists = (
  source: FileSource,
  place: string,
  { root, format }: { readonly root: string; readonly format: string },
): SplitLists => {
  const lists = new SplitLists(source, rootFolder(source, root).folder, format);
  try {
    if (source.stat(place).kind === 'file') {
      lists.readTable(place);
      return lists;
    }
    for (const name of listNames(source, place))
      if (isTable(name)) lists.readTable(join(place, name));
      else lists.readList(join(place, name), lists.splitId(name.replace(/\.[^.]*$/, '')));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new LongtailError('dataset/split-lists-unreadable', {
      path: place,
      reason: reasonOf(error),
    });
  }
  if (lists.names.length === 0)
    throw new LongtailError('dataset/split-lists-none', { path: place });
  return lists;
};
