import { issue, reasonOf } from '../../issues';
import { RowsOut } from '../../rowBatch';
import { normaliseSplit } from '../../splitNames';
import type { AreaClass, IndexSink } from '../../types';
import { boxArea } from '../records/areas';
import type { ColumnPlan } from '../records/columnPlan';
import type { LabelIds } from '../records/labelIds';
import type { Shard } from '../records/shards';
import { leavesOf, openLeaf } from './leaf';
import type { ArrowLeaf, LeafColumn, Value } from './leaf';
import type { ArrowBatch, ArrowFile } from './stream';

/** What the rows of a batch say, decoded before any of it is handed over. */
interface Row {
  readonly labels: readonly number[];
  readonly areas: readonly AreaClass[] | undefined;
  readonly split: number;
}

const maxRows = 1 << 26;

const textOf = (value: Value): string =>
  typeof value === 'number' ? String(value) : Buffer.from(value).toString('utf8');

/** Rows of a batch that were counted; the batch's own number may be wrong. */
export const batchRows = (file: ArrowFile, batch: ArrowBatch, leaf: ArrowLeaf): number => {
  const { rows } = batch;
  if (!(rows >= 0) || rows > maxRows) throw new RangeError('rows of a batch');
  if (rows === 0) return 0;
  const column = openLeaf(file, batch, leaf);
  // The last value is there: so are those before it.
  const [from, to] = column.range(rows - 1, rows);
  if (to > from) column.value(to - 1);
  return rows;
};

/** Reads the label column of a file, batch by batch, into the sink; damage is an issue. */
export const scanArrow = (
  file: ArrowFile,
  shard: Shard,
  plan: ColumnPlan,
  ids: LabelIds,
  sink: IndexSink,
  progress: (share: number) => void,
): void => {
  const leaves = leavesOf(file.fields);
  const named = (name: string | null): ArrowLeaf | undefined =>
    leaves.find((leaf) => leaf.name === name);
  const leaf = named(plan.label);
  const container = sink.container(shard.file);
  const damage = (reason: string): void =>
    sink.issue(issue('error', 'dataset/file-cut', { reason }, { path: shard.file }));
  if (leaf === undefined) {
    damage(`no column "${plan.label ?? ''}"`);
    return;
  }
  const isBoolean = leaf.field.kind === 'bool';
  const idOf = (value: Value | null): number =>
    value === null
      ? -1
      : typeof value === 'number'
        ? ids.ofNumber(value, isBoolean)
        : ids.ofText(value);
  const fileSplit = sink.splitId(shard.split);
  const open = (batch: ArrowBatch, name: string | null): LeafColumn | null => {
    const found = named(name);
    return found === undefined ? null : openLeaf(file, batch, found);
  };
  const readRow = (
    row: number,
    column: LeafColumn,
    boxes: LeafColumn | null,
    splits: LeafColumn | null,
  ): Row => {
    const [from, to] = column.range(row, row + 1);
    const all = Array.from({ length: to - from }, (_, i) => idOf(column.value(from + i)));
    const declared = splits === null ? null : splits.value(row);
    const split = declared === null ? fileSplit : sink.splitId(normaliseSplit(textOf(declared)));
    const labels = all.filter((id) => id >= 0);
    if (plan.task !== 'detection')
      return { labels: labels.length > 1 ? [...new Set(labels)] : labels, areas: undefined, split };
    const areas = all.flatMap((id, object): AreaClass[] => {
      if (id < 0) return [];
      const [a, b] = boxes === null ? [0, 0] : boxes.range(from + object, from + object + 1, 1);
      if (boxes === null || b - a !== 4) return [0];
      return [boxArea([0, 1, 2, 3].map((i) => boxes.value(a + i)))];
    });
    return { labels, areas, split };
  };
  const out = new RowsOut(sink, container);
  const digest = file.file.size | 0;
  let row = 0;
  let broken = 0;
  try {
    for (const [at, batch] of file.batches.entries()) {
      let read: (row: number) => Row;
      let rows: number;
      try {
        rows = batchRows(file, batch, leaf);
        const column = openLeaf(file, batch, leaf);
        const boxes = open(batch, plan.boxes);
        const splits = open(batch, plan.split);
        read = (inside) => readRow(inside, column, boxes, splits);
      } catch (error) {
        damage(reasonOf(error));
        return;
      }
      for (let inside = 0; inside < rows; inside++, row++) {
        let found: Row;
        try {
          found = read(inside);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          found = { labels: [], areas: undefined, split: fileSplit };
          broken++;
        }
        if (found.areas === undefined) out.row(found.labels, found.split, row, 1, digest);
        else {
          out.flush();
          sink.sample(found.labels, found.split, container, '', row, 1, digest, found.areas);
        }
      }
      progress((at + 1) / file.batches.length);
    }
  } finally {
    out.flush();
  }
  if (broken > 0) damage('values past the end');
  if (file.damage !== '') damage(file.damage);
};
