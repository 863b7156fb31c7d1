import { LongtailError } from '../../common/errors';
import { issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, FormatOptions } from '../types';
import { ArrowTable } from './arrow/arrowTable';
import { scanArrow } from './arrow/batchScan';
import { openArrow } from './arrow/stream';
import type { ArrowFile } from './arrow/stream';
import { findArrow } from './arrow/tables';
import type { ArrowTables } from './arrow/tables';
import { join } from './folders';
import { classOrder } from './records/classOrder';
import { columnSamples } from './records/columnSamples';
import { LabelIds } from './records/labelIds';
import { isLfsPointer } from './records/lfs';

const checkColumns = ({ columns, plan, shards }: ArrowTables, options: FormatOptions): void => {
  const path = shards[0]?.file ?? '';
  for (const column of [options.labelColumn, options.pathColumn, options.splitColumn])
    if (column !== undefined && !columns.includes(column))
      throw new LongtailError('dataset/column-missing', { path, column, columns });
  if (plan !== null && plan.label === null)
    throw new LongtailError('dataset/no-label-column', { path, columns });
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const tables = findArrow(source, root, options);
  const plan = tables?.plan ?? null;
  const facts = { task: plan?.task ?? 'single-label', modality: plan?.modality ?? 'none' } as const;
  sink.describe(facts);
  if (tables === null) return;
  const { folder, shards } = tables;
  if (plan !== null) checkColumns(tables, options);
  if (plan !== null && plan.others.length > 0 && options.labelColumn === undefined) {
    const params = { column: plan.label ?? '', others: plan.others.slice(0, 8) };
    sink.issue(issue('info', 'dataset/other-labels', params, { path: shards[0]?.file ?? '' }));
  }
  const labels = new LabelIds(sink, plan?.classNames);
  const pointers: string[] = [];
  shards.forEach((shard, at) => {
    const path = join(folder, shard.file);
    let file: ArrowFile;
    try {
      if (isLfsPointer(source, path)) {
        pointers.push(shard.file);
        return;
      }
      file = openArrow(source, path);
    } catch (error) {
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: shard.file }));
      return;
    }
    try {
      const progress = (share: number): void => sink.share((at + share) / shards.length);
      if (plan !== null) scanArrow(file, shard, plan, labels, sink, progress);
    } finally {
      file.file.close();
    }
  });
  if (pointers.length > 0) sink.issue(issueOfMany('error', 'dataset/lfs-pointer', pointers));
  sink.describe({ ...facts, classNames: plan?.classNames ?? classOrder([...labels.met]) });
};

/** Arrow files, stream or file, as `save_to_disk` of Hugging Face's library leaves them. */
export const arrow: DatasetFormat = {
  id: 'arrow',
  detect: (source, root, options) => {
    const tables = findArrow(source, root, options);
    const first = tables?.shards[0];
    if (tables === null || first === undefined) return null;
    const { plan, isFile } = tables;
    const label = { user: 0.7, feature: 0.8, name: 0.6 };
    const found = plan === null ? 0.2 : plan.by === null ? 0.15 : label[plan.by];
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.file })];
    return { format: 'arrow', confidence: Math.min(0.95, found + (isFile ? 0.3 : 0)), evidence };
  },
  index,
  openSamples: (source, root, options) => {
    const tables = findArrow(source, root, options);
    if (tables === null) throw new LongtailError('dataset/path-missing', { path: root });
    return columnSamples(source, tables, (path) => new ArrowTable(openArrow(source, path)));
  },
};
