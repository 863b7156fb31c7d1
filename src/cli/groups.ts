import { columnGroups, folderGroups, type SampleGroups } from '../dataset/sampleGroups';
import type { DatasetIndex } from '../dataset/types';
import type { Io } from './io';
import { scan } from './profileOf';

/**
 * The groups that `--by` names: `folder`, `folder:N` for one level, or a column (`column:NAME` for
 * one of such a name). A column is read by a second scan, with it as the label.
 */
export const groupsBy = async (
  written: string,
  index: DatasetIndex,
  io: Io,
): Promise<SampleGroups & { readonly by: string }> => {
  const folder = /^folder(?::([1-9]))?$/.exec(written);
  if (folder !== null) {
    const level = folder[1];
    return { by: written, ...folderGroups(index, level === undefined ? null : Number(level)) };
  }
  const column = written.replace(/^column:/, '');
  const { root, format, options } = index;
  const { index: other } = await scan(io, root, { ...options, format, labelColumn: column });
  return { by: column, ...columnGroups(index, other, column) };
};
