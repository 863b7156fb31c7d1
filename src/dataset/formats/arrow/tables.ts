import { knownSplit, noSplit, normaliseSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import { baseName, extensionOf, folderOf, join } from '../folders';
import { isObject } from '../jsonl/isObject';
import { planColumns } from '../records/columnPlan';
import type { ColumnPlan } from '../records/columnPlan';
import { hfColumnsIn } from '../records/hfFeatures';
import { filesBelow, splitOfShard } from '../records/shards';
import type { Shard } from '../records/shards';
import { leavesOf, openLeaf } from './leaf';
import type { ArrowLeaf } from './leaf';
import { openArrow } from './stream';
import type { ArrowFile } from './stream';

const looked = 64;
const maxState = 4 * 1024 * 1024;

/** The files of a dataset and what their columns are for, by the first that can be read. */
export interface ArrowTables {
  readonly folder: string;
  readonly isFile: boolean;
  readonly shards: readonly Shard[];
  readonly columns: readonly string[];
  readonly plan: ColumnPlan | null;
}

const endings = ['arrow', 'feather'];

/** The files that a folder's state.json lists; null without one. */
const listedFiles = (source: FileSource, folder: string): ReadonlySet<string> | null => {
  try {
    const state: unknown = JSON.parse(source.readText(join(folder, 'state.json'), maxState));
    const files = isObject(state) ? state['_data_files'] : undefined;
    if (!Array.isArray(files)) return null;
    const names = files.map((file: unknown) => (isObject(file) ? file['filename'] : undefined));
    return new Set(names.filter((name): name is string => typeof name === 'string'));
  } catch {
    return null;
  }
};

/** `data-00000-of-00002.arrow` lies in the folder of its split, whatever its name. */
const splitOf = (file: string): string => {
  if (!/^data-\d+-of-\d+\./.test(baseName(file))) return splitOfShard(file);
  const folder = baseName(folderOf(file));
  return folder === '' || folder === 'data'
    ? noSplit
    : (knownSplit(folder) ?? normaliseSplit(folder));
};

const currentFiles = (source: FileSource, root: string): readonly string[] => {
  const lists = new Map<string, ReadonlySet<string> | null>();
  return filesBelow(source, root, (name) => endings.includes(extensionOf(name))).filter((file) => {
    const folder = folderOf(file);
    let list = lists.get(folder);
    if (list === undefined) lists.set(folder, (list = listedFiles(source, join(root, folder))));
    return list === null ? !baseName(file).startsWith('cache-') : list.has(baseName(file));
  });
};

const isProse = (file: ArrowFile, leaf: ArrowLeaf | undefined): boolean => {
  const batch = file.batches[0];
  if (leaf === undefined || batch === undefined) return false;
  try {
    const { value } = openLeaf(file, batch, leaf);
    const rows = Math.min(looked, batch.rows);
    const cells = Array.from({ length: rows }, (_, row) => value(row));
    return cells.filter((cell) => cell instanceof Uint8Array && cell.length > 20).length > rows / 2;
  } catch {
    return false;
  }
};

const planOf = (file: ArrowFile, options: FormatOptions): ColumnPlan => {
  const leaves = leavesOf(file.fields);
  const columns = leaves.map(({ name, field, isRepeated }) => ({
    name,
    isRepeated,
    isBinary: ['binary', 'binary64', 'text', 'text64'].includes(field.kind),
    isText: field.kind === 'text' || field.kind === 'text64',
  }));
  const plan = planColumns(columns, hfColumnsIn(file.facts.get('huggingface')), options);
  if (plan.modality !== 'text') return plan;
  const hasText = plan.features.some((name) =>
    isProse(
      file,
      leaves.find((l) => l.name === name),
    ),
  );
  return { ...plan, modality: hasText ? 'text' : 'tabular' };
};

/** Arrow files at a path; null where there are none. Reads the heads of one. */
export const findArrow = (
  source: FileSource,
  root: string,
  options: FormatOptions,
): ArrowTables | null => {
  const isFile = source.stat(root).kind === 'file';
  const folder = isFile ? folderOf(root) : root;
  if (isFile && !endings.includes(extensionOf(root)) && options.format !== 'arrow') return null;
  const files = isFile ? [baseName(root)] : currentFiles(source, root);
  if (files.length === 0) return null;
  const shards = files.map((file) => ({ file, split: isFile ? noSplit : splitOf(file) }));
  for (const shard of shards.slice(0, 8)) {
    try {
      const file = openArrow(source, join(folder, shard.file));
      try {
        const columns = leavesOf(file.fields).map(({ name }) => name);
        return { folder, isFile, shards, columns, plan: planOf(file, options) };
      } finally {
        file.file.close();
      }
    } catch {
      // The next one may do; the scan says what is wrong with this one.
    }
  }
  return { folder, isFile, shards, columns: [], plan: null };
};
