import { isObject } from './isObject';
import { readHead, withoutGz } from '../../bytes/openBytes';
import { reasonOf } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import {
  baseName,
  extensionOf,
  folderOf,
  join,
  listFolder,
  namesEnding,
  rootFolder,
} from '../folders';
import { planRecords } from '../records/recordPlan';
import type { RecordPlan } from '../records/recordPlan';
import { worthALook } from '../records/shards';

const endings: ReadonlySet<string> = new Set(['jsonl', 'ndjson', 'jsonlines']);
const headBytes = 256 * 1024;
const maxRecords = 200;
const maxFiles = 64;

/** One file of records. */
export interface RecordFile {
  /** Relative to the dataset's folder. */
  readonly file: string;
  readonly split: string;
}

/** The files of a dataset that are read together, and how. */
export interface RecordFiles {
  readonly folder: string;
  readonly isFile: boolean;
  /** Files named metadata.jsonl, beside the files they describe. */
  readonly isMetadata: boolean;
  readonly chosen: readonly RecordFile[];
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  readonly plan: RecordPlan;
  /** The first file's first records could be read. */
  readonly readable: boolean;
}

export const isRecordFile = (name: string): boolean => endings.has(extensionOf(withoutGz(name)));
const isMetadata = (name: string): boolean => /^metadata\.jsonl(?:\.gz)?$/i.test(baseName(name));

const stem = (name: string): string => withoutGz(name).replace(/\.[^.]*$/, '');

/** The records of the first lines; null where there are lines but no records. */
const firstRecords = (head: Uint8Array): readonly Readonly<Record<string, unknown>>[] => {
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const lines = text.split('\n');
  // The last line may be cut off, where it is not the only one.
  if (head.length >= headBytes && lines.length > 1) lines.pop();
  return lines.slice(0, maxRecords).flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line.trim().replace(/,$/, ''));
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
};

/** Files of spaCy's DocBin in a folder, or the file itself: known, not read. */
export const docBins = (source: FileSource, root: string): readonly string[] => {
  const { folder, only } = rootFolder(source, root);
  const names = only === null ? listFolder(source, folder).files : [only];
  return names.filter((name) => extensionOf(name) === 'spacy');
};

const candidates = (source: FileSource, root: string): readonly string[] => {
  const top = listFolder(source, root);
  const here = namesEnding(top.files, isRecordFile);
  const recordsIn = (folder: string): readonly string[] => {
    try {
      const { files } = listFolder(source, join(root, folder));
      const isPart = knownSplit(folder) !== null || folder === 'data';
      return namesEnding(files, isRecordFile)
        .filter((name) => isPart || isMetadata(name))
        .map((name) => join(folder, name));
    } catch {
      return [];
    }
  };
  const inside = worthALook(top.folders, (folder) => recordsIn(folder).length > 0)
    .slice(0, maxFiles)
    .flatMap(recordsIn);
  const metadata = [...here, ...inside].filter(isMetadata);
  if (metadata.length > 0) return metadata;
  return here.length > 0 ? here : inside;
};

const splitOf = (file: string): string | null =>
  knownSplit(isMetadata(file) ? '' : stem(baseName(file))) ?? knownSplit(baseName(folderOf(file)));

/** Files of JSON lines at a path; null where there are none. Reads the head of each. */
export const findRecords = (
  source: FileSource,
  root: string,
  options: FormatOptions,
): RecordFiles | null => {
  const isFile = source.stat(root).kind === 'file';
  const folder = isFile ? folderOf(root) : root;
  const files = isFile ? [baseName(root)] : candidates(source, root);
  if (isFile && !isRecordFile(root) && options.format !== 'jsonl') return null;
  if (files.length === 0) return null;
  const unreadable: { file: string; reason: string }[] = [];
  const planned: { file: string; plan: RecordPlan; records: number }[] = [];
  for (const file of files.slice(0, maxFiles)) {
    try {
      const records = firstRecords(readHead(source, join(folder, file), headBytes));
      planned.push({ file, plan: planRecords(records, options), records: records.length });
    } catch (error) {
      unreadable.push({ file, reason: reasonOf(error) });
    }
  }
  const best = planned.find(({ plan }) => plan.label !== null) ?? planned[0];
  const plan = best?.plan ?? planRecords([], options);
  const alike = planned.filter((each) => each.plan.keys.join() === plan.keys.join());
  const parts = planned.filter((each) => splitOf(each.file) !== null && each.records > 0);
  const metadata = planned.some(({ file }) => isMetadata(file));
  const many = metadata ? planned : parts.length > 0 ? parts : alike;
  // Without split names several files are several datasets, unless they are numbered shards.
  const isShards = many.every(({ file }) => /\d/.test(file));
  const chosen = metadata || parts.length > 0 || isShards ? many : best === undefined ? [] : [best];
  const read = new Set([...chosen, ...unreadable].map(({ file }) => file));
  return {
    folder,
    isFile,
    isMetadata: metadata,
    chosen: chosen.map(({ file }) => ({
      file,
      split: isFile ? noSplit : (splitOf(file) ?? noSplit),
    })),
    skipped: files.filter((file) => !read.has(file)),
    unreadable,
    plan,
    readable: planned.some(({ records }) => records > 0),
  };
};
