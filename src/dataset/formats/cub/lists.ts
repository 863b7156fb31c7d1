import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { isImageName, join, listFolder, rootFolder } from '../folders';

const maxText = 256 * 1024 * 1024;
const headText = 64 * 1024;
const maxFolders = 24;

/** The lists that are joined by the id their lines begin with. */
export const listNames = {
  pictures: 'images.txt',
  labels: 'image_class_labels.txt',
  parts: 'train_test_split.txt',
  classes: 'classes.txt',
} as const;

/** What the lines of a list say of ids, and which lines say nothing. */
export interface IdList {
  readonly texts: ReadonlyMap<string, string>;
  readonly damaged: number;
  readonly firstDamaged: number;
}

/** Lines "id text"; an id's first line counts, further ones are damage. */
export const readIdList = (text: string): IdList => {
  const texts = new Map<string, string>();
  let [damaged, firstDamaged, line] = [0, 0, 0];
  for (const row of text.split('\n')) {
    line++;
    const trimmed = row.trim();
    if (trimmed === '') continue;
    const blank = trimmed.search(/[ \t]/);
    const id = blank < 0 ? '' : trimmed.slice(0, blank);
    if (id === '' || texts.has(id)) {
      if (damaged++ === 0) firstDamaged = line;
    } else texts.set(id, trimmed.slice(blank).trim());
  }
  return { texts, damaged, firstDamaged };
};

export interface CubLists {
  /** The dataset's folder, and the one of the lists below it. */
  readonly folder: string;
  readonly base: string;
  readonly has: (name: string) => boolean;
}

const looksRight = (source: FileSource, folder: string): boolean => {
  const head = (name: string): readonly string[] => {
    const rows = source.readText(join(folder, name), headText).split('\n');
    // The last line may be cut off.
    const whole = rows.length > 1 ? rows.slice(0, -1) : rows;
    return whole.map((row) => row.trim()).filter((row) => row !== '');
  };
  const pictures = head(listNames.pictures).filter((row) => isImageName(row)).length;
  const labels = head(listNames.labels);
  const pairs = labels.filter((row) => /^\S+[ \t]+\d+$/.test(row)).length;
  return pictures > 0 && labels.length > 0 && pairs >= 0.9 * labels.length;
};

/** The lists in a folder or one directly in it; null where the two that matter are not there. */
export const findCub = (source: FileSource, root: string): CubLists | null => {
  const { folder, only } = rootFolder(source, root);
  if (only !== null && only !== listNames.pictures && only !== listNames.labels) return null;
  const inside = only === null ? listFolder(source, folder).folders.slice(0, maxFolders) : [];
  for (const base of ['', ...inside])
    try {
      const { files } = listFolder(source, join(folder, base));
      if (!files.includes(listNames.pictures) || !files.includes(listNames.labels)) continue;
      if (looksRight(source, join(folder, base)))
        return { folder, base, has: (name) => files.includes(name) };
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  return null;
};

/** Text of one of the lists. Throws what the source throws. */
export const textOf = (source: FileSource, { folder, base }: CubLists, name: string): string =>
  source.readText(join(folder, base, name), maxText);
