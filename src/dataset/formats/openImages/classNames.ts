import type { FileSource } from '../../types';
import { RecordReader } from '../csv/recordReader';
import { openTable } from '../csv/tableBytes';
import { join } from '../folders';

const maxNames = 1 << 20;
/** A list of more classes than this is that of all image labels: it says nothing of boxes. */
const mostBoxed = 5000;

/** Names by the id of the class ("/m/0bt9lr"), in the order of the table. */
export type ClassNames = ReadonlyMap<string, string>;

/** The table that fits: that of the classes with boxes for boxes, that of all for other labels. */
export const chooseNames = (paths: readonly string[], kind: string): string | undefined => {
  const wantsBoxable = /bbox|segm|boxable/.test(kind);
  const isBoxable = (path: string): boolean => /boxable|-500|metadata\//i.test(path);
  return paths.find((path) => isBoxable(path) === wantsBoxable) ?? paths[0];
};

/**
 * Reads a table of class names, with a header or, as before v6, without. Two classes of one name
 * ("Mouse") get their ids behind it. Throws what reading throws.
 */
export const readClassNames = (source: FileSource, folder: string, path: string): ClassNames => {
  const table = openTable(source, join(folder, path));
  try {
    const names = new Map<string, string>();
    const ids = new Map<string, number>();
    const reader = new RecordReader(table, 0x2c);
    while (names.size < maxNames && reader.read()) {
      const id = reader.text(0).trim();
      const name = reader.text(1).trim();
      if (id === '' || name === '' || id.toLowerCase() === 'labelname' || names.has(id)) continue;
      names.set(id, name);
      ids.set(name, (ids.get(name) ?? 0) + 1);
    }
    for (const [id, name] of names) if ((ids.get(name) ?? 0) > 1) names.set(id, `${name} (${id})`);
    return names;
  } finally {
    table.close();
  }
};

/** Classes that are there also where they have no label. */
export const declaredNames = (names: ClassNames, isBoxes: boolean): readonly string[] =>
  isBoxes && names.size > mostBoxed ? [] : [...names.values()];
