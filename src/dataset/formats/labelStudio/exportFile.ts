import { JsonItems } from '../../bytes/jsonItems';
import { openBytes } from '../../bytes/openBytes';
import { isSystemError } from '../../issues';
import type { FileSource, Modality, OpenFile, TableRows } from '../../types';
import { extensionOf, isAudioName, isImageName, join, listFolder, rootFolder } from '../folders';
import { featureText } from '../records/features';
import { shownFile } from './shown';
import { Repeats, taskOf } from './tasks';
import type { LabelTask } from './tasks';

const maxFiles = 32;
/** Tasks that are looked at before a scan, and bytes one of them may have. */
const [someTasks, someBytes] = [16, 1 << 20];

/** An export: its file in a folder, and its first tasks. */
export interface ExportFile {
  readonly folder: string;
  readonly file: string;
  readonly tasks: readonly LabelTask[];
}

/** The first tasks of a file; none where it is no export. Throws what the source throws. */
const firstTasks = (source: FileSource, path: string): readonly LabelTask[] => {
  const file = openBytes(source, path);
  try {
    const items = new JsonItems(file, someBytes);
    const found: LabelTask[] = [];
    while (found.length < someTasks && items.read()) {
      const task = items.isList ? taskOf(items.value()) : null;
      // Of a damaged export the later tasks still tell.
      if (task === null && items.offset > someBytes) break;
      if (task !== null) found.push(task);
    }
    return found;
  } finally {
    file.close();
  }
};

/** The file of the export: the root, or the first in the folder that is one. */
export const findExport = (source: FileSource, root: string): ExportFile | null => {
  const { folder, only } = rootFolder(source, root);
  const names = only === null ? listFolder(source, folder).files : [only];
  for (const file of names.filter((name) => extensionOf(name) === 'json').slice(0, maxFiles)) {
    try {
      const tasks = firstTasks(source, join(folder, file));
      if (tasks.length > 0) return { folder, file, tasks };
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return null;
};

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** What the tasks show beside files: texts and numbers by their keys. */
export const columnsOf = (tasks: readonly LabelTask[]): readonly string[] => [
  ...new Set(tasks.flatMap(({ data }) => Object.keys(data).filter((key) => isText(data[key])))),
];

/** What the tasks are about. */
export const modalityOf = (tasks: readonly LabelTask[]): Modality => {
  const files = tasks.flatMap(({ data }) => shownFile(data) ?? []);
  if (files.some(isImageName)) return 'image';
  if (files.some(isAudioName)) return 'audio';
  return columnsOf(tasks).length > 0 ? 'text' : 'none';
};

/** The tasks of an export about texts as rows, in the order of the index. */
export const taskRows = (columns: readonly string[], open: () => OpenFile): TableRows => ({
  columns,
  decimalComma: false,
  read: (each) => {
    const items = new JsonItems(open());
    const repeats = new Repeats();
    for (let row = 0; items.read();) {
      const value = items.value();
      const task = taskOf(value);
      if (task === null || repeats.isRepeated(value)) continue;
      if (!each(row++, (column) => featureText(task.data[columns[column] ?? '']), true)) return;
    }
  },
});
