import { withoutGz } from '../../bytes/openBytes';
import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { RecordReader } from '../csv/recordReader';
import { openTableHead } from '../csv/tableBytes';
import { baseName, folderOf, join, rootFolder } from '../folders';
import { filesBelow } from '../records/shards';

/** Where a table of labels has what; -1 for a column it lacks. */
export interface LabelColumns {
  readonly image: number;
  readonly label: number;
  readonly confidence: number;
  readonly group: number;
  readonly isBoxes: boolean;
  readonly isMasks: boolean;
}

/** A table of labels below the dataset's folder. */
export interface LabelTable {
  readonly path: string;
  /** What kind of labels: "bbox", "human-imagelabels" … */
  readonly kind: string;
  readonly split: string;
  readonly columns: LabelColumns;
}

export interface OpenImagesFiles {
  readonly folder: string;
  /** Tables of every kind, the kind that is read unless another is named first. */
  readonly tables: readonly LabelTable[];
  /** Tables of another release of a split that is there in a newer one. */
  readonly older: readonly string[];
  /** Tables of class names, the newest release first. */
  readonly names: readonly string[];
}

const maxTables = 256;
const official = /^(.*?)[-_.]?(?:annotations|detection)-(.+)\.csv$/i;
/** The same tables as a viewer of datasets keeps them, in `labels`. */
const kept: ReadonlyMap<string, string> = new Map([
  ['detections.csv', 'bbox'],
  ['classifications.csv', 'human-imagelabels'],
]);

/** Columns of a table of Open Images by its header; null for any other table. */
export const labelColumns = (header: readonly string[]): LabelColumns | null => {
  const names = header.map((name) => name.trim().toLowerCase());
  const at = (name: string): number => names.indexOf(name);
  if (at('imageid') < 0 || at('labelname') < 0) return null;
  const isMasks = at('maskpath') >= 0;
  const isBoxes = isMasks || at('xmin') >= 0;
  if (!isBoxes && at('confidence') < 0) return null;
  return {
    image: at('imageid'),
    label: at('labelname'),
    confidence: at('confidence'),
    group: at('isgroupof'),
    isBoxes,
    isMasks,
  };
};

const headerOf = (source: FileSource, path: string): readonly string[] => {
  const table = openTableHead(source, path);
  try {
    const reader = new RecordReader(table, 0x2c);
    if (!reader.read()) return [];
    return Array.from({ length: Math.min(reader.fields, 64) }, (_, i) => reader.text(i));
  } finally {
    table.close();
  }
};

const kindOf = (path: string): string | null => {
  const name = withoutGz(baseName(path));
  const inLabels = baseName(folderOf(path)).toLowerCase() === 'labels';
  return (inLabels ? kept.get(name.toLowerCase()) : undefined) ?? official.exec(name)?.[2] ?? null;
};

const splitOf = (path: string): string => {
  const prefix = official.exec(withoutGz(baseName(path)))?.[1];
  const parts = folderOf(path).split('/').reverse();
  return (
    [prefix ?? '', ...parts].map(knownSplit).find((split) => split !== null) ??
    knownSplit(withoutGz(baseName(path)).replace(/\.csv$/i, '')) ??
    noSplit
  );
};

/** 6 of "oidv6-train-annotations-bbox.csv"; 0 of those before, which do not say. */
const releaseOf = (path: string): number =>
  Number(/^oidv(\d{1,3})/i.exec(baseName(path))?.[1] ?? 0);

const newestFirst = (a: string, b: string): number =>
  releaseOf(b) - releaseOf(a) || (a < b ? -1 : a > b ? 1 : 0);

/** Boxes before masks before what people said before what machines said. */
const rank = (kind: string): number => {
  const place = ['bbox', 'segm', 'human'].findIndex((word) => kind.includes(word));
  return place < 0 ? 3 : place;
};

/** The tables of Open Images at a path: the table, or those in the folder and two levels below. */
export const findOpenImages = (source: FileSource, root: string): OpenImagesFiles => {
  const { folder, only } = rootFolder(source, root);
  const isCsv = (name: string): boolean => /\.csv(?:\.gz)?$/i.test(name);
  const files = filesBelow(source, folder, isCsv, only === null ? 2 : 1);
  const wanted =
    only === null
      ? files.filter((path) => kindOf(path) !== null).slice(0, maxTables)
      : [only].filter(isCsv);
  const found = wanted.flatMap((path): LabelTable[] => {
    try {
      const columns = labelColumns(headerOf(source, join(folder, path)));
      if (columns === null) return [];
      const kind = kindOf(path) ?? (columns.isBoxes ? 'bbox' : 'imagelabels');
      return [{ path, kind: kind.toLowerCase(), split: splitOf(path), columns }];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });
  found.sort((a, b) => newestFirst(a.path, b.path));
  const first = found.filter(
    (table, at) =>
      at === found.findIndex(({ kind, split }) => kind === table.kind && split === table.split),
  );
  first.sort((a, b) => rank(a.kind) - rank(b.kind) || (a.kind < b.kind ? -1 : 1));
  return {
    folder,
    tables: first,
    older: found.filter((table) => !first.includes(table)).map(({ path }) => path),
    names: files
      .filter(
        (path) => /class-descriptions/i.test(path) || /(?:^|\/)metadata\/classes\.csv$/i.test(path),
      )
      .sort(newestFirst),
  };
};
