import { LongtailError } from '../../common/errors';
import { issue, issueOfMany } from '../issues';
import type { DatasetFormat, FormatOptions } from '../types';
import { openParquet } from './parquet/footer';
import { scanParquet } from './parquet/groupScan';
import { ParquetTable } from './parquet/parquetTable';
import { eachFile, findParquet } from './parquet/tables';
import type { ParquetTables } from './parquet/tables';
import { classOrder } from './records/classOrder';
import { columnSamples } from './records/columnSamples';
import { LabelIds } from './records/labelIds';

const checkColumns = ({ columns, plan, shards }: ParquetTables, options: FormatOptions): void => {
  const path = shards[0]?.file ?? '';
  for (const column of [options.labelColumn, options.pathColumn, options.splitColumn])
    if (column !== undefined && !columns.includes(column))
      throw new LongtailError('dataset/column-missing', { path, column, columns });
  if (plan !== null && plan.label === null)
    throw new LongtailError('dataset/no-label-column', { path, columns });
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const tables = findParquet(source, root, options);
  const plan = tables?.plan ?? null;
  const facts = { task: plan?.task ?? 'single-label', modality: plan?.modality ?? 'none' } as const;
  sink.describe(facts);
  if (tables === null) return;
  if (plan !== null) checkColumns(tables, options);
  const path = tables.shards[0]?.file ?? '';
  if (tables.others.length > 0)
    sink.issue(issueOfMany('info', 'dataset/several-sets', tables.others, { chosen: path }));
  if (plan !== null && plan.others.length > 0 && options.labelColumn === undefined) {
    const params = { column: plan.label ?? '', others: plan.others.slice(0, 8) };
    sink.issue(issue('info', 'dataset/other-labels', params, { path }));
  }
  const labels = new LabelIds(sink, plan?.classNames);
  eachFile(source, tables, sink, (file, shard, at) => {
    if (plan === null) return;
    const { length } = tables.shards;
    scanParquet(file, shard, plan, labels, sink, (share) => sink.share((at + share) / length));
  });
  sink.describe({ ...facts, classNames: plan?.classNames ?? classOrder([...labels.met]) });
};

/**
 * Parquet files, one or many, as Hugging Face keeps datasets: of every row only the label column is
 * read, also beside the bytes of pictures. Splits by file name, or by the dataset's card.
 */
export const parquet: DatasetFormat = {
  id: 'parquet',
  detect: (source, root, options) => {
    const tables = findParquet(source, root, options);
    const first = tables?.shards[0];
    if (tables === null || first === undefined) return null;
    const { plan, isFile } = tables;
    const label = { user: 0.7, feature: 0.8, name: 0.6 };
    const found = plan === null ? 0.2 : plan.by === null ? 0.15 : label[plan.by];
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.file })];
    return { format: 'parquet', confidence: Math.min(0.95, found + (isFile ? 0.3 : 0)), evidence };
  },
  index,
  openSamples: (source, root, options) => {
    const tables = findParquet(source, root, options);
    if (tables === null) throw new LongtailError('dataset/path-missing', { path: root });
    return columnSamples(source, tables, (path) => new ParquetTable(openParquet(source, path)));
  },
};
