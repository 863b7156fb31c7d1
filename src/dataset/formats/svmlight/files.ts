import { readHead, withoutGz } from '../../bytes/openBytes';
import { isSystemError } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { extensionOf, join, listFolder, rootFolder } from '../folders';
import { SvmLine, headerOf } from './line';

const headBytes = 64 * 1024;
const mostLines = 200;
const maxFiles = 64;
const maxNames = 256 * 1024 * 1024;
const own: ReadonlySet<string> = new Set('svm libsvm svmlight svml xc'.split(' '));
/** `.t`, `.tr`, `.val`, `.scale` are LIBSVM's names of parts; many of its files have no ending. */
const shared: ReadonlySet<string> = new Set(['txt', 'dat', 'data', 't', 'tr', 'val', 'scale', '']);
const namePattern =
  /^(?:lbl|labels?|label[_-]?names?|Yf?|classes|class[_-]?names)(?:\.raw)?\.txt$/i;

export interface SvmFile {
  readonly file: string;
  readonly split: string;
  /** The line "samples features labels" that the file begins with. */
  readonly header: ReturnType<typeof headerOf>;
}

export interface SvmFiles {
  readonly folder: string;
  readonly chosen: readonly SvmFile[];
  readonly skipped: readonly string[];
  readonly confidence: number;
  /** Features: as the header says, else the largest number in the heads. */
  readonly features: number;
}

interface Head {
  readonly file: string;
  readonly header: ReturnType<typeof headerOf>;
  readonly isOwn: boolean;
  readonly features: number;
}

/** Whether the head of a file is lines of labels and `index:value`, four of five and one at least. */
const headOf = (file: string, bytes: Uint8Array): Head | null => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.includes(0)) return null;
  const line = new SvmLine();
  let header: Head['header'] = null;
  let [lines, fitting, features, largest] = [0, 0, 0, 0];
  for (let from = 0; from < head.length && lines < mostLines;) {
    const found = head.indexOf(0x0a, from);
    // The last line may be cut off.
    if (found < 0 && bytes.length >= headBytes) break;
    const to = found < 0 ? head.length : found;
    if (from === 0) header = headerOf(head.toString('latin1', 0, Math.min(to, 64)));
    if ((from > 0 || header === null) && line.read(head, from, to)) {
      lines++;
      const isWhole = line.features(head, (index) => {
        features++;
        largest = Math.max(largest, index);
      });
      const label = head.toString('latin1', line.labelFrom, Math.min(line.labelTo, from + 4096));
      if (isWhole && /^[^\s:]*$/.test(label) && (/^[+-]?\d/.test(label) || label === '')) fitting++;
    }
    from = to + 1;
  }
  if (features === 0 || fitting < 0.8 * lines) return null;
  const isOwn = own.has(extensionOf(withoutGz(file))) || header !== null;
  return { file, header, isOwn, features: header?.features ?? largest };
};

/** The split a name says; `.t`, `.tr` and `.val` are LIBSVM's. */
const splitOf = (name: string): string | null => {
  const bare = withoutGz(name).replace(/\.(?:txt|svm|libsvm|svmlight|dat|scale)$/i, '');
  const short = { t: 'test', tr: 'train', val: 'validation' }[extensionOf(bare)];
  return short ?? knownSplit(bare) ?? (/(?:^|[_-])(?:trn)(?:[_-]|$)/i.test(bare) ? 'train' : null);
};

/** Files of rows of features: those with a split in their name, else the first. Reads each head. */
export const findSvm = (source: FileSource, root: string): SvmFiles => {
  const { folder, only } = rootFolder(source, root);
  const isWanted = (name: string): boolean => {
    const ending = extensionOf(withoutGz(name));
    return own.has(ending) || shared.has(ending);
  };
  const names = only === null ? listFolder(source, folder).files.filter(isWanted) : [only];
  const found = names.slice(0, maxFiles).flatMap((file) => {
    try {
      return headOf(file, readHead(source, join(folder, file), headBytes)) ?? [];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });
  // LIBSVM's "name" beside "name.t": the one without a split is the training part.
  const parts = found.filter(({ file }) => splitOf(file) !== null);
  const beside = found.filter(({ file }) =>
    parts.some((part) => part.file.startsWith(`${withoutGz(file)}.`)),
  );
  const chosen = parts.length > 0 ? [...new Set([...beside, ...parts])] : found.slice(0, 1);
  const split = (file: string): string =>
    only !== null ? noSplit : (splitOf(file) ?? (parts.length > 0 ? 'train' : noSplit));
  return {
    folder,
    chosen: chosen.map(({ file, header }) => ({ file, header, split: split(file) })),
    skipped: found.filter((each) => !chosen.includes(each)).map(({ file }) => file),
    features: Math.max(0, ...chosen.map(({ features }) => features)),
    confidence: chosen.some(({ isOwn }) => isOwn) ? 0.93 : 0.9,
  };
};

/**
 * Names of numbered labels from the file that has them: `Y.txt`, `lbl.raw.txt`, `labels.txt`, a name
 * a line from 0 on. Null where there is none, or it has fewer lines than labels.
 */
export const labelNamesOf = (
  source: FileSource,
  { folder, chosen }: SvmFiles,
): { readonly file: string; readonly names: readonly string[] } | null => {
  const labels = Math.max(0, ...chosen.map(({ header }) => header?.labels ?? 0));
  if (labels === 0) return null;
  try {
    for (const file of listFolder(source, folder).files) {
      if (!namePattern.test(file) || chosen.some((part) => part.file === file)) continue;
      const text = source.readText(join(folder, file), maxNames);
      const names = text.replace(/\r?\n$/, '').split(/\r?\n/);
      if (names.length === labels && !names.some((name) => name.trim() === ''))
        return { file, names: names.map((name) => name.trim()) };
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return null;
};
