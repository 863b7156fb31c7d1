import { withoutGz } from '../../bytes/openBytes';
import { reasonOf } from '../../issues';
import { knownSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import { baseName, extensionOf, folderOf, join, listFolder } from '../folders';
import { planTable } from './plan';
import type { TablePlan } from './plan';

/** The tables of a dataset that are read together, and those that are not. */
export interface Tables {
  /** Folder the tables lie in. */
  readonly folder: string;
  readonly isFile: boolean;
  /** Of one kind: same columns, same roles. */
  readonly chosen: readonly TablePlan[];
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

const folderExtensions: ReadonlySet<string> = new Set(['csv', 'tsv', 'tab']);
const fileExtensions: ReadonlySet<string> = new Set([...folderExtensions, 'txt', 'data', 'dat']);
const maxTables = 24;

const rank = ({ roles, pictures, flags }: TablePlan): number => {
  const byLabel = { user: 3, name: 2, content: 1 };
  if (flags !== null) return 2 + (pictures?.found === true ? 3 : 0);
  return (roles.labelBy === null ? 0 : byLabel[roles.labelBy]) + (pictures?.found === true ? 3 : 0);
};

const columnsKey = ({ roles, delimiter, flags }: TablePlan): string => {
  // Where the columns are the classes, the guess at a label column means nothing.
  const label = flags === null ? roles.label : null;
  return JSON.stringify([delimiter, roles.header, roles.columns.map(({ name }) => name), label]);
};

const isTable = (name: string): boolean => folderExtensions.has(extensionOf(withoutGz(name)));

/** Tables in a folder; else those named as hubs name them, in the folders of its splits. */
const tablesIn = (source: FileSource, root: string): readonly string[] => {
  const { files, folders } = listFolder(source, root);
  const here = files.filter(isTable);
  if (here.length > 0) return here;
  return folders
    .filter((folder) => knownSplit(folder) !== null)
    .flatMap((folder) =>
      listFolder(source, join(root, folder))
        .files.filter(
          (name) => isTable(name) && /^(?:metadata|_classes|_annotations)\./i.test(name),
        )
        .map((name) => join(folder, name)),
    );
};

/** The split that a table's name says, or its folder's. */
export const splitOfTable = (file: string): string | null =>
  knownSplit(withoutGz(baseName(file)).replace(/\.[^.]*$/, '')) ?? knownSplit(folderOf(file));

/**
 * Tables of a path: the file, or the tables directly in the folder that have the best label
 * column, with all others of the same columns ("train.csv" and "test.csv"). Example submissions
 * are left out. Null when there is nothing with the ending of a table.
 */
export const findTables = (
  source: FileSource,
  root: string,
  options: FormatOptions,
): Tables | null => {
  const isFile = source.stat(root).kind === 'file';
  const folder = isFile ? folderOf(root) : root;
  const files = isFile
    ? [baseName(root)].filter((name) => fileExtensions.has(extensionOf(withoutGz(name))))
    : tablesIn(source, root);
  if (files.length === 0 && (!isFile || options.format !== 'csv')) return null;
  const wanted = isFile ? [baseName(root)] : files.filter((name) => !/submission/i.test(name));
  const plans: TablePlan[] = [];
  const unreadable: { file: string; reason: string }[] = [];
  for (const file of wanted.slice(0, maxTables)) {
    try {
      plans.push(planTable(source, folder, file, options));
    } catch (error) {
      unreadable.push({ file, reason: reasonOf(error) });
    }
  }
  // A table of names is none of samples.
  const names = new Set(plans.map((plan) => plan.names?.file));
  const samples = plans.filter(({ file }) => !names.has(file));
  const best = samples.reduce<TablePlan | undefined>(
    (first, plan) => (first === undefined || rank(plan) > rank(first) ? plan : first),
    undefined,
  );
  const alike = samples.filter(
    (plan) => best !== undefined && columnsKey(plan) === columnsKey(best),
  );
  // Several tables of one kind are one dataset only where their names say which part each is.
  const parts = alike.filter(({ file }) => splitOfTable(file) !== null);
  const chosen = alike.length > 1 && parts.length > 0 ? parts : alike.slice(0, 1);
  const read = new Set([...chosen, ...unreadable].map(({ file }) => file));
  return {
    folder,
    isFile,
    chosen,
    skipped: isFile ? [] : files.filter((file) => !read.has(file) && !names.has(file)),
    unreadable,
  };
};
