import { openBytes, readHead, withoutGz } from '../../bytes/openBytes';
import { isSystemError, reasonOf } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource, FormatOptions } from '../../types';
import { extensionOf, join, listFolder, rootFolder } from '../folders';
import { readArffHeader } from './header';
import type { ArffHeader } from './header';
import { arffLabels } from './labels';
import type { ArffLabels } from './labels';

const maxFiles = 64;
const headBytes = 64 * 1024;

export interface ArffFile {
  readonly file: string;
  readonly split: string;
  readonly header: ArffHeader;
  /** Null where no attribute is a label. */
  readonly labels: ArffLabels | null;
}

export interface ArffFiles {
  readonly folder: string;
  readonly chosen: readonly ArffFile[];
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

const stem = (name: string): string => withoutGz(name).replace(/\.arff$/i, '');

/** Whether a file begins as ARFF does: with its relation, behind comments. */
export const beginsAsArff = (source: FileSource, path: string): boolean => {
  const head = Buffer.from(readHead(source, path, headBytes)).toString('utf8');
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('%'));
  return /^\s*@relation\b/i.test(first ?? '');
};

/** ARFF files of a path: those with a split in their name, else the first. Reads their headers. */
export const findArff = (source: FileSource, root: string, options: FormatOptions): ArffFiles => {
  const { folder, only } = rootFolder(source, root);
  const names =
    only === null
      ? listFolder(source, folder).files.filter((name) => extensionOf(withoutGz(name)) === 'arff')
      : [only];
  const found: string[] = [];
  const unreadable: { file: string; reason: string }[] = [];
  for (const file of names.slice(0, maxFiles))
    try {
      if (beginsAsArff(source, join(folder, file)) || options.format === 'arff') found.push(file);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      unreadable.push({ file, reason: reasonOf(error) });
    }
  const parts = found.filter((file) => knownSplit(stem(file)) !== null);
  const wanted = parts.length > 0 ? parts : found.slice(0, 1);
  const chosen = wanted.flatMap((file): ArffFile[] => {
    try {
      const opened = openBytes(source, join(folder, file));
      try {
        const header = readArffHeader(opened);
        if (header === null) {
          unreadable.push({ file, reason: '@data' });
          return [];
        }
        const labels = arffLabels(source, folder, header, options.labelColumn);
        const split = only === null ? (knownSplit(stem(file)) ?? noSplit) : noSplit;
        return [{ file, split, header, labels }];
      } finally {
        opened.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      unreadable.push({ file, reason: reasonOf(error) });
      return [];
    }
  });
  return { folder, chosen, skipped: found.filter((file) => !wanted.includes(file)), unreadable };
};
