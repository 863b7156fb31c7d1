import { issueOfMany, issue, reasonOf } from '../../issues';
import { noSplit } from '../../splitNames';
import type { FileSource, FormatOptions, IndexSink, Modality } from '../../types';
import { baseName, extensionOf, folderOf, join } from '../folders';
import { isLabelName, planColumns } from '../records/columnPlan';
import type { ColumnPlan } from '../records/columnPlan';
import { hfColumnsIn } from '../records/hfFeatures';
import { isLfsPointer } from '../records/lfs';
import { filesBelow, shardsOf } from '../records/shards';
import type { Shard } from '../records/shards';
import { CellReader } from './cells';
import type { Value } from './cells';
import { openParquet } from './footer';
import type { ParquetFile, ParquetLeaf } from './footer';

const looked = 64;

/** The files of a dataset and what their columns are for, by the first that can be read. */
export interface ParquetTables {
  readonly folder: string;
  readonly isFile: boolean;
  readonly shards: readonly Shard[];
  readonly others: readonly string[];
  readonly columns: readonly string[];
  readonly plan: ColumnPlan | null;
}

/** The leaf that a planned column is in a file. */
export const leafOf = (file: ParquetFile, name: string | null): ParquetLeaf | undefined =>
  name === null ? undefined : file.leaves.find(({ names }) => names.join('.') === name);

/** The first cells of a column without lists; none where they cannot be read. */
const firstCells = (
  file: ParquetFile,
  leaf: ParquetLeaf | undefined,
): readonly (Value | null)[] => {
  const group = file.groups[0];
  const chunk = leaf === undefined ? undefined : group?.chunks.get(leaf.key);
  if (leaf === undefined || chunk === undefined || leaf.maxRepetition > 0) return [];
  try {
    const reader = new CellReader(file.file, chunk, leaf);
    const rows = Math.min(looked, group?.rows ?? 0);
    return Array.from({ length: rows }, (_, row) => reader.cell(row));
  } catch {
    return [];
  }
};

const isProse = (file: ParquetFile, name: string): boolean => {
  const leaf = leafOf(file, name);
  if (leaf?.isText !== true) return false;
  const cells = firstCells(file, leaf);
  const long = cells.filter((cell) => cell instanceof Uint8Array && cell.length > 20);
  return long.length > cells.length / 2;
};

const isMeasure = (file: ParquetFile, leaf: ParquetLeaf): boolean =>
  (leaf.type === 'FLOAT' || leaf.type === 'DOUBLE') &&
  isLabelName(leaf.names.join('.')) &&
  firstCells(file, leaf).some((cell) => typeof cell === 'number' && cell % 1 !== 0);

/** What columns are for, with a look at the first texts. */
const planOf = (file: ParquetFile, options: FormatOptions): ColumnPlan => {
  const columns = file.leaves.map((leaf) => ({
    name: leaf.names.join('.'),
    isRepeated: leaf.maxRepetition > 0,
    isBinary: leaf.type === 'BYTE_ARRAY' || leaf.type === 'FIXED_LEN_BYTE_ARRAY',
    isText: leaf.isText,
    isMeasure: isMeasure(file, leaf),
  }));
  const plan = planColumns(columns, hfColumnsIn(file.facts.get('huggingface')), options);
  if (plan.modality !== 'text') return plan;
  const modality: Modality = plan.features.some((name) => isProse(file, name)) ? 'text' : 'tabular';
  return { ...plan, modality };
};

/** Parquet files at a path; null where there are none. Reads one footer. */
export const findParquet = (
  source: FileSource,
  root: string,
  options: FormatOptions,
): ParquetTables | null => {
  const isFile = source.stat(root).kind === 'file';
  const folder = isFile ? folderOf(root) : root;
  const has = (name: string): boolean => ['parquet', 'parq'].includes(extensionOf(name));
  if (isFile && !has(root) && options.format !== 'parquet') return null;
  const files = isFile ? [baseName(root)] : filesBelow(source, root, has);
  if (files.length === 0) return null;
  const { shards, others } = isFile
    ? { shards: files.map((file) => ({ file, split: noSplit })), others: [] }
    : shardsOf(source, root, files);
  for (const shard of shards.slice(0, 8)) {
    try {
      const file = openParquet(source, join(folder, shard.file));
      try {
        const columns = file.leaves.map(({ names }) => names.join('.'));
        return { folder, isFile, shards, others, columns, plan: planOf(file, options) };
      } finally {
        file.file.close();
      }
    } catch {
      // The next one may do; the scan says what is wrong with this one.
    }
  }
  return { folder, isFile, shards, others, columns: [], plan: null };
};

/**
 * Opens every file in turn. Those that are no Parquet, or only a pointer, become issues; `each`
 * gets the others, and its own damage is an issue too.
 */
export const eachFile = (
  source: FileSource,
  { folder, shards }: ParquetTables,
  sink: IndexSink,
  each: (file: ParquetFile, shard: Shard, at: number) => void,
): void => {
  const pointers: string[] = [];
  shards.forEach((shard, at) => {
    const path = join(folder, shard.file);
    let file: ParquetFile;
    try {
      if (isLfsPointer(source, path)) {
        pointers.push(shard.file);
        return;
      }
      file = openParquet(source, path);
    } catch (error) {
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: shard.file }));
      return;
    }
    try {
      each(file, shard, at);
    } finally {
      file.file.close();
    }
  });
  if (pointers.length > 0) sink.issue(issueOfMany('error', 'dataset/lfs-pointer', pointers));
};
