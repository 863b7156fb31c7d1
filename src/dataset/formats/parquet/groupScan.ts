import { issue, reasonOf } from '../../issues';
import { RowsOut } from '../../rowBatch';
import { normaliseSplit } from '../../splitNames';
import type { AreaClass, IndexSink } from '../../types';
import { boxArea } from '../records/areas';
import type { ColumnPlan } from '../records/columnPlan';
import type { LabelIds } from '../records/labelIds';
import type { Shard } from '../records/shards';
import { readCells, readLists } from './cells';
import type { Cells, Value } from './cells';
import type { ParquetFile, ParquetGroup, ParquetLeaf } from './footer';
import { leafOf } from './tables';

/** What one row group says, decoded before any of it is handed over. */
interface Decoded {
  readonly labels: Cells;
  readonly splits: Cells | null;
  readonly areas: ReadonlyMap<number, readonly AreaClass[]> | null;
}

const textOf = (value: Value): string =>
  typeof value === 'number'
    ? String(value)
    : Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8');

/** Reads the label column of a file, group by group, into the sink; damage is an issue. */
export const scanParquet = (
  file: ParquetFile,
  shard: Shard,
  plan: ColumnPlan,
  labels: LabelIds,
  sink: IndexSink,
  progress: (share: number) => void,
): void => {
  const leaf = leafOf(file, plan.label);
  const container = sink.container(shard.file);
  const damage = (reason: string): void =>
    sink.issue(issue('error', 'dataset/file-cut', { reason }, { path: shard.file }));
  if (leaf === undefined) {
    damage(`no column "${plan.label ?? ''}"`);
    return;
  }
  const idOf = (value: Value): number =>
    typeof value === 'number'
      ? labels.ofNumber(value, leaf.type === 'BOOLEAN')
      : labels.ofText(value);
  const fileSplit = sink.splitId(shard.split);
  const splitOf = (value: Value): number => sink.splitId(normaliseSplit(textOf(value)));
  const out = new RowsOut(sink, container);
  const digest = file.file.size | 0;
  let row = 0;
  for (const [at, group] of file.groups.entries()) {
    let decoded: Decoded;
    try {
      decoded = decode(file, group, plan, leaf, idOf, splitOf);
    } catch (error) {
      damage(reasonOf(error));
      break;
    }
    const { ids, starts, rows } = decoded.labels;
    const single: [number] = [0];
    for (let i = 0; i < rows; i++, row++) {
      const declared = decoded.splits?.ids[i] ?? -1;
      const split = declared < 0 ? fileSplit : declared;
      if (starts === null) {
        const id = ids[i] ?? -1;
        single[0] = id;
        out.row(id < 0 ? [] : single, split, row, 1, digest);
        continue;
      }
      const all = [...ids.subarray(starts[i], starts[i + 1])];
      const areas = decoded.areas?.get(i);
      if (plan.task !== 'detection') {
        out.row([...new Set(all.filter((id) => id >= 0))], split, row, 1, digest);
        continue;
      }
      out.flush();
      const known = all.map((_, object) => areas?.[object] ?? 0);
      const kept = all.filter((id) => id >= 0);
      const kinds = known.filter((_, object) => (all[object] ?? -1) >= 0);
      sink.sample(kept, split, container, '', row, 1, digest, kinds);
    }
    out.flush();
    progress((at + 1) / file.groups.length);
  }
};

const decode = (
  file: ParquetFile,
  group: ParquetGroup,
  plan: ColumnPlan,
  leaf: ParquetLeaf,
  idOf: (value: Value) => number,
  splitOf: (value: Value) => number,
): Decoded => {
  const chunk = group.chunks.get(leaf.key);
  if (chunk === undefined) throw new Error('column chunk missing');
  const labels = readCells(file.file, chunk, leaf, idOf);
  if (labels.rows !== group.rows) throw new Error('rows missing');
  const splitLeaf = leafOf(file, plan.split);
  const splitChunk = splitLeaf === undefined ? undefined : group.chunks.get(splitLeaf.key);
  const splits =
    splitLeaf === undefined || splitChunk === undefined
      ? null
      : readCells(file.file, splitChunk, splitLeaf, splitOf);
  const boxLeaf = leafOf(file, plan.boxes);
  const boxChunk = boxLeaf === undefined ? undefined : group.chunks.get(boxLeaf.key);
  if (boxLeaf === undefined || boxChunk === undefined) return { labels, splits, areas: null };
  const areas = new Map<number, AreaClass[]>();
  readLists(file.file, boxChunk, boxLeaf, (row, box) => {
    const known = areas.get(row) ?? [];
    known.push(boxArea(box));
    areas.set(row, known);
  });
  return { labels, splits, areas };
};
